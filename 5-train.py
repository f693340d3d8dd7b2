#!/usr/bin/env python3
"""Validation: 4-train.py, and a look at data that is not trained on."""
from operator import length_hint


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None,
                verbose=True, shuffle=False):
    """Trains a network, and validates it after each epoch.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `fit` takes.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int >= 1. Samples in a mini-batch.
        epochs: int >= 1. Passes through `data`.
        validation_data: tuple `(data, labels)` to analyse after each
            epoch, or None, or whatever else `fit` takes.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data.
    """
    _check_arguments(**locals())
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(data, batch_size, epochs, validation_data, **_):
    """Raises a `ValueError` for what Keras would take without a word."""
    if batch_size is not None:
        _check('batch_size', 'an int >= 1', lambda n: n >= 1, batch_size)
    _check('epochs', 'an int >= 1', lambda n: n >= 1, epochs)
    _check_rows('data', data)
    _check_rows('validation_data', validation_data)


def _check(name, allowed, good, value):
    """Raises a `ValueError` in Keras's wording unless a number is `good`."""
    if not (hasattr(value, '__float__') and good(float(value))):
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _check_rows(name, data):
    """Raises a `ValueError` for no rows, which Keras 3.15 does not."""
    while isinstance(data, (dict, list, tuple)) and data:
        data = [*data.values()][0] if isinstance(data, dict) else data[0]
    if length_hint(data, 1) == 0:
        raise ValueError(f'`{name}` must have rows. Received: {name}={data}')
