#!/usr/bin/env python3
"""One-hot: a label as a row of zeros with a one at its class."""
from numbers import Integral

import numpy as np
import tensorflow.keras as K


def one_hot(labels, classes=None):
    """Turns a label vector into a one-hot matrix.

    Args:
        labels: `numpy.ndarray` of shape `(m,)`, or a list. Class of each
            sample, from 0 to `classes - 1`.
        classes: int >= 1. Number of classes. If None, the largest label
            plus one.

    Returns:
        `numpy.ndarray` of shape `(m, classes)`, float32.

    Raises:
        ValueError: if a label is not a whole number from 0 to
            `classes - 1`, or there are neither labels nor `classes`.

    Example:
    >>> one_hot([2, 0])
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    _check_arguments(labels, classes)
    return np.asarray(K.utils.to_categorical(labels, classes), 'float32')


def _check_arguments(labels, classes):
    """Raises a `ValueError` for what Keras would take without a word.

    It takes -1 for the last class, 0.7 for 0, and no classes for None.
    """
    if classes is not None and not (
            isinstance(classes, Integral) and classes > 0):
        raise ValueError('`classes` must be an int >= 1 or None. '
                         f'Received: classes={classes}')
    values = np.asarray(labels, 'float64')
    limit = float('inf') if classes is None else classes
    if not np.all((0 <= values) & (values < limit)
                  & (values == np.floor(values))) or (
            values.size == 0 and classes is None):
        raise ValueError(
            '`labels` must be whole numbers from 0 to `classes` - 1, at least '
            f'one if `classes` is None. Received: labels={labels}, '
            f'classes={classes}')
