"""The MNIST digits, ready for training."""
from collections import namedtuple
from pathlib import Path

import numpy as np

SUBSET = Path(__file__).parent / 'mnist.npz'
Digits = namedtuple('Digits', 'x_train y_train x_valid y_valid x_test y_test')


def load(path=None):
    """Loads a file with the course's keys (`X_train`, `Y_train`, ...).

    Args:
        path: str or path object. The `.npz` file; by default, the subset in
            this folder. Its images have shape `(m, 28, 28)` or `(m, 784)`,
            with integers from 0 to 255 or floats from 0 to 1.

    Returns:
        A named tuple. `x_train`, `x_valid` and `x_test` are float32 arrays
        of shape `(m, 784)`, from 0 to 1. `y_train`, `y_valid` and `y_test`
        are the digits, of shape `(m,)`.
    """
    with np.load(path or SUBSET) as data:
        arrays = {name: data[name.capitalize()] for name in Digits._fields}
    for name in ('x_train', 'x_valid', 'x_test'):
        x = arrays[name].reshape(len(arrays[name]), -1)
        scale = 255 if x.dtype.kind in 'iu' else 1
        arrays[name] = x.astype('float32') / scale
    return Digits(**arrays)
