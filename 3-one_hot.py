#!/usr/bin/env python3
"""One-hot: a label as a row of zeros with a one at its class."""
from numbers import Integral as _Integral

import numpy as _np

_BLOCK = 65536


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def one_hot(labels, classes=None):
    """Turns a label vector into a one-hot matrix.

    `K.utils.to_categorical` takes -1 for the last class and 0.7 for class 0,
    and gives float64 on Keras 3 and float32 on Keras 2.

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
    labels = _np.asarray(labels)
    _check(labels.dtype.kind in 'biuf', 'labels',
           f'<dtype {labels.dtype}>', 'numbers')
    _check(labels.shape[:1] == (labels.size,), 'labels',
           f'<shape {labels.shape}>', 'a vector')
    _check(labels.dtype.kind != 'f'
           or _np.array_equal(labels, _np.floor(labels)),
           'labels', labels, 'whole numbers')
    if classes is None:
        _check(labels.size > 0, 'labels', labels,
               'at least one label, or `classes` be given')
        classes = int(labels.max()) + 1
    _check(isinstance(classes, _Integral) and classes > 0,
           'classes', classes, 'an int >= 1')
    _check(labels.size == 0 or 0 <= labels.min() <= labels.max() < classes,
           'labels', labels, f'from 0 to {classes - 1}')
    matrix = _np.zeros((labels.size, classes), _np.float32)
    # In blocks, as the places of all the ones would take half as much again.
    rows = _np.arange(0, _BLOCK * classes, classes)
    for start in range(0, labels.size, _BLOCK):
        block = labels.reshape(-1)[start:start + _BLOCK]
        places = rows[:block.size] + block.astype(_np.intp, copy=False)
        matrix[start:].reshape(-1)[places] = 1
    return matrix
