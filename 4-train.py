#!/usr/bin/env python3
"""Train: mini-batch gradient descent with `fit`."""
from operator import length_hint


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    """Trains a network by mini-batch gradient descent.

    Args:
        network: `K.Model`, compiled. It has `nx` inputs and `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or anything
            else that `fit` accepts.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int, at least 1. Number of samples in a mini-batch.
        epochs: int, at least 1. Number of passes through `data`.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. The
            default is False, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to a list with
        one value per epoch.

    Raises:
        ValueError: if a number is not above 0, or there are no rows.
    """
    _check(data, batch_size=batch_size, epochs=epochs)
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)


def _check(data, **numbers):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    for name, value in numbers.items():
        if value is not None and not value > 0:
            raise ValueError(f'`{name}` must be > 0. Received: {name}={value}')
    if length_hint(data, 1) == 0:
        raise ValueError(f'No rows. Received: {data=}')
