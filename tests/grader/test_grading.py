"""How folders are graded: hostile ones, those of a class, and odd names."""
import contextlib
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader import __main__ as commands
from grader import stubs, students, versions
from grader.course import ROOT, STEMS
from grader.exam.student import show_call

pytestmark = pytest.mark.timeout(400)

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
# On JAX each network is compiled.
SECONDS = 12 if 'JAX' in versions.stack() else 5
LOOP = '''
import time


def loop():
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
'''
HOSTILE = {
    '0-sequential': 'def build_model(nx, layers:\n',
    '1-input': 'import numpy\n\n1 / 0\n',
    '2-optimize': 'import sys\n\nsys.exit()\n',
    '3-one_hot': LOOP + '''

def one_hot(labels, classes=None):
    if len(labels) > 100:
        loop()
    return 1 * (labels[:, None] == range(max(labels) + 1))
''',
    '4-train': 'memory = [bytes(10 ** 9) for _ in range(10 ** 4)]\n',
    '5-train': 'import os\n\nos.kill(os.getpid(), 9)\n',
    '6-train': LOOP + '\n\nloop()\n',
    '7-train': 'epochs = input()\n',
    # Right, but for what it does as it is imported.
    '9-model': '''
import os
import random

import numpy as np
import tensorflow as tf

for name in os.listdir('.'):
    os.remove(name)
with open('7-train.py', 'w') as file:
    file.write('raise ValueError')
os.chdir('/')
random.seed(1)
tf.keras.backend.set_epsilon(1e-3)
print('imported')
''' + (PLAIN / '9-model.py').read_text(encoding='utf-8'),
    '10-weights': '''
import os


def save_weights(network, filename, save_format='h5'):
    print('Saving.')
    os._exit(0)


def load_weights(network, filename):
    os._exit(0)
''',
    '11-config': '''
def save_config(network, filename):
    input('Where to? ')


def load_config(filename):
    raise KeyboardInterrupt
''',
    '12-test': (PLAIN / '12-test.py').read_text(encoding='utf-8'),
}
# What would end a test, or the tests, without a failure.
ENDS = {
    'Skipped': 'import pytest; pytest.skip("no", allow_module_level=True)',
    'XFailed': 'import pytest; pytest.xfail("no")',
    'Exit': 'import pytest; pytest.exit("no", 0)',
    'SystemExit': 'raise SystemExit(0)',
    'GeneratorExit': 'raise GeneratorExit',
    'exit status 0': 'import os; os._exit(0)'}
HELPERS = ['conftest', 'data', 'digits', 'expect', 'grader', 'report',
           'statistics', 'tests/utils']
WITH_HELPERS = '''
import random
import sys

from tests import utils
for name in 'conftest data digits expect report statistics'.split():
    assert __import__(name).mine == name, name
assert utils.mine == 'tests/utils'
assert random.random and sys.argv == ['3-one_hot.py']
'''


def words(text):
    """Gives a text without its line breaks."""
    return ' '.join(text.split())


def grade(folder, *arguments, current=ROOT, **environment):
    """Grades; gives the exit status, and what is printed."""
    run = subprocess.run(
        [sys.executable, '-m', 'grader', 'grade', str(folder),
         *map(str, arguments)],
        cwd=current, text=True, encoding='utf-8', stdin=subprocess.DEVNULL,
        env={**os.environ, 'PYTHONPATH': str(ROOT), **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout


@pytest.fixture(scope='module')
def school(tmp_path_factory):
    """The grades of a class, and the folder of a hostile student before."""
    folder = tmp_path_factory.mktemp('school [1]')
    right = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
    wrong = right.replace('categorical(labels', 'categorical(lables')
    one_hot = 'def one_hot(labels, classes=None):\n    '
    class_ = {'a/ann': {'3-one_hot': right}, 'a/cy': {},
              'a/bob/keras/work': {'3-one_hot': right},
              'b/=ann': {'3-one_hot': wrong}, 'b/dee': HOSTILE}
    for name, end in ENDS.items():
        class_[f'c/{name}'] = {'3-one_hot': f'{one_hot}{end}\n',
                               '13-predict': f'{end}\n'}
    class_['d/eve'] = {
        '3-one_hot': WITH_HELPERS + right,
        **{name: f'mine = {name!r}\n' for name in HELPERS},
        '2-optimize': f'{one_hot}raise NotImplementedError("Not done.")\n',
        '13-predict': "__import__('7-train')\n"}
    class_['d/fay'] = {
        '3-one_hot': f'{one_hot}print()\n    raise NotImplementedError\n'}
    for path, files in class_.items():
        for stem, text in files.items():
            file = folder / path / f'{stem}.py'
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding='utf-8')
    (folder / 'a' / 'cy').mkdir()
    (folder / 'a' / 'cy' / 'all.ipynb').touch()
    with zipfile.ZipFile(folder / 'd' / 'gil.zip', 'w') as archive:
        archive.writestr('3-one_hot.py', right)
    environment = folder / 'a' / 'ann' / 'env'  # is neither copied nor read
    (environment / 'lib').mkdir(parents=True)
    (environment / 'pyvenv.cfg').touch()
    shutil.copy(PLAIN / '12-test.py', environment / 'lib')
    (folder / 'd' / 'fay' / '12-test.py').write_text(
        '"""\xe4"""\n', encoding='latin-1')
    if hasattr(os, 'mkfifo'):
        os.mkfifo(folder / 'a' / 'ann' / 'pipe')
        (folder / 'a' / 'ann' / 'broken.py').symlink_to('nowhere')
    before = contents(folder / 'b' / 'dee')
    status, printed = grade('*/*', '--seconds', SECONDS, '--json',
                            'results.json', '--feedback', 'fed',
                            current=folder)
    with open(folder / 'fed' / 'grades.csv', newline='',
              encoding='utf-8-sig') as file:
        rows = list(csv.reader(file))
    return SimpleNamespace(
        status=status, printed=printed, rows=rows, fed=folder / 'fed',
        labels=sorted([*(path.replace('/keras/work', '') for path in class_),
                       'd/gil.zip']),
        grades=json.loads((folder / 'results.json').read_text(
            encoding='utf-8')),
        before=before, after=contents(folder / 'b' / 'dee'))


def task(school, label, stem):
    """Gives a task's result."""
    return next(test for test in school.grades[label]['tests']
                if test['name'] == f'{stem}.py')


def contents(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


@pytest.mark.slow
class TestClass:
    """A class, with what students hand in."""

    def test_table(self, school):
        lines = [line.split() for line in school.printed.splitlines()]
        for line in (['student', *map(str, range(14)), 'total'],
                     ['a/ann', *'---1', *10 * ['-'], '1'],
                     ['a/bob', *'---1', *10 * ['-'], '1'],
                     ['a/cy', *14 * ['-'], '0'],
                     ['d/gil.zip', *14 * ['-'], '0']):
            assert line in lines
        for note in ('a/bob: files found in a/bob/keras/work',
                     'a/cy: a notebook, and none of the task files',
                     'd/gil.zip: gil.zip: unpack it first'):
            assert note in school.printed.splitlines()
        table = school.printed.partition('student')[2].splitlines()
        assert max(map(len, table)) <= 100
        dee = next(line for line in lines if line[:1] == ['b/dee'])
        assert dee[1:4] == ['0', '0', '0']
        assert dee[13] == '1'
        before, _ = school.printed.split(versions.stack())
        assert ' of ' in before
        assert 'a/ann 3-one_hot' in before
        assert school.status == 1
        assert '\x1b' not in school.printed

    def test_no_student_vanishes(self, school):
        assert list(school.grades) == school.labels
        assert [row[0].lstrip("'") for row in school.rows] == [
            'student', *school.labels]
        assert school.rows[0][1:15] == STEMS
        assert school.rows[1] == [
            'a/ann', *'---1', *10 * ['-'], '1', '14', '',
            str(school.fed.parent / 'a' / 'ann')]
        assert all((school.fed / f'{label}.txt').is_file()
                   for label in school.labels)

    def test_feedback(self, school):
        text = (school.fed / 'b' / '=ann.txt').read_text()
        assert text.startswith(f'b/=ann\n{versions.stack()}\n')
        assert "NameError: name 'lables' is not defined" in words(text)
        assert 'docs/tasks.md, Task 3: One Hot' in words(text)

    @pytest.mark.parametrize('stem, message', [
        ('0-sequential', "Python can't read line 1"),
        ('1-input', 'ZeroDivisionError: division by zero (line 3)'),
        ('2-optimize', 'raised SystemExit'),
        ('3-one_hot', f'It ran for more than {SECONDS} seconds, and was '
         'stopped (task 3).'),
        ('4-train', 'MemoryError'),
        ('5-train', 'Importing 5-train.py was killed (task 5). Does it need '
         'too much memory?'),
        ('6-train', f'Importing 6-train.py ran for more than {SECONDS} '
         'seconds, and was stopped (task 6).'),
        ('7-train', 'A task file may not ask for input.'),
        ('8-train', 'There is no file 8-train.py.'),
        ('9-model', 'The file runs code when it is imported'),
        ('10-weights', 'It ended Python, with exit status 0 (task 10).'),
        ('11-config', 'It raised EOFError: EOF when reading a line')])
    def test_hostile_tasks_fail(self, school, stem, message):
        test = task(school, 'b/dee', stem)
        assert test['status'] == 'failed'
        assert message in test['output']
        feedback = (school.fed / 'b' / 'dee.txt').read_text()
        assert message in words(feedback) or stem == '8-train'

    def test_all_tasks_are_graded(self, school):
        grades = school.grades['b/dee']
        tests = grades['tests']
        assert [test['number'] for test in tests] == [
            str(number) for number in range(14)]
        assert {test['max_score'] for test in tests} == {1}
        assert grades['score'] == pytest.approx(
            sum(test['score'] for test in tests))
        assert grades['extra_data']['max_score'] == 14
        assert grades['extra_data']['stack'] == versions.stack()
        assert tests[12]['status'] == 'passed', tests[12]['output']
        assert 0 < tests[3]['score'] < 1  # one call of many hangs
        assert tests[9]['score'] > 0.7

    @pytest.mark.parametrize('name', ENDS)
    def test_nothing_raised_counts_as_passed(self, school, name):
        # The function's prototype may be right, which is one test.
        for stem, most in (('3-one_hot', 0.25), ('13-predict', 0)):
            test = task(school, f'c/{name}', stem)
            assert test['score'] <= most, stem
            assert name in test['output'] or 'as task 3' in test['output']

    def test_helpers_of_the_student(self, school):
        """No module of ours, nor of those that are loaded, hides one."""
        test = task(school, 'd/eve', '3-one_hot')
        assert test['status'] == 'passed', test['output']

    def test_missing_files_are_not_ours(self, school):
        output = task(school, 'd/eve', '13-predict')['output']
        assert "ModuleNotFoundError: No module named '7-train'" in output

    def test_not_done(self, school):
        for label, stem in (('d/eve', '2-optimize'), ('d/fay', '3-one_hot')):
            output = task(school, label, stem)['output']
            assert f'{stem}.py (task {stem[0]}) is not done yet.' in output
            assert '\n' not in output
        assert task(school, 'd/eve', '2-optimize')['score'] == 0

    def test_latin_1(self, school):
        assert 'Save the file as UTF-8.' in task(
            school, 'd/fay', '12-test')['output']

    def test_folder_is_untouched(self, school):
        assert school.after == school.before


def alive(mark):
    """Lists the processes that were started with a mark."""
    found = []
    for path in Path('/proc').glob('[0-9]*/environ'):
        with contextlib.suppress(OSError):
            if mark.encode() in path.read_bytes():
                found.append(path.parent.name)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path('/proc/self').exists(), reason='needs /proc')
@pytest.mark.parametrize('number', ['SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGINT'])
def test_when_the_grader_is_ended(scratch, number):
    """No process of a task lives five seconds later, nor the fork server."""
    (scratch / '3-one_hot.py').write_text(
        HOSTILE['6-train'] + '\n\ndef one_hot(labels): pass\n')
    mark = f'MARK_OF_A_TEST={scratch.name}{number}'
    name, value = mark.split('=')
    run = subprocess.Popen(
        [sys.executable, '-m', 'grader', 'grade', scratch],
        env={**os.environ, 'PYTHONPATH': str(ROOT), name: value},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    deadline = time.monotonic() + 60
    while len(alive(mark)) < 4:  # it, the server, the task and a tracker
        assert time.monotonic() < deadline
        time.sleep(0.1)
    run.send_signal(getattr(signal, number))
    printed, _ = run.communicate(timeout=20)
    deadline = time.monotonic() + 5
    while alive(mark):
        assert time.monotonic() < deadline, f'{alive(mark)} live on.'
        time.sleep(0.1)
    assert 'Traceback' not in printed


FORKS = '''
import os


def one_hot(labels, classes=None):
    %s
'''


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, 'fork'), reason='needs fork')
@pytest.mark.parametrize('body, message', [
    ('os.fork()', ''),  # the copy ends as it comes back
    ('while True:\n        os.fork()', 'processes'),
    ('os.closerange(3, 250)', ''), ('os.kill(os.getpid(), 11)', 'crashed'),
    ('import shutil; shutil.rmtree(".")', ''),
    ('[os.write(n, b"x" * 99) for n in range(3, 250)]', 'OSError'),
    ('print("a" * 10 ** 7)', '')])
def test_what_a_call_does_wrong_ends_its_own_task(scratch, body, message):
    for stem in ('3-one_hot', '13-predict'):
        shutil.copy(PLAIN / f'{stem}.py', scratch)
    (scratch / '3-one_hot.py').write_text(FORKS % body)
    limit = 'ulimit -u 4000; exec "$0" "$@"'
    run = subprocess.run(
        ['sh', '-c', limit, sys.executable, '-m', 'grader', 'grade', scratch],
        text=True, env={**os.environ, 'PYTHONPATH': str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert '13-predict    passed' in run.stdout
    assert '3-one_hot     0' in run.stdout
    assert message in run.stdout
    assert 'The exam itself' not in run.stdout
    assert 'Called one_hot(' in run.stdout


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, 'fork'), reason='needs fork')
@pytest.mark.parametrize('body, message', [
    ('import os; os.fork()', '3-one_hot     passed'),
    ('import os, shutil; shutil.rmtree(os.getcwd())',
     'It changes the current folder')])
def test_a_right_answer_that_does_more(scratch, body, message):
    """The copy ends in each call, and in the main too."""
    text = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
    (scratch / '3-one_hot.py').write_text(text.replace(
        '    return', f'    {body}\n    return'))
    _, printed = grade(scratch, '--task', 3)
    assert message in words(printed) or message in printed


@pytest.mark.parametrize('links', [
    {'a': '.'}, {'a': '.', 'b': '..'}, {'out': '/'}])
def test_links_in_a_homework(tmp_path, links):
    """What leads out is left out, and nothing is followed twice."""
    home = tmp_path / 'home'
    (home / 'below').mkdir(parents=True)
    (home / 'below' / 'helper.py').touch()
    (home / 'link.py').symlink_to(home / 'below' / 'helper.py')
    for name, target in links.items():
        (home / name).symlink_to(target)
    assert students.copy(home, tmp_path / 'copy') == ''
    assert sorted(path.relative_to(tmp_path / 'copy').as_posix()
                  for path in (tmp_path / 'copy').rglob('*.py')) == [
                      'below/helper.py', 'link.py']


def test_a_homework_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(students, 'MOST_FILES', 3)
    for number in range(5):
        (tmp_path / 'home').mkdir(exist_ok=True)
        (tmp_path / 'home' / f'{number}.py').touch()
    note = students.copy(tmp_path / 'home', tmp_path / 'copy')
    assert note.startswith('more than 3 files')
    assert len(list((tmp_path / 'copy').iterdir())) == 3


@pytest.mark.slow
def test_tensorflow_is_there_before_a_task(scratch):
    """The fork server says nothing if it can't import what it should."""
    code = ('import sys, tempfile, time\nfrom pathlib import Path\n'
            'from grader import job\n'
            "if __name__ == '__main__' and job.METHOD == 'forkserver':\n"
            '    task = job.Job(Path(sys.argv[1]), "3-one_hot", '
            'tempfile.mkdtemp(), 20)\n    lines = []\n'
            '    take = task.take\n'
            '    task.take = lambda line: (lines.append(line), take(line))\n'
            '    while not task.done:\n        task.look()\n'
            '    print([line["ready"] for line in lines if "ready" in line])')
    shutil.copy(PLAIN / '3-one_hot.py', scratch)
    (scratch / 'see.py').write_text(code)
    run = subprocess.run(
        [sys.executable, scratch / 'see.py', scratch], text=True,
        env={**os.environ, 'PYTHONPATH': str(ROOT)}, stdout=subprocess.PIPE)
    assert run.stdout.strip() in ('[True]', '')


@pytest.mark.slow
def test_without_fork(scratch):
    """As on Windows and macOS: processes are spawned."""
    folder = scratch / 'eve'
    folder.mkdir()
    for stem in ('3-one_hot', '5-train', '12-test'):
        (folder / f'{stem}.py').write_text(HOSTILE[stem], encoding='utf-8')
    (scratch / 'spawned.py').write_text(
        'import sys\nfrom grader import __main__, job\n'
        "if __name__ == '__main__':\n    job.METHOD = 'spawn'\n"
        '    sys.exit(__main__.main())\n')
    subprocess.run(
        [sys.executable, scratch / 'spawned.py', 'grade', folder, '--seconds',
         str(SECONDS), '--json', scratch / 'results.json'],
        env={**os.environ, 'PYTHONPATH': str(ROOT)})
    grades = json.loads((scratch / 'results.json').read_text(
        encoding='utf-8'))
    tests = {test['name']: test for test in grades['tests']}
    assert f'for more than {SECONDS} s' in tests['3-one_hot.py']['output']
    assert '5-train.py was killed' in tests['5-train.py']['output']
    assert tests['12-test.py']['status'] == 'passed'


def test_one_task(scratch):
    """One cause is told once in a folder, with what the call printed."""
    text = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
    (scratch / '3-one_hot.py').write_text(text.replace(
        '    return', '    print("one", "two")\n    return'
    ).replace('labels, classes)', 'labels, classes)[:, ::-1]'),
        encoding='utf-8')
    status, printed = grade(scratch, '--task', '3', '--json', 'r.json',
                            current=scratch)
    assert status == 1
    assert '3-one_hot.py (task 3; see docs/' in printed
    assert 'Expected: a 1 in column' in words(printed)
    assert '  It printed:\n    one two\n' in printed
    assert json.loads(Path('r.json').read_text('utf-8'))['score'] < 1


@pytest.mark.parametrize('text, begun', [
    ('raise NotImplementedError', True), ('def f():', True),
    ('def f():\n    """Doc."""\n    raise NotImplementedError("No.")', False),
    ('\ufeffdef f():\n    raise NotImplementedError\ndef g():\n'
     '    raise NotImplementedError', False),
    ('def f():\n    raise NotImplementedError\ndef g(): pass', True),
    ('def f():\n    raise NotImplementedError\ndef _g(): pass', False),
    ('def f():\n    """Doc."""\n    return 1', True),
    ('def f():\n    raise ValueError("No.")', True),
    ('def f(x):\n    x = 1\n    raise NotImplementedError', True)])
def test_stub(scratch, text, begun):
    (scratch / '3-one_hot.py').write_text(text, encoding='utf-8')
    assert stubs.is_stub(scratch / '3-one_hot.py') is not begun


@pytest.mark.parametrize('name', ['~/"it\'s"', '[1] a', 'a b/', '.'])
def test_names_of_folders(tmp_path, monkeypatch, name):
    monkeypatch.setenv('HOME', str(tmp_path))
    folder = Path(name.replace('~', str(tmp_path)))
    folder.mkdir(exist_ok=True)
    (folder / '3-one_hot.py').touch()
    (student,), told = students.find_students([name], tmp_path)
    assert student.folder == folder.absolute()
    assert not told
    assert student.stems == ['3-one_hot']


@pytest.mark.parametrize('name, what', [
    ('nowhere', 'does not exist'),
    ('file', 'is not a folder'), ('.', 'holds none of the task files'),
    ('n*', 'does not exist'), ('a.zip', 'unpack it first'),
    (str(ROOT), 'is this library itself')])
def test_nothing_to_grade(scratch, name, what):
    (scratch / 'file').touch()
    (scratch / 'a.zip').touch()
    with pytest.raises(students.NothingToGrade, match=what):
        students.find_students([name], scratch)


@pytest.mark.parametrize('task', ['14', '1 2', '-1', 'a'])
def test_bad_task(monkeypatch, capsys, task):
    monkeypatch.setattr(sys, 'argv', ['grader', 'grade', '.',
                                      f'--task={task}'])
    with pytest.raises(SystemExit):
        commands.main()
    assert 'one number from 0 to 13' in capsys.readouterr().err


def make_grade(folder, *arguments):
    python = os.path.relpath(sys.executable, ROOT)
    return subprocess.run(
        ['make', '-C', str(ROOT), '-o', '.venv/test', f'PY={python}',
         'grade', *arguments], cwd=folder, text=True,
        env={**os.environ, 'PWD': str(folder)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which('make'), reason='there is no make')
def test_make_grade(scratch):
    folder = scratch / 'it\'s "hers"'
    folder.mkdir()
    (folder / '8-train.py').write_text('def train_model():\n    pass\n')
    # pytest would run it, if it looked here for tests.
    (folder / 'conftest.py').write_text('import os\n\nos._exit(3)\n')
    run = make_grade(scratch, 'DIR=it\'s "hers"', 'TASK=08', 'JSON=r.json',
                     'FEEDBACK=fed')
    assert f'{versions.stack()}\n\n8-train.py (task 8; ' in run.stdout
    assert 'In train_model, ' in run.stdout
    assert run.returncode == 0
    assert '***' not in run.stdout
    assert '\x1b' not in run.stdout
    assert json.loads((scratch / 'r.json').read_text())['score'] == 0
    assert (scratch / 'fed' / 'grades.csv').is_file()
    run = make_grade(scratch)
    assert 'name the folder' in run.stdout
    assert run.returncode != 0


@pytest.mark.parametrize('value, shown', [
    ((1, 2, 3), 'f(1, 2, 3)'),
    ((1, 2, 3, 4), 'f(a=1, b=2, c=3, d=4)')])
def test_calls_are_shown(value, shown):
    def f(a, b, c, d=0):
        pass

    assert show_call('f', f, value, {}) == shown


@pytest.mark.slow
def test_plain_pytest(scratch):
    """It tests a folder in one process, and reports in its own way."""
    text = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
    (scratch / '3-one_hot.py').write_text(text.replace('classes)', '9)'),
                                          encoding='utf-8')
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
         'tests/tasks/test_03_one_hot.py', f'--solutions={scratch}', '-rs'],
        cwd=ROOT, text=True, encoding='utf-8', stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    assert run.returncode == 1
    assert 'Called one_hot(' in run.stdout
    assert 'Expected: ' in run.stdout
    assert 'failed, ' in run.stdout
    assert 'The same cause as test_' in run.stdout
    assert 'Traceback' not in run.stdout
    assert 'grader/' not in run.stdout
