"""The commands as a stranger meets them: on any machine, from any folder."""
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader import __main__ as commands
from grader import versions
from grader.course import ROOT

RIGHT = (Path(__file__).parent / 'solutions' / 'plain'
         / '3-one_hot.py').read_text(encoding='utf-8')


def grader(*arguments, python=sys.executable, current=ROOT, **environment):
    """Runs a command; gives its exit status, output and errors."""
    run = subprocess.run(
        [python, '-m', 'grader', *map(str, arguments)], cwd=current,
        text=True, encoding='utf-8', errors='replace',
        stdin=subprocess.DEVNULL, env={**os.environ, **environment},
        capture_output=True)
    return SimpleNamespace(status=run.returncode, out=run.stdout,
                           err=run.stderr)


def test_version():
    run = grader('--version')
    assert run.status == 0
    for text in ('grader', sys.version.split()[0], 'system',
                 f'TensorFlow {versions.version(*versions.TENSORFLOW)}'):
        assert text in run.out


def test_the_stack_is_named_as_it_is():
    """The versions are read without an import; here they are imported."""
    import tensorflow as tf
    import tensorflow.keras as K
    keras = sys.modules[K.Model.__module__.split('.')[0]]
    legacy = ' (tf-keras)' if keras.__name__ == 'tf_keras' else ''
    jax = ' on JAX' if K.backend.backend() == 'jax' else ''
    assert versions.stack() == (
        f'TensorFlow {tf.__version__}, Keras {keras.__version__}{legacy}{jax}')


@pytest.mark.parametrize('called, name', [
    ('/usr/bin/grader', 'grader grade a'), ('grader.exe', 'grader grade a'),
    ('/lib/grader/__main__.py', 'python -m grader grade a')])
def test_commands_are_told_as_they_were_called(monkeypatch, called, name):
    monkeypatch.setattr(sys, 'argv', [called])
    assert commands.command('grade', 'a') == name
    monkeypatch.setenv('GRADER_FROM_MAKE', 'yes')
    assert commands.command('grade', 'a') == 'make grade DIR=a'


def test_without_what_it_needs(monkeypatch):
    monkeypatch.setitem(commands.NEEDED, 'no_such_module', 'no-such-package')
    with pytest.raises(SystemExit, match='no-such-package') as caught:
        commands.check_installed(keras_2=False)
    assert f'{sys.executable} -m pip install no-such-package' in str(
        caught.value)


@pytest.mark.skipif(versions.version('tf-keras') != '' or versions.version(
    'keras').startswith('2.'), reason='here it works')
def test_keras_2_without_tf_keras(scratch):
    (scratch / '3-one_hot.py').write_text(RIGHT, encoding='utf-8')
    run = grader('grade', scratch, '--keras2')
    assert run.status == 1
    assert 'Traceback' not in run.err
    assert re.search(r'--keras2 needs tf-keras\..*\n.* -m pip install '
                     r'"tf-keras==\d+\.\d+\.\*"\n', run.err)


@pytest.mark.parametrize('options', [
    ['--json', 'file/r.json'], ['--json', 'folder'], ['--feedback', 'file']])
def test_where_nothing_can_be_written(scratch, options):
    """It is said before anything is graded."""
    (scratch / 'file').touch()
    (scratch / 'folder').mkdir()
    (scratch / '3-one_hot.py').write_text('while True: pass\n')
    run = grader('grade', scratch, *options, current=scratch,
                 PYTHONPATH=str(ROOT))
    assert run.status == 1
    assert f"Can't write to {options[1]}" in run.err
    assert 'Traceback' not in run.err


@pytest.mark.slow
def test_a_screen_that_has_few_letters(scratch):
    """What it can't show is replaced, and files are written all the same."""
    (scratch / '3-one_hot.py').write_text(RIGHT.replace(
        '    return', '    print("━")\n    return 2 *'), encoding='utf-8')
    run = grader('grade', scratch, '--json', 'new/r.json', '--feedback', 'f',
                 current=scratch, PYTHONPATH=str(ROOT),
                 PYTHONIOENCODING='ascii')
    assert run.status == 1
    assert 'total' in run.out
    assert not run.err
    assert (scratch / 'new' / 'r.json').is_file()
    assert (scratch / 'f' / 'grades.csv').is_file()


@pytest.mark.slow
def test_a_file_with_a_name_that_is_nearly_right(scratch):
    (scratch / '3-onehot.py').write_text(RIGHT, encoding='utf-8')
    (scratch / '12-test.py').write_text('def test_model(): pass\n')
    run = grader('grade', scratch)
    assert 'There is no file 3-one_hot.py.' in run.out
    assert 'There is 3-onehot.py' in ' '.join(run.out.split())


def test_a_main_says_whose_files_it_runs(scratch):
    copy = scratch / '3-main.py'
    shutil.copyfile(ROOT / 'tests' / 'mains' / '3-main.py', copy)
    (scratch / '3-onehot.py').write_text(RIGHT, encoding='utf-8')
    run = subprocess.run(
        [sys.executable, copy], cwd=scratch, text=True,
        env={**os.environ, 'PYTHONPATH': str(ROOT)}, capture_output=True)
    assert 'No 3-one_hot.py beside this main' in run.stderr


@pytest.mark.skipif(not shutil.which('make'), reason='there is no make')
class TestMake:
    """What make does to `.venv`, with a pip that fails."""

    @pytest.fixture
    def clone(self, scratch):
        """A folder with the Makefile, and a Python whose pip may fail."""
        shutil.copyfile(ROOT / 'Makefile', scratch / 'Makefile')
        (scratch / 'pyproject.toml').touch()
        python = scratch / 'python'
        python.write_text(f'''#!/bin/sh
case "$*" in
    '-m pip install'*) echo "$MESSAGE" >&2; exit 1;;
    '-m venv .venv') mkdir -p .venv/bin; cp "$0" .venv/bin/python;;
    '-m pip --version') exit 0;;
    '-m pytest'*) echo tests run;;
    *) exec "{sys.executable}" "$@";;
esac
''')
        python.chmod(0o755)
        return scratch

    def make(self, clone, message):
        run = subprocess.run(
            ['make', 'test', f'PYTHON={clone}/python'], cwd=clone, text=True,
            env={**os.environ, 'MESSAGE': message},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return run.returncode, run.stdout

    def test_a_working_environment_stays(self, clone):
        (clone / '.venv' / 'bin').mkdir(parents=True)
        shutil.copy(clone / 'python', clone / '.venv' / 'bin')
        status, printed = self.make(clone, 'Network is unreachable')
        assert status != 0
        assert 'Network is unreachable' in printed
        assert 'has no release' not in printed
        assert (clone / '.venv' / 'bin' / 'python').is_file()
        (clone / '.venv' / 'test').touch()
        assert self.make(clone, '') == (0, '.venv/bin/python -m pytest -n 2 '
                                        '--dist loadfile tests\ntests run\n')

    @pytest.mark.parametrize('message, hint', [
        ('Network is unreachable', False),
        ('No matching distribution found for tensorflow>=2.15', True)])
    def test_what_is_half_made_is_removed(self, clone, message, hint):
        status, printed = self.make(clone, message)
        assert status != 0
        assert message in printed
        assert ('TensorFlow has no release for Python' in printed) == hint
        assert not (clone / '.venv').exists()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(os.environ.get('TF_USE_LEGACY_KERAS') is not None
                    or os.environ.get('KERAS_BACKEND') is not None,
                    reason='it installs the usual stack')
def test_wheel(scratch):
    """All commands work from a wheel, beside what a homework imports."""
    venv.create(scratch / 'env', with_pip=True)
    folder = scratch / 'env' / ('Scripts' if os.name == 'nt' else 'bin')
    subprocess.run([folder / 'python', '-m', 'pip', 'install', '--quiet',
                    f'{ROOT}[grader]'], check=True)
    other = scratch / 'other'
    other.mkdir()

    def run(*arguments):
        return subprocess.run(
            [folder / 'grader', *arguments], cwd=other, text=True,
            encoding='utf-8', stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout

    printed = run('start', 'homework')
    assert 'Wrote 14 stubs' in printed
    assert 'Next: grader watch homework' in printed
    (other / 'homework' / '3-one_hot.py').write_text(
        f'import h5py\nimport rich\n{RIGHT}', encoding='utf-8')
    assert '3-one_hot     passed\n' in run('grade', 'homework', '--task', '3')
    (other / 'homework' / '13-predict.py').write_text(
        "__import__('12-test')\n", encoding='utf-8')
    (other / 'homework' / '12-test.py').unlink()
    printed = run('grade', 'homework', '--task', '13')
    assert "No module named '12-test'" in printed  # and not ours
    with subprocess.Popen(
            [folder / 'grader', 'watch', 'homework'], cwd=other, text=True,
            encoding='utf-8', stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as watch:
        for line in watch.stdout:
            if re.fullmatch('3-one_hot +done', line.strip()):
                break
        else:
            pytest.fail('The watch has ended.')
        watch.kill()
