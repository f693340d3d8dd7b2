"""The fixtures of every test, and the folder that they test."""
from types import SimpleNamespace

import digits
import graded
import numpy as np
import pytest
import tensorflow.keras as K
from training import BATCH, EPOCHS, train

pytest_plugins = ['grading']


@pytest.fixture(scope='session')
def task():
    """Loads a function: `task('8-train', 'train_model')`."""
    return lambda stem, name: graded.function(graded.load(stem), name)


@pytest.fixture(scope='module')
def load_model(task):
    return task('9-model', 'load_model')


@pytest.fixture(scope='module')
def load_weights(task):
    return task('10-weights', 'load_weights')


@pytest.fixture(scope='module')
def load_config(task):
    return task('11-config', 'load_config')


@pytest.fixture(scope='session')
def mnist():
    """The digits of the subset in tests/data."""
    return digits.load()


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """Seeds, and a current folder of its own, for every test."""
    K.utils.set_random_seed(0)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope='module')
def train_model(request, task):
    """The `train_model` of the file that the test module names."""
    return task(request.module.STEM, 'train_model')


@pytest.fixture(scope='module')
def data(mnist):
    """Digits to train on, and to validate with right or wrong labels.

    With wrong labels the validation loss rises from the first epoch on,
    while the training loss falls.
    """
    one = np.eye(10, dtype='float32')
    x_valid, y_valid = mnist.x_valid[:100], mnist.y_valid[:100]
    return SimpleNamespace(
        x=mnist.x_train[:200], y=one[mnist.y_train[:200]],
        right=(x_valid, one[y_valid]),
        wrong=(x_valid, one[(y_valid + 1) % 10]))


@pytest.fixture(scope='module')
def plain(train_model, data):
    """A run with nothing but the arguments that must be given."""
    return train(train_model, data.x, data.y, BATCH, EPOCHS)


@pytest.fixture(scope='module')
def silent(train_model, data):
    """A run with `verbose` and `shuffle` the other way round."""
    return train(train_model, data.x, data.y, batch_size=40, epochs=2,
                 verbose=False, shuffle=True)


@pytest.fixture(scope='module')
def rising(train_model, data):
    """A run whose validation loss rises."""
    return train(train_model, data.x, data.y, BATCH, EPOCHS, data.wrong)


@pytest.fixture(scope='module')
def patient(train_model, data):
    """A run that should stop after its third epoch."""
    return train(train_model, data.x, data.y, BATCH, 6, data.wrong,
                 True, 2)


@pytest.fixture(scope='module')
def decaying(train_model, data):
    """A run with the default decay, 0.1, 0.05, 0.0333."""
    return train(train_model, data.x, data.y, BATCH, EPOCHS, data.right,
                 learning_rate_decay=True)
