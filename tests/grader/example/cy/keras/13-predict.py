#!/usr/bin/env python3
"""Predict: the probability of each class."""


def predict(network, data, verbose=False):
    """Predicts the class probabilities of some data.

    Args:
        network: `K.Model` with `nx` inputs and `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or anything
            else that `predict` accepts.
        verbose: bool. Whether to print anything.

    Returns:
        `numpy.ndarray` of shape `(m, classes)`. The probability of each
        class, with one row for each row of `data`.
    """
    return network.predict(data, verbose=verbose)
