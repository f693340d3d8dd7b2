"""What holds for every task file, for the mains and for the demo."""
import ast
import doctest
import os
import pydoc
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import digits
import graded
import numpy as np
import pytest
import training
from grading import STEMS

pytestmark = pytest.mark.extra
HERE = Path(__file__).parent
FUNCTIONS = {
    **dict.fromkeys(STEMS[:2], {'build_model'}),
    '2-optimize': {'optimize_model'}, '3-one_hot': {'one_hot'},
    **dict.fromkeys(STEMS[4:9], {'train_model'}),
    '9-model': {'save_model', 'load_model'},
    '10-weights': {'save_weights', 'load_weights'},
    '11-config': {'save_config', 'load_config'},
    '12-test': {'test_model'}, '13-predict': {'predict'}}
every_file = pytest.mark.parametrize('stem', STEMS)


@every_file
def test_form(stem):
    path = HERE.parent / f'{stem}.py'
    text = path.read_text(encoding='utf-8')
    assert text.startswith('#!/usr/bin/env python3\n')
    assert os.access(path, os.X_OK)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)):
            assert ast.get_docstring(node), node
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))


@every_file
def test_public_names(stem):
    names = {name for name in vars(graded.load(stem)) if name[0] != '_'}
    assert names - {'K'} == FUNCTIONS[stem]


@every_file
def test_examples(stem):
    assert doctest.testmod(graded.load(stem)).failed == 0


@every_file
def test_sections(stem):
    for name in FUNCTIONS[stem]:
        text = pydoc.getdoc(getattr(graded.load(stem), name))
        assert 'Args:' in text and 'Raises:' in text, name


def test_alone_in_a_folder(scratch):
    """Every file, copied alone, loads in each of the ways, and in silence."""
    for stem in STEMS:
        (scratch / stem).mkdir()
        shutil.copy(HERE.parent / f'{stem}.py', scratch / stem)
    code = '''
import importlib.util, sys
assert 'tensorflow' not in sys.modules
for stem in sys.argv[1:]:
    sys.path.insert(0, stem)
    module = __import__(stem)
    if stem == '3-one_hot':
        assert 'tensorflow' not in sys.modules, 'NumPy is enough'
    spec = importlib.util.spec_from_file_location('student', module.__file__)
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    exec(open(module.__file__).read(), {'__name__': '__main__'})
    del sys.path[0], sys.modules[stem]
'''
    done = subprocess.run(
        [sys.executable, '-c', code,
         *sorted(STEMS, key='3-one_hot'.__ne__)],  # that one first
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ''


@pytest.mark.parametrize('number', [5, 6, 7, 8])
def test_chain(number, task, data):
    """With its new arguments left alone, each file trains as the last."""
    seen = []
    for stem in (f'{number - 1}-train', f'{number}-train'):
        arguments = [data.x, data.y, 64, 2]
        if number > 5:
            arguments.append(data.right)
        if number > 6:
            arguments += [True, 1]
        if number > 7:
            arguments += [True, 0.01, 2]
        seen.append(training.train(task(stem, 'train_model'), *arguments))
    before, after = seen
    assert after.history == before.history
    assert graded.same(after.network.get_weights(),
                       before.network.get_weights())
    assert ([type(each) for each in after.arguments['callbacks'] or []]
            == [type(each) for each in before.arguments['callbacks'] or []])


@pytest.fixture
def small_mnist(scratch):
    """A course-style `MNIST.npz` of a few digits in the current folder."""
    arrays = {}
    for name, values in digits.load()._asdict().items():
        if name[0] == 'x':
            values = values.reshape(-1, 28, 28)
        arrays[name.capitalize()] = values[:600]
    np.savez(scratch / 'MNIST.npz', **arrays)


def run(path, monkeypatch, *arguments):
    monkeypatch.setattr(sys, 'argv', [str(path), *arguments])
    monkeypatch.setattr(sys, 'path', [str(path.parent), *sys.path])
    monkeypatch.setitem(os.environ, 'PYTHONHASHSEED', '8')
    monkeypatch.setitem(os.environ, 'TF_ENABLE_ONEDNN_OPTS', '0')
    return runpy.run_path(str(path), run_name='__main__')


def test_mains(small_mnist, monkeypatch, capsys):
    """The fourteen in order, as 9 to 13 use what 8 and 9 leave."""
    for number in range(14):
        run(HERE / 'mains' / f'{number}-main.py', monkeypatch)
        assert capsys.readouterr().out, f'{number}-main.py prints something.'
    assert {path.name for path in Path().iterdir()} == {
        'MNIST.npz', 'network1.keras', 'network2.keras', 'weights2.keras',
        'config1.json'}


def test_demo(small_mnist, monkeypatch, capsys):
    run(HERE / 'demo.py', monkeypatch, '--mnist', 'MNIST.npz')
    printed = capsys.readouterr().out
    assert '\ntest accuracy ' in printed, 'It ends with a table.'
    pictures = {path.name for path in Path('demo').glob('*.png')}
    assert pictures == {'curves.png', 'digits.png', 'weights.png'}


def test_data(scratch, monkeypatch):
    run(HERE / 'data' / 'make_data.py', monkeypatch)
    with np.load('MNIST.npz') as data:
        assert data['X_train'].dtype == np.float32
        assert data['X_train'].shape == (5000, 28, 28)
        assert data['X_train'].max() == 1
        assert data['Y_test'].shape == (1000,)
