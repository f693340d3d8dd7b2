"""Stubs to start from: the tasks' prototypes, and nothing solved."""
import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.course import ROOT

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
NAMES = sorted((path.name for path in PLAIN.glob('*.py')),
               key=lambda name: int(name.split('-')[0]))
every_stub = pytest.mark.parametrize('name', NAMES)


def start(folder, *options, current=ROOT):
    """Starts with Python alone: with -S it finds no other package."""
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    return subprocess.run(
        [sys.executable, '-S', '-m', 'grader', 'start', folder, *options],
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
    assert 'Wrote 14 stubs' in begun.printed
    assert 'exist' not in begun.printed


@every_stub
def test_form(begun, name):
    stub = begun.folder / name
    text = stub.read_bytes().decode('utf-8')
    assert text.startswith('#!/usr/bin/env python3\n"""')
    assert '\r' not in text
    assert max(map(len, text.split('\n'))) < 80
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
    assert 'already exist: 4-train.py, 5-train.py\n' in run.stdout
    assert mine.read_bytes() == b'"""Mine\xe9."""\r\n'
    assert len(list(scratch.glob('*.py'))) == 14
    (scratch / '6-train.py').unlink()
    run = start(str(scratch))
    assert 'Wrote 1 stub to' in run.stdout
    assert (scratch / '6-train.py').is_file()


def test_one_exercise_anew(scratch):
    for text in '"""One."""', '"""Two."""':
        (scratch / '3-one_hot.py').write_text(text)
        run = start(str(scratch), '--task', '3', '--again')
        assert 'Wrote 1 stub to' in run.stdout
        assert 'NotImplemented' in (scratch / '3-one_hot.py').read_text()
    assert sorted(path.name for path in scratch.iterdir()) == [
        '3-one_hot.py', '3-one_hot.py.bak', '3-one_hot.py.bak2']
    assert (scratch / '3-one_hot.py.bak').read_text() == '"""One."""'


@pytest.mark.parametrize('folder, what', [
    ('', 'name the folder'), ('file', 'file: File exists.')])
def test_nowhere_to_write(scratch, folder, what):
    (scratch / 'file').touch()
    run = start(folder, current=scratch)
    assert run.returncode
    assert what in run.stdout
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
