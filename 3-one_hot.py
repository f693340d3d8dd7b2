#!/usr/bin/env python3
"""One Hot: each label as a row of zeros with a one at its class."""
import numpy as np
import tensorflow.keras as K


def one_hot(labels, classes=None):
    """Converts a label vector into a one-hot matrix.

    Args:
        labels: `numpy.ndarray` of shape `(m,)`, or a list. Class of each
            sample, from 0 to `classes - 1`.
        classes: int, at least 1. Number of classes. If None, it is the
            largest label plus one.

    Returns:
        `numpy.ndarray` of shape `(m, classes)`, float32.

    Raises:
        ValueError: if a label is negative or not a whole number, or if
            `classes` is 0.

    Example:
    >>> one_hot([2, 0])
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    _check(labels, classes)
    # Keras 3 returns float64, Keras 2 float32.
    return np.asarray(K.utils.to_categorical(labels, classes), 'float32')


def _check(labels, classes):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    values = np.asarray(labels, 'float64')
    if classes == 0 or np.any((values < 0) | (values % 1 != 0)):
        raise ValueError('Labels must be 0, 1, 2 and so on, classes not 0. '
                         f'Received: {labels=}, {classes=}')
