#!/usr/bin/env python3
"""Testing: the loss and the accuracy on data never seen in training."""
import numpy as _np


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def test_model(network, data, labels, verbose=True):
    """Tests a network.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        verbose: bool. Whether to print anything.

    Returns:
        List `[loss, accuracy]`, the accuracy as a fraction of the rows.

    Raises:
        ValueError: if there is no data, or not one label for each row.
    """
    x, y = _np.shape(data), _np.shape(labels)
    _check(len(x) > 0 and x[0] > 0, 'data', f'<shape {x}>', 'rows to test on')
    _check(x[:1] == y[:1], 'labels', f'<shape {y}>',
           f'one row for each of the {x[0]} in `data`')
    return network.evaluate(data, labels, verbose=verbose)
