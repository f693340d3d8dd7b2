"""Grading a folder in which most task files are hostile."""
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import grading
import pytest
import variants

pytestmark = [pytest.mark.extra, pytest.mark.timeout(400)]

TESTS = Path(__file__).parent
LOOP = '''
def loop():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
'''
FILES = {
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
''' + variants.PLAIN['9-model'],
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
    '12-test': variants.PLAIN['12-test'],
    '13-predict': variants.PLAIN['13-predict'],
}


def grade(folder, *arguments):
    """Runs the grader; gives its exit status, its output, its grades."""
    results = TESTS / 'no such file'
    if '--json' in arguments:
        results = Path(arguments[arguments.index('--json') + 1])
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
         '--solutions', str(folder), *map(str, arguments)],
        cwd=TESTS.parent, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout, (
        json.loads(results.read_text()) if results.exists() else None)


@pytest.fixture(scope='module')
def hostile(tmp_path_factory):
    """The grades of a hostile folder, and the folder."""
    folder = tmp_path_factory.mktemp('hostile')
    for stem, text in FILES.items():
        (folder / f'{stem}.py').write_text(text)
    before = {file.name: file.read_text() for file in folder.iterdir()}
    results = tmp_path_factory.mktemp('grades') / 'results.json'
    status, printed, grades = grade(
        folder, TESTS, '--json', results, '--seconds', 10)
    after = {file.name: file.read_text() for file in folder.iterdir()}
    return SimpleNamespace(
        status=status, printed=printed, grades=grades, before=before,
        after=after, tests={test['name'][:-3]: test
                            for test in grades['tests']})


def test_all_tasks_are_graded(hostile):
    assert [test['number'] for test in hostile.grades['tests']] == [
        str(number) for number in range(14)]
    for test in hostile.grades['tests']:
        assert (test['status'] == 'passed') == (
            test['score'] == test['max_score'])
    assert hostile.grades['score'] == sum(
        test['score'] for test in hostile.grades['tests'])
    assert hostile.status == 1


@pytest.mark.parametrize('stem', ['9-model', '12-test', '13-predict'])
def test_right_tasks_pass(hostile, stem):
    test = hostile.tests[stem]
    assert test['status'] == 'passed', test['output']
    assert f'{stem:<14}passed' in hostile.printed


@pytest.mark.parametrize('stem, message', [
    ('0-sequential', 'Importing 0-sequential.py must work, but it raised '
     'SyntaxError'),
    ('1-input', 'ZeroDivisionError: division by zero (line 3 of 1-input.py)'),
    ('2-optimize', 'it raised SystemExit'),
    ('4-train', 'MemoryError'),
    ('5-train', 'it ended its process, with exit status -9'),
    ('6-train', 'it ran for more than 10 seconds, and was stopped'),
    ('7-train', 'There is no file 7-train.py.'),
    ('8-train', 'There is no file 8-train.py.'),
    ('10-weights', 'ended its process, with exit status 0'),
    ('11-config', 'It raised EOFError: EOF when reading a line')])
def test_hostile_tasks_fail(hostile, stem, message):
    test = hostile.tests[stem]
    assert test['status'] == 'failed'
    assert message in test['output']
    assert message in hostile.printed


def test_loop_in_one_call(hostile):
    test = hostile.tests['3-one_hot']
    assert test['score'] == test['max_score'] - 1
    assert test['output'] == ('A call in this test ran for more than 10 '
                              'seconds, and was stopped.')


def test_folder_is_untouched(hostile):
    assert hostile.after == hostile.before


def test_several_folders(tmp_path):
    for name, text in (('ann', variants.PLAIN['3-one_hot']),
                       ('bob', 'def one_hot(labels, classes):\n    pass\n'),
                       ('cy', None)):
        (tmp_path / name).mkdir()
        (tmp_path / name / '2-optimize.py').write_text(
            variants.PLAIN['2-optimize'])
        if text:
            (tmp_path / name / '3-one_hot.py').write_text(text)
    status, printed, grades = grade(
        tmp_path / '*', TESTS / 'test_02_optimize.py',
        TESTS / 'test_03_one_hot.py', '--json', tmp_path / 'results.json')
    rows = [line.split() for line in printed.splitlines()]
    count = grades['bob']['tests'][1]['max_score']
    assert ['2', '3'] in rows
    assert ['ann', 'ok', 'ok'] in rows
    assert ['bob', 'ok', f'0/{count}'] in rows
    assert ['cy', 'ok', '-'] in rows
    assert [grades[name]['tests'][1]['score']
            for name in ('ann', 'bob', 'cy')] == [count, 0, 0]
    passed = count + 3 * grades['bob']['tests'][0]['max_score']
    assert rows[-1][:4] == [str(2 * count), 'failed,', str(passed), 'passed']
    assert status == 1


def test_right_folder(tmp_path):
    shutil.copy(TESTS.parent / '3-one_hot.py', tmp_path)
    status, printed, _ = grade(tmp_path, TESTS / 'test_03_one_hot.py')
    assert status == 0
    assert '1 of 1 tasks' in printed


@pytest.mark.parametrize('name, what', [
    ('nowhere', 'does not exist'), ('', 'holds none of the task files')])
def test_no_folder(tmp_path, name, what):
    config = SimpleNamespace(option=SimpleNamespace(
        solutions=str(tmp_path / name)))
    with pytest.raises(pytest.UsageError, match=what):
        grading.pytest_configure(config)
