#!/usr/bin/env python3
"""Predicting: the probability of each class."""
import numpy as _np


def predict(network, data, verbose=False):
    """Predicts the classes of data.

    Args:
        network: `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data.
        verbose: bool. Whether to print anything.

    Returns:
        `numpy.ndarray` of shape `(m, classes)`. The probability of each
        class, a row for each row of `data`.

    Raises:
        ValueError: if there is no data.
    """
    if 0 in _np.shape(data)[:1]:
        raise ValueError(f'`data` must have rows. '
                         f'Received: data=<shape {_np.shape(data)}>')
    return network.predict(data, verbose=verbose)
