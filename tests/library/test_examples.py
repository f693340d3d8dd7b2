"""The mains, the demo and `make_data.py` run to their end."""
import os
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from tests.data import digits

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def few_digits(scratch):
    """A course-style `MNIST.npz` in the current folder.

    Its validation labels are wrong, so that training stops early.
    """
    arrays = {name.capitalize(): values[:64]
              for name, values in digits.load()._asdict().items()}
    arrays['Y_valid'] = (arrays['Y_valid'] + 1) % 10
    np.savez('MNIST.npz', **arrays)


def run(path, monkeypatch, *arguments):
    monkeypatch.setattr(sys, 'argv', [str(path), *arguments])
    monkeypatch.setattr(sys, 'path', [str(path.parent), *sys.path])
    monkeypatch.setattr(os, 'environ', os.environ.copy())
    return runpy.run_path(str(path), run_name='__main__')


@pytest.fixture
def eager():
    """Without graphs, which take longer than so few steps."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def test_mains(few_digits, eager, monkeypatch, capsys):
    """The fourteen in order, as 9 to 13 use what 8 and 9 leave."""
    for number in range(14):
        run(ROOT / f'tests/mains/{number}-main.py', monkeypatch)
        assert capsys.readouterr().out, f'{number}-main.py prints something.'
    assert {path.name for path in Path().iterdir()} == {
        'MNIST.npz', 'network1.keras', 'network2.keras', 'weights2.keras',
        'config1.json'}


def test_main_of_the_older_edition(few_digits, scratch, monkeypatch, capsys):
    """It keeps the data in a folder beside the current one."""
    for name in 'data', 'current':
        (scratch / name).mkdir()
    Path('MNIST.npz').rename('data/MNIST.npz')
    monkeypatch.chdir('current')
    run(ROOT / 'tests/mains/3-main.py', monkeypatch)
    assert '[5 0 4 1 9 2 1 3 1 4]' in capsys.readouterr().out


def test_main_beside_other_files(few_digits, monkeypatch, capsys):
    """A copy of a main runs the task files beside it, not the library's."""
    main = ROOT / 'tests/mains/3-main.py'
    copy = Path('3-main.py').resolve()
    copy.write_bytes(main.read_bytes())
    Path('3-one_hot.py').write_bytes(b'one_hot = "another {}".format')
    monkeypatch.setitem(sys.modules, '3-one_hot', None)  # and back, after
    del sys.modules['3-one_hot']
    run(copy, monkeypatch)
    assert 'another [5' in capsys.readouterr().out


@pytest.mark.slow
def test_demo(few_digits, eager, monkeypatch, capsys):
    pytest.importorskip('matplotlib')
    run(ROOT / 'examples/demo.py', monkeypatch, '--mnist', 'MNIST.npz')
    assert '\ntest accuracy ' in capsys.readouterr().out
    assert {path.name for path in Path('demo').iterdir()} == {
        'network1.keras', 'network2.keras', 'weights2.h5', 'config1.json',
        'curves.png', 'digits.png'}


def test_data(monkeypatch):
    run(ROOT / 'tests/data/make_data.py', monkeypatch)
    with np.load('MNIST.npz') as data:
        assert data['X_train'].dtype == np.float32
        assert data['X_train'].shape == (5000, 28, 28)
        assert data['X_train'].max() == 1
        assert data['Y_test'].shape == (1000,)
