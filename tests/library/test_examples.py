"""The mains, the demo and `make_data.py` run to their end."""
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

from examples.data import digits

ROOT = Path(__file__).resolve().parents[2]
KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'


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
    summary = ['200,960', '65,792', '2,570', '269,322']
    if not KERAS_3:  # test_published.py has the losses, in a new process
        summary = [number.replace(',', '') for number in summary]
    elif TENSORFLOW:
        summary += ['0.3851098', '0.256587', '0.0196997']
    prints = {
        0: summary, 1: summary,
        2: ['categorical_crossentropy\nAdam\n(0.01, 0.99, 0.9)\n'],
        3: ['[5 0 4 1 9 2 1 3 1 4]\n[[0. 0. 0. 0. 0. 1. 0. 0. 0. 0.]\n'
            ' [1. 0. 0. 0. 0. 0. 0. 0. 0. 0.]\n']}
    for number in range(14):
        run(ROOT / f'tests/mains/{number}-main.py', monkeypatch)
        printed = capsys.readouterr().out
        for text in prints.get(number, [' ']):
            assert text in printed, f'{number}-main.py must print {text}.'
    assert {path.name for path in Path().iterdir()} == {
        'MNIST.npz', 'network1.keras', 'network2.keras', 'weights2.keras',
        'config1.json'}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not TENSORFLOW, reason='measured on TensorFlow')
def test_numbers_of_the_mains(scratch):
    """Those in docs/tasks.md, which `python tests/mains/run.py` prints."""
    done = subprocess.run(
        [sys.executable, ROOT / 'tests/mains/run.py'], cwd=scratch, text=True,
        encoding='utf-8', stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    mains = re.split(r'=== (\d+)-main\.py\n', done.stdout)
    printed = dict(zip(map(int, mains[1::2]), mains[2::2]))

    def last(number, name):
        found = re.findall(rf'\b{name}: (\d\.\d+)', printed[number])
        return float(found[-1])

    def validations(number):
        return [float(loss) for loss in re.findall(
            r'val_loss: (\d\.\d+)', printed[number])]

    three = KERAS_3
    assert last(4, 'loss') == pytest.approx(
        0.1544 if three else 0.1540, abs=0.006)
    assert last(4, 'accuracy') == pytest.approx(
        0.9732 if three else 0.9714, abs=0.003)
    assert last(5, 'val_loss') == pytest.approx(
        0.3563 if three else 0.3328, abs=0.006)
    assert last(5, 'val_accuracy') == pytest.approx(
        0.9110 if three else 0.9220, abs=0.003)
    assert validations(6) == pytest.approx(
        [0.4638, 0.4173, 0.3369, 0.3467, 0.3563, 0.3919] if three else
        [0.4811, 0.4227, 0.3406, 0.3307, 0.3328, 0.3530, 0.3323], abs=0.006)
    assert [float(rate) for rate in re.findall(
        r'setting learning rate to (\S+)\.\n', printed[7])[:3]] == [
            0.001, 0.0005, pytest.approx(1 / 3000)]
    for number in 7, 8:
        assert min(validations(number)) == pytest.approx(
            0.2942 if three else 0.2999, abs=0.006)
    loss, accuracy = re.findall(r'\[(\d\.\d+), (\d\.\d+)\]',
                                printed[12])[0]
    assert float(loss) == pytest.approx(
        0.2474 if three else 0.2616, abs=0.006)
    assert float(accuracy) == pytest.approx(
        0.938 if three else 0.937, abs=0.003)
    for row in '[7 2 1 0 4 1 4 9 6 9', '[7 2 1 0 4 1 4 9 5 9':
        assert row in printed[13]


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
    run(ROOT / 'examples/data/make_data.py', monkeypatch)
    with np.load('MNIST.npz') as data:
        assert data['X_train'].dtype == np.float32
        assert data['X_train'].shape == (5000, 28, 28)
        assert data['X_train'].max() == 1
        assert data['Y_test'].shape == (1000,)
