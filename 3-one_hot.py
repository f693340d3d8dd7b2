#!/usr/bin/env python3
"""One-hot: a label as a row of zeros with a one at its class."""
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
        ValueError: if a label is not a whole number >= 0, or there are to
            be no classes.

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
    values = np.asarray(labels, 'float64')
    if classes == 0 or np.any((values < 0) | (values != np.floor(values))):
        raise ValueError(
            '`labels` must be whole numbers >= 0, and `classes` an int >= 1 '
            f'or None. Received: labels={labels}, classes={classes}')
