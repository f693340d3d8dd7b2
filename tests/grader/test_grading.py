"""How folders are graded: hostile ones, those of a class, and odd names."""
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.grader import command, expectations, processes

pytestmark = pytest.mark.timeout(400)

ROOT = Path(__file__).parents[2]
PLAIN = Path(__file__).parent / 'solutions' / 'plain'
# On JAX each network is compiled.
SECONDS = 5 if expectations.TENSORFLOW else 12
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
    if classes is not None:
        loop()
    return 1 * (labels[:, None] == range(max(labels) + 1))
''',
    '4-train': 'memory = [bytes(10 ** 9) for _ in range(10 ** 4)]\n',
    '5-train': 'import os\n\nos.kill(os.getpid(), 9)\n',
    '6-train': LOOP + '\n\nloop()\n',
    '7-train': 'epochs = input()\n',
    # Right, whatever else it does.
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
np.random.seed(1)
tf.config.run_functions_eagerly(True)
tf.keras.backend.set_floatx('float64')
tf.keras.backend.set_epsilon(1e-3)
print('imported')
''' + (PLAIN / '9-model.py').read_text(encoding='utf-8'),
    '10-weights': '''
import os


def save_weights(network, filename, save_format='h5'):
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
    '13-predict': LOOP + '''

def predict(network, data, verbose=False):
    if verbose:
        loop()
    return network.predict(data, verbose=verbose)
''',
}
# What would end a test, or the tests, without a failure.
ENDS = {
    'SkipTest': 'import unittest; raise unittest.SkipTest',
    'Skipped': 'import pytest; pytest.skip("no", allow_module_level=True)',
    'XFailed': 'import pytest; pytest.xfail("no")',
    'Exit': 'import pytest; pytest.exit("no", 0)',
    'SystemExit': 'raise SystemExit(0)',
    'KeyboardInterrupt': 'raise KeyboardInterrupt',
    'GeneratorExit': 'raise GeneratorExit',
    'exit status 0': 'import os; os._exit(0)'}
HELPERS = ['command', 'conftest', 'data', 'digits', 'expectations', 'grader',
           'grading', 'processes', 'results', 'statistics', 'tests/utils']
WITH_HELPERS = '''
import random
import sys

from tests import utils
for name in 'command conftest data digits expectations grader'.split():
    assert __import__(name).mine == name, name
import grading, processes, results, statistics

assert grading.mine + processes.mine + results.mine + statistics.mine + (
    utils.mine) == 'gradingprocessesresultsstatisticstests/utils'
assert random.random() < 1 and sys.argv == ['3-one_hot.py']
'''


def words(text):
    """Gives a text without its line breaks."""
    return ' '.join(text.split())


def grade(solutions, *arguments, folder=ROOT, **environment):
    """Grades; gives the exit status, and what is printed."""
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
         '-c', str(ROOT / 'pyproject.toml'), str(ROOT / 'tests' / 'tasks'),
         f'--solutions={solutions}', *map(str, arguments)],
        cwd=folder, text=True, stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout


@pytest.fixture(scope='module')
def school(tmp_path_factory):
    """The grades of a class, and the folder of a hostile student before."""
    folder = tmp_path_factory.mktemp('school [1]')
    right = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
    wrong = right.replace('categorical(labels', 'categorical(lables')
    one_hot = 'def one_hot(labels, classes=None):\n    '
    students = {'a/ann': {'3-one_hot': right}, 'a/cy': {},
                'a/bob/keras/work': {'3-one_hot': right},
                'b/ann': {'3-one_hot': wrong}, 'b/dee': HOSTILE}
    for name, end in ENDS.items():
        students[f'c/{name}'] = {
            '3-one_hot': f'{one_hot}{end}\n', '13-predict': f'{end}\n',
            '4-train': 'def train_model(network, data, labels, batch_size, '
            f'epochs, verbose=True, shuffle=False):\n    {end}\n'}
    students['d/eve'] = {
        '3-one_hot': WITH_HELPERS + right,
        **{name: f'mine = {name!r}\n' for name in HELPERS},
        '2-optimize': f'{one_hot}raise NotImplementedError("Not done.")\n',
        '13-predict': "__import__('7-train')\n"}
    students['d/fay'] = {
        '3-one_hot': f'{one_hot}print()\n    raise NotImplementedError\n'}
    for path, files in students.items():
        for stem, text in files.items():
            file = folder / path / f'{stem}.py'
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding='utf-8')
    (folder / 'a' / 'cy').mkdir()
    if hasattr(os, 'mkfifo'):
        os.mkfifo(folder / 'a' / 'ann' / 'pipe')
        (folder / 'a' / 'ann' / 'broken.py').symlink_to('nowhere')
    before = contents(folder / 'b' / 'dee')
    # The library's own folder is no place for what the student's doesn't hold.
    status, printed = grade('*/*', '--seconds', SECONDS, '--json',
                            'results.json', '--feedback', 'fed', folder=folder,
                            PYTHONPATH=str(ROOT))
    with open(folder / 'fed' / 'grades.csv', newline='',
              encoding='utf-8') as file:
        rows = list(csv.reader(file))
    return SimpleNamespace(
        status=status, printed=printed, rows=rows, fed=folder / 'fed',
        labels=sorted(path.replace('/keras/work', '') for path in students),
        grades=json.loads((folder / 'results.json').read_text(
            encoding='utf-8')),
        before=before, after=contents(folder / 'b' / 'dee'))


def task(school, label, stem):
    """Gives a task's result."""
    return next(test for test in school.grades[label]['tests']
                if test['name'] == f'{stem}.py')


def contents(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_table_of_a_class(school):
    lines = [line.split() for line in school.printed.splitlines()]
    no_file = 10 * ['-']
    for line in (['student', *map(str, range(14)), 'total'],
                 ['a/ann', *'---1', *no_file, '1'],
                 ['a/bob', *'---1', *no_file, '1', 'files', 'found', 'in',
                  'a/bob/keras/work'],
                 ['a/cy', *'----', *no_file, '0', 'none', 'of', 'the', 'task',
                  'files'],
                 ['b/ann', *'---', '0.17', *no_file, '0.17'],
                 ['b/dee', *'000', '0.17', *'0000-1', '0.14', '0.12', '1',
                  '0.75', '3.18']):
        assert line in lines
    before, _ = school.printed.split(expectations.stack())
    assert {line[:7] for line in before.split('\n')} == {'graded ', ''}
    assert school.status == 1
    assert f'{14 * len(school.labels) - 5} failed, 5 passed' in school.printed
    assert '\x1b' not in school.printed


def test_no_student_vanishes(school):
    labels = school.labels
    assert list(school.grades) == labels
    assert [row[0] for row in school.rows] == ['student', *labels]
    assert school.rows[1] == ['a/ann', *'---1', *10 * ['-'], '1', '14']
    assert all((school.fed / f'{label}.txt').is_file() for label in labels)


def test_feedback(school):
    text = (school.fed / 'b' / 'ann.txt').read_text()
    assert text.startswith(f'b/ann\n{expectations.stack()}\n')
    assert "NameError: name 'lables' is not defined" in words(text)
    assert 'Also fails 4 more of the tests.' in words(text)


@pytest.fixture
def hostile(school):
    """What is said of the hostile student, and each task's result."""
    grades = school.grades['b/dee']
    return SimpleNamespace(
        grades=grades, feedback=(school.fed / 'b' / 'dee.txt').read_text(),
        tests={test['name'][:-3]: test for test in grades['tests']})


def test_all_tasks_are_graded(hostile):
    tests = hostile.grades['tests']
    assert [test['number'] for test in tests] == [
        str(number) for number in range(14)]
    assert {test['max_score'] for test in tests} == {1}
    assert hostile.grades['score'] == pytest.approx(
        sum(test['score'] for test in tests))
    assert hostile.grades['extra_data']['max_score'] == 14
    assert hostile.grades['extra_data']['stack'] == expectations.stack()


def test_feedback_in_order(hostile):
    heads = [line for line in hostile.feedback.splitlines()
             if '.py (task ' in line]
    assert heads == [f'{stem}.py (task {stem.split("-")[0]})'
                     for stem in list(HOSTILE)[:8]
                     + ['10-weights', '11-config', '13-predict']]


@pytest.mark.parametrize('stem', ['9-model', '12-test'])
def test_right_tasks_pass(hostile, stem):
    test = hostile.tests[stem]
    assert test['status'] == 'passed', test['output']
    assert f'{stem:<14}passed' in hostile.feedback


@pytest.mark.parametrize('stem, message', [
    ('0-sequential', 'Importing 0-sequential.py must work, but it raised '
     'SyntaxError'),
    ('1-input', 'ZeroDivisionError: division by zero (line 3 of 1-input.py)'),
    ('2-optimize', 'it raised SystemExit'),
    ('3-one_hot', f'It ran for more than {SECONDS} seconds, and was stopped '
     '(task 3).'),
    ('13-predict', 'verbose=True). It ran for more than '
     f'{SECONDS} seconds, and was stopped (task 13).'),
    ('4-train', 'MemoryError'),
    ('5-train', 'it ended its process, with exit status -9'),
    ('6-train', f'it ran for more than {SECONDS} seconds, and was stopped '
     '(task 6).'),
    ('7-train', 'A task file may not ask for input.'),
    ('10-weights', "Called save_weights(network, 'weights2.keras'). It ended "
     'its process, with exit status 0 (task 10).'),
    ('11-config', 'It raised EOFError: EOF when reading a line')])
def test_hostile_tasks_fail(hostile, stem, message):
    test = hostile.tests[stem]
    assert test['status'] == 'failed'
    assert message in test['output']
    assert message in words(hostile.feedback)


def test_missing_files(hostile):
    assert hostile.tests['8-train']['output'].startswith(
        'There is no file 8-train.py.')
    assert f'{"8-train":<14}no file' in hostile.feedback


@pytest.mark.parametrize('name', ENDS)
def test_nothing_raised_counts_as_passed(school, name):
    # In two of them the function's prototype is right, which is one test.
    for stem, most in (('3-one_hot', 0.2), ('4-train', 0.2),
                       ('13-predict', 0)):
        test = task(school, f'c/{name}', stem)
        assert test['score'] <= most, stem
        assert name in test['output'], stem


def test_helpers_of_the_student(school):
    """No module of ours, nor of those that are loaded, hides one."""
    test = task(school, 'd/eve', '3-one_hot')
    assert test['status'] == 'passed', test['output']


def test_missing_files_are_not_ours(school):
    output = task(school, 'd/eve', '13-predict')['output']
    assert "ModuleNotFoundError: No module named '7-train'" in output


def test_not_done(school):
    for label, stem in (('d/eve', '2-optimize'), ('d/fay', '3-one_hot')):
        number = stem[0]
        output = task(school, label, stem)['output']
        assert output.startswith(f'{stem}.py (task {number}) is not done yet.')
        assert '\n' not in output
    assert task(school, 'd/eve', '2-optimize')['score'] == 0


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
def test_not_begun(scratch, text, begun):
    (scratch / '3-one_hot.py').write_text(text, encoding='utf-8')
    reason = processes.not_begun(scratch, '3-one_hot')
    assert bool(reason) is not begun


def test_without_fork(scratch):
    """As on Windows and macOS: spawned, without what only Linux has."""
    folder, hide = scratch / 'eve', scratch / 'hide'
    for path in (folder, hide):
        path.mkdir()
    (hide / 'resource.py').write_text('raise ImportError("hidden")\n')
    (hide / 'sitecustomize.py').write_text(
        'import os\n\nfor name in ("fork", "killpg", "setsid"):\n'
        '    if hasattr(os, name):\n        delattr(os, name)\n')
    for stem in ('13-predict', '5-train', '9-model'):
        (folder / f'{stem}.py').write_text(HOSTILE[stem], encoding='utf-8')
    grade(folder, '--seconds', SECONDS, '--json', scratch / 'results.json',
          PYTHONPATH=os.pathsep.join([str(hide), str(ROOT)]))
    grades = json.loads((scratch / 'results.json').read_text(
        encoding='utf-8'))
    tests = {test['name']: test for test in grades['tests']}
    assert tests['13-predict.py']['score'] == 0.75  # 3 of 4
    assert f'for more than {SECONDS} s' in tests['13-predict.py']['output']
    assert 'ended its process, with' in tests['5-train.py']['output']
    assert tests['9-model.py']['status'] == 'passed'


def test_loop_in_one_call(hostile):
    assert hostile.tests['13-predict']['score'] == 0.75  # 3 of 4


def test_folder_is_untouched(school):
    assert school.after == school.before


@pytest.mark.parametrize('name', ['~/"it\'s"', '[1] a', 'a b/', '.'])
def test_names_of_folders(tmp_path, monkeypatch, name):
    monkeypatch.setenv('HOME', str(tmp_path))
    folder = Path(name.replace('~', str(tmp_path)))
    folder.mkdir(exist_ok=True)
    (folder / '3-one_hot.py').touch()
    (student,), several = command.find_students(name)
    assert student.folder == folder.absolute() and not several
    assert student.stems == ['3-one_hot']


@pytest.mark.parametrize('name, what', [
    ('', 'Name the folder'), ('nowhere', 'does not exist'),
    ('file', 'is not a folder'), ('.', 'holds none of the task files'),
    ('n*', 'does not exist'), (str(ROOT), 'is this library itself')])
def test_nothing_to_grade(scratch, name, what):
    (scratch / 'file').touch()
    with pytest.raises(pytest.UsageError, match=what):
        command.find_students(name)


@pytest.mark.parametrize('task', ['14', '1 2', '-1', 'a'])
def test_bad_task(pytestconfig, monkeypatch, task):
    monkeypatch.setattr(pytestconfig.option, 'solutions', '.')
    monkeypatch.setattr(pytestconfig.option, 'task', task)
    with pytest.raises(pytest.UsageError, match='one number from 0 to 13'):
        command.pytest_configure(pytestconfig)


def test_a_conftest_of_the_student(pytestconfig, monkeypatch):
    plugin = SimpleNamespace(__file__='/home/ann/conftest.py')
    monkeypatch.setattr(pytestconfig.option, 'solutions', '.')
    monkeypatch.setattr(pytestconfig.pluginmanager, 'get_plugins',
                        lambda: [plugin])
    with pytest.raises(pytest.UsageError, match='--solutions=FOLDER'):
        command.pytest_configure(pytestconfig)


def make_grade(folder, *arguments):
    python = os.path.relpath(sys.executable, ROOT)
    return subprocess.run(
        ['make', '-C', str(ROOT), '-o', '.venv/test', f'PY={python}',
         'grade', *arguments], cwd=folder, text=True,
        env={**os.environ, 'PWD': str(folder)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.skipif(not shutil.which('make'), reason='there is no make')
def test_make_grade(scratch):
    folder = scratch / 'it\'s "hers"'
    folder.mkdir()
    (folder / '8-train.py').write_text('def train_model():\n    pass\n')
    # pytest would run it, if it looked here for tests.
    (folder / 'conftest.py').write_text('import os\n\nos._exit(3)\n')
    run = make_grade(scratch, 'DIR=it\'s "hers"', 'TASK=08', 'JSON=r.json',
                     'FEEDBACK=fed')
    assert (f'\n\n{expectations.stack()}\n\n8-train.py (task 8)\n- '
            in run.stdout)
    assert 'train_model()' in run.stdout and '1 failed' in run.stdout
    assert '***' not in run.stdout and run.returncode == 0
    assert '\x1b' not in run.stdout
    assert json.loads((scratch / 'r.json').read_text())['score'] == 0
    assert (scratch / 'fed' / 'grades.csv').is_file()


@pytest.mark.skipif(not shutil.which('make'), reason='there is no make')
def test_make_grade_of_nothing(scratch):
    run = make_grade(scratch)
    assert 'ERROR: Name the folder to grade' in run.stdout
    assert run.returncode != 0


@pytest.mark.parametrize('value, shown', [
    ((1, 2, 3), 'f(1, 2, 3)'),
    ((1, 2, 3, 4), 'f(a=1, b=2, c=3, d=4)')])
def test_calls_are_shown(value, shown):
    def f(a, b, c, d=0):
        pass

    assert expectations.show_call(f, value, {}) == shown


def test_collects_without_fork(scratch):
    """As on native Windows, where Python has neither."""
    (scratch / 'resource.py').write_text('raise ImportError("hidden")\n')
    (scratch / 'sitecustomize.py').write_text('import os\n\ndel os.fork\n')
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '--collect-only',
         '-p', 'no:cacheprovider', 'tests'], cwd=ROOT, text=True,
        env={**os.environ, 'PYTHONPATH': str(scratch)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert run.returncode == 0, run.stdout
