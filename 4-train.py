#!/usr/bin/env python3
"""Training: mini-batch gradient descent with `fit`."""
from numbers import Integral


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    """Trains a network by mini-batch gradient descent.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `fit` takes.
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
        ValueError: if a number is out of its range, or there is no data.
    """
    _check_arguments(**locals())
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(data, batch_size, epochs, **_):
    """Raises a `ValueError` for what Keras would take without a word."""
    for name, value in ('batch_size', batch_size), ('epochs', epochs):
        _check(value is None or isinstance(value, Integral) and value > 0,
               name, value, 'an int >= 1')
    _check(0 not in getattr(data, 'shape', ())[:1], 'data', data,
           'rows to train on')


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')
