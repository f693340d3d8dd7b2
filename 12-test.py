#!/usr/bin/env python3
"""Testing: the loss and the accuracy on data never seen in training."""
from operator import length_hint


def test_model(network, data, labels, verbose=True):
    """Tests a network.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `evaluate` takes.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        verbose: bool. Whether to print anything.

    Returns:
        List `[loss, accuracy]`, the accuracy as a fraction of the rows.

    Raises:
        ValueError: if there is no data, or not one label for each row.
    """
    _check_rows('data', data)
    return network.evaluate(data, labels, verbose=verbose)


def _check_rows(name, data):
    """Raises a `ValueError` for no rows, which Keras 3.15 does not."""
    while isinstance(data, (dict, list, tuple)) and data:
        data = [*data.values()][0] if isinstance(data, dict) else data[0]
    if length_hint(data, 1) == 0:
        raise ValueError(f'`{name}` must have rows. Received: {name}={data}')
