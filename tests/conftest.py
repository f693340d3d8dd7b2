"""The state that every test starts from, and the fixtures of all."""
import os
import sys
import tempfile
from types import SimpleNamespace

import numpy as np
import pytest

from examples.data import digits

# One state on every machine: bytecode is written, and of the variables that
# change Python, make, TensorFlow or Keras those alone are kept that name a
# stack.
sys.dont_write_bytecode = False
for name in [*os.environ]:
    if name.startswith(('PYTHON', 'MAKE', 'TF_', 'KERAS_')) and name not in (
            'KERAS_BACKEND', 'TF_USE_LEGACY_KERAS'):
        del os.environ[name]

pytest_plugins = ['grader.exam.plugin']  # and with it, quietly, TensorFlow


@pytest.fixture(scope='session')
def mnist():
    """The digits of the subset in examples/data."""
    return digits.load()


@pytest.fixture(scope='session')
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


@pytest.fixture(autouse=True)
def scratch(request, tmp_path, tmp_path_factory, monkeypatch):
    """Seeds, and folders of its own to work in, for every test."""
    import tensorflow.keras as K  # which takes seconds, in workers alone
    if request.path.parent.name != 'tasks':  # it empties TensorFlow's caches
        K.utils.set_random_seed(0)
        # What a killed process leaves, pytest deletes.
        temporary = str(tmp_path_factory.mktemp('temporary'))
        monkeypatch.setattr(tempfile, 'tempdir', temporary)
        monkeypatch.setenv('TMPDIR', temporary)
    monkeypatch.chdir(tmp_path)
    return tmp_path
