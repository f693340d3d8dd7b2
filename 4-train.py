#!/usr/bin/env python3
"""Training: mini-batch gradient descent with `fit`."""
from numbers import Integral as _Integral

import numpy as _np


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    """Trains a network by mini-batch gradient descent.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int >= 1. Samples in a mini-batch.
        epochs: int >= 1. Passes through `data`.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or the labels are not
            one for each row of the data.
    """
    _check(isinstance(batch_size, _Integral) and batch_size > 0,
           'batch_size', batch_size, 'an int >= 1')
    _check(isinstance(epochs, _Integral) and epochs > 0,
           'epochs', epochs, 'an int >= 1')
    x, y = _np.shape(data), _np.shape(labels)
    _check(len(x) > 0 and x[0] > 0, 'data', f'<shape {x}>', 'rows to train on')
    _check(x[:1] == y[:1], 'labels', f'<shape {y}>',
           f'one row for each of the {x[0]} in `data`')
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)
