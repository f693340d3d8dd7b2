"""Stubs to start from: the tasks' prototypes, and nothing solved."""
import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
PLAIN = Path(__file__).parent / 'solutions' / 'plain'
NAMES = sorted((path.name for path in PLAIN.glob('*.py')),
               key=lambda name: int(name.split('-')[0]))
every_stub = pytest.mark.parametrize('name', NAMES)


def start(folder, current=ROOT):
    """Starts with Python alone: with -S it finds no other package."""
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    return subprocess.run(
        [sys.executable, '-S', '-m', 'tests.grader.start', folder],
        cwd=current, env=environment, text=True, encoding='utf-8',
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope='module')
def begun(tmp_path_factory):
    """A folder that did not exist, and what was printed."""
    base = tmp_path_factory.mktemp('school')
    run = start('new/begun', current=base)
    assert run.returncode == 0, run.stdout
    folder = base / 'new' / 'begun'
    return SimpleNamespace(folder=folder, names=sorted(os.listdir(folder)),
                           printed=run.stdout)


def functions(path):
    """Lists the public functions in a file: name, parameters, summary."""
    tree = ast.parse(path.read_text(encoding='utf-8'))
    return [(node.name, ast.unparse(node.args),
             ast.get_docstring(node).split('\n')[0])
            for node in tree.body if isinstance(node, ast.FunctionDef)
            and not node.name.startswith('_')]


def test_all_are_written(begun):
    assert begun.names == sorted(NAMES)
    assert 'begun: 14.' in begun.printed and 'Left' not in begun.printed


@every_stub
def test_form(begun, name):
    stub = begun.folder / name
    text = stub.read_bytes().decode('utf-8')
    assert text.startswith('#!/usr/bin/env python3\n"""')
    assert '\r' not in text and max(map(len, text.split('\n'))) < 80
    assert ast.get_docstring(ast.parse(text))
    assert functions(stub) == functions(ROOT / name)
    assert os.name == 'nt' or os.access(stub, os.X_OK)


@every_stub
def test_nothing_is_solved(begun, name):
    spec = importlib.util.spec_from_file_location('stub', begun.folder / name)
    stub = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stub)
    for function, _, _ in functions(begun.folder / name):
        arguments = getattr(stub, function).__code__.co_argcount * [None]
        with pytest.raises(NotImplementedError) as raised:
            getattr(stub, function)(*arguments)
        number = name.split('-')[0]
        assert str(raised.value) == f'Task {number} is not done yet.'


def test_overwrites_nothing(scratch):
    """Neither a file nor a folder."""
    mine = scratch / '4-train.py'
    mine.write_bytes(b'"""Mine\xe9."""\r\n')
    (scratch / '5-train.py').mkdir()
    run = start(str(scratch))
    assert 'Left as they were: 4-train.py, 5-train.py\n' in run.stdout
    assert mine.read_bytes() == b'"""Mine\xe9."""\r\n'
    assert len(list(scratch.glob('*.py'))) == 14
    (scratch / '6-train.py').unlink()
    run = start(str(scratch))
    assert f'{scratch}: 1.' in run.stdout
    assert (scratch / '6-train.py').is_file()


@pytest.mark.parametrize('folder, what', [
    ('', 'name the folder'), ('file', 'file: File exists.')])
def test_nowhere_to_write(scratch, folder, what):
    (scratch / 'file').touch()
    run = start(folder, current=scratch)
    assert run.returncode and what in run.stdout
    assert 'Traceback' not in run.stdout


@pytest.mark.skipif(not shutil.which('make'), reason='there is no make')
def test_make_start(scratch):
    """The folder is the caller's, whatever its name."""
    run = subprocess.run(
        ['make', '-C', str(ROOT), f'PYTHON={sys.executable}', 'start',
         'DIR=it\'s "hers"'], cwd=scratch, text=True, encoding='utf-8',
        env={**os.environ, 'PWD': str(scratch)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert run.returncode == 0, run.stdout
    assert len(list((scratch / 'it\'s "hers"').iterdir())) == 14


@pytest.mark.timeout(400)
def test_grading(begun, tmp_path):
    """Each stub fails as not done yet, and so do the rest once one is done."""
    shutil.copytree(begun.folder, tmp_path / 'solving')
    shutil.copy(PLAIN / '3-one_hot.py', tmp_path / 'solving')
    (tmp_path / 'beginning').mkdir()
    shutil.copy(begun.folder / '3-one_hot.py', tmp_path / 'beginning')
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
         'tests/tasks', f'--solutions={tmp_path}/*ing', '--json',
         str(tmp_path / 'grades.json')], cwd=ROOT, text=True,
        encoding='utf-8', stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert run.returncode == 1, run.stdout
    grades = json.loads((tmp_path / 'grades.json').read_text('utf-8'))
    first, = (test for test in grades['beginning']['tests']
              if test['name'] == '3-one_hot.py')
    tests = grades['solving']['tests']
    assert tests[3]['status'] == 'passed', tests[3]
    for test in [first, *tests[:3], *tests[4:]]:
        assert test['status'] == 'failed', test
        for message in test['output'].splitlines():
            assert re.search(rf'ask {test["number"]}\b.*not done yet', message)
