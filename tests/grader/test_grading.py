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

from tests.grader import command, expectations

pytestmark = [pytest.mark.timeout(400), pytest.mark.skipif(
    not hasattr(os, 'fork'), reason='grading needs fork')]

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
    return [[int(label == i) for i in range(max(labels) + 1)]
            for label in labels]
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
''' + (PLAIN / '9-model.py').read_text(),
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
    '12-test': (PLAIN / '12-test.py').read_text(),
}


def words(text):
    """Gives a text without its line breaks."""
    return ' '.join(text.split())


def grade(solutions, *arguments, folder=ROOT):
    """Grades; gives the exit status, and what is printed."""
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
         '-c', str(ROOT / 'pyproject.toml'), str(ROOT / 'tests' / 'tasks'),
         f'--solutions={solutions}', *map(str, arguments)],
        cwd=folder, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout


@pytest.fixture(scope='module')
def school(tmp_path_factory):
    """The grades of a class, and the folder of a hostile student before."""
    folder = tmp_path_factory.mktemp('school [1]')
    right = (PLAIN / '3-one_hot.py').read_text()
    wrong = right.replace('categorical(labels', 'categorical(lables')
    for path, files in (('a/ann', {'3-one_hot': right}), ('a/cy', {}),
                        ('a/bob/keras/work', {'3-one_hot': right}),
                        ('b/ann', {'3-one_hot': wrong}), ('b/dee', HOSTILE)):
        (folder / path).mkdir(parents=True)
        for stem, text in files.items():
            (folder / path / f'{stem}.py').write_text(text)
    os.mkfifo(folder / 'a' / 'ann' / 'pipe')
    (folder / 'a' / 'ann' / 'broken.py').symlink_to('nowhere')
    before = contents(folder / 'b' / 'dee')
    status, printed = grade('*/*', '--seconds', SECONDS, '--json',
                            'results.json', '--feedback', 'fed', folder=folder)
    with open(folder / 'fed' / 'grades.csv', newline='') as file:
        rows = list(csv.reader(file))
    return SimpleNamespace(
        status=status, printed=printed, rows=rows, fed=folder / 'fed',
        grades=json.loads((folder / 'results.json').read_text()),
        before=before, after=contents(folder / 'b' / 'dee'))


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
                 ['b/ann', *'---', '0.2', *no_file, '0.2'],
                 ['b/dee', *'000', '0.8', *'0000-1', '0.25', '0.25', '1', '-',
                  '3.3']):
        assert line in lines
    before, _ = school.printed.split(expectations.stack())
    assert {line[:7] for line in before.split('\n')} == {'graded ', ''}
    assert school.status == 1
    assert '66 failed, 4 passed' in school.printed
    assert '\x1b' not in school.printed


def test_no_student_vanishes(school):
    labels = ['a/ann', 'a/bob', 'a/cy', 'b/ann', 'b/dee']
    assert list(school.grades) == labels
    assert [row[0] for row in school.rows] == ['student', *labels]
    assert school.rows[1] == ['a/ann', *'---1', *10 * ['-'], '1', '14']
    assert all((school.fed / f'{label}.txt').is_file() for label in labels)


def test_feedback(school):
    text = (school.fed / 'b' / 'ann.txt').read_text()
    assert text.startswith(f'b/ann\n{expectations.stack()}\n')
    assert "NameError: name 'lables' is not defined" in words(text)
    assert 'Also fails 3 more of the tests.' in words(text)


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
                     + ['10-weights', '11-config']]


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
    ('3-one_hot', 'Called one_hot(array([2, 0]), 5). It ran for more than '
     f'{SECONDS} seconds, and was stopped (task 3).'),
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


def test_loop_in_one_call(hostile):
    assert hostile.tests['3-one_hot']['score'] == 0.8  # 4 of 5


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
