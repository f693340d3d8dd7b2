#!/usr/bin/env python3
"""Predicting: the probability of each class."""


def predict(network, data, verbose=False):
    """Predicts the classes of data.

    Args:
        network: `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `predict` takes.
        verbose: bool. Whether to print anything.

    Returns:
        `numpy.ndarray` of shape `(m, classes)`. The probability of each
        class, a row for each row of `data`.

    Raises:
        ValueError: if there is no data.
    """
    _check_rows(data)
    return network.predict(data, verbose=verbose)


def _check_rows(data):
    """Raises a `ValueError` for no rows, which Keras 3.15 does not."""
    parts = list(data.values()) if isinstance(data, dict) else data
    for part in parts if isinstance(parts, (list, tuple)) else [parts]:
        if tuple(getattr(part, 'shape', ()))[:1] == (0,):
            raise ValueError('`data` must have rows. '
                             f'Received: data=<shape {tuple(part.shape)}>')
