#!/usr/bin/env python3
"""Test: the loss and the accuracy on data never seen in training."""
from operator import length_hint


def test_model(network, data, labels, verbose=True):
    """Tests a network.

    Args:
        network: `K.Model`, compiled. It has `nx` inputs and `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or anything
            else that `evaluate` accepts.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        verbose: bool. Whether to print anything.

    Returns:
        List `[loss, accuracy]`. The accuracy is a fraction of the samples.

    Raises:
        ValueError: if there are no rows.
    """
    _check(data)
    return network.evaluate(data, labels, verbose=verbose)


def _check(data):
    """Raises a `ValueError` for data without rows, which Keras 3 accepts."""
    if length_hint(data, 1) == 0:
        raise ValueError(f'No rows. Received: {data=}')
