#!/usr/bin/env python3
"""A network as a stack: `K.Sequential`, one layer after the other."""
from math import inf

import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Builds a network with `K.Sequential`.

    The network is built, so it has its weights before it sees any data.

    Args:
        nx: int >= 1. Number of input features.
        layers: list of ints >= 1. Number of nodes of each layer.
        activations: list of as many activations, Keras's names or functions.
        lambtha: float >= 0. L2 regularization parameter of every kernel.
        keep_prob: float in (0, 1]. Probability that a node is kept in the
            dropout that follows every layer but the last.

    Returns:
        `K.Sequential`, built and not compiled.

    Raises:
        ValueError: if an argument is out of its range, or there is not one
            activation for each layer.

    Example:
    >>> network = build_model(784, [256, 10], ['relu', 'softmax'], 0.001, 0.9)
    >>> network.count_params()
    203530
    """
    _check_arguments(nx, layers, activations, lambtha, keep_prob)
    network = K.Sequential()
    for i, nodes in enumerate(layers):
        network.add(K.layers.Dense(
            nodes, activation=activations[i],
            kernel_regularizer=K.regularizers.L2(lambtha)))
        if i < len(layers) - 1:
            network.add(K.layers.Dropout(1 - keep_prob))
    network.build((None, nx))
    return network


def _check_arguments(nx, layers, activations, lambtha, keep_prob):
    """Raises a `ValueError` for what Keras would take without a word."""
    if not 0 < len(layers) == len(activations):
        raise ValueError(
            '`layers` and `activations` must be lists of one length. '
            f'Received: layers={layers}, activations={activations}')
    _check('nx', 'an int >= 1', lambda n: n >= 1 and n % 1 == 0, nx)
    _check('layers', 'ints >= 1', lambda n: n >= 1 and n % 1 == 0, *layers)
    _check('lambtha', 'a number >= 0', lambda x: 0 <= x < inf, lambtha)
    _check('keep_prob', 'a number in (0, 1]', lambda p: 0 < p <= 1, keep_prob)


def _check(name, allowed, good, *values):
    """Raises a `ValueError` in Keras's wording unless all are `good`."""
    for value in values:
        if not (hasattr(value, '__float__') and good(float(value))):
            raise ValueError(
                f'`{name}` must be {allowed}. Received: {name}={value}')
