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
    """
    return network.predict(data, verbose=verbose)
