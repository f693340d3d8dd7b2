#!/usr/bin/env python3
"""Validation: 4-train.py, and a look at data that is not trained on."""
from numbers import Integral as _Integral

import numpy as _np


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None,
                verbose=True, shuffle=False):
    """Trains a network, and validates it after each epoch.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int >= 1. Samples in a mini-batch.
        epochs: int >= 1. Passes through `data`.
        validation_data: tuple `(data, labels)` to analyse after each
            epoch, or None.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or the labels are not
            one for each row of the data, or the validation data is not a
            pair like data and labels.
    """
    _check(isinstance(batch_size, _Integral) and batch_size > 0,
           'batch_size', batch_size, 'an int >= 1')
    _check(isinstance(epochs, _Integral) and epochs > 0,
           'epochs', epochs, 'an int >= 1')
    x, y = _np.shape(data), _np.shape(labels)
    _check(len(x) > 0 and x[0] > 0, 'data', f'<shape {x}>', 'rows to train on')
    _check(x[:1] == y[:1], 'labels', f'<shape {y}>',
           f'one row for each of the {x[0]} in `data`')
    if validation_data is not None:
        _check(isinstance(validation_data, (tuple, list))
               and len(validation_data) == 2,
               'validation_data', validation_data, 'a pair (data, labels)')
        # Keras would see these only after an epoch of training.
        x_valid, y_valid = map(_np.shape, validation_data)
        _check(x_valid[:1] == y_valid[:1] != (0,)
               and (x_valid[1:], y_valid[1:]) == (x[1:], y[1:]),
               'validation_data', f'<shapes {x_valid}, {y_valid}>',
               f'rows like those of data and labels, shapes {x}, {y}')
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data,
        verbose=verbose, shuffle=shuffle)
