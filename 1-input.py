#!/usr/bin/env python3
"""A network as a graph: the functional API, from `K.Input` to `K.Model`."""
from math import inf

import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Builds a network with the functional API.

    With the same seed its initial weights are those of `0-sequential.py`.

    Args:
        nx: int >= 1. Number of input features.
        layers: list of ints >= 1. Number of nodes of each layer.
        activations: list of as many activations, Keras's names or functions.
        lambtha: float >= 0. L2 regularization parameter of every kernel.
        keep_prob: float in (0, 1]. Probability that a node is kept in the
            dropout that follows every layer but the last.

    Returns:
        `K.Model`, not compiled.

    Raises:
        ValueError: if an argument is out of its range, or there is not one
            activation for each layer.

    Example:
    >>> network = build_model(784, [256, 10], ['relu', 'softmax'], 0.001, 0.9)
    >>> network.count_params()
    203530
    """
    _check_arguments(nx, layers, activations, lambtha, keep_prob)
    inputs = x = K.Input(shape=(nx,))
    for i, nodes in enumerate(layers):
        x = K.layers.Dense(
            nodes, activation=activations[i],
            kernel_regularizer=K.regularizers.L2(lambtha))(x)
        if i < len(layers) - 1:
            x = K.layers.Dropout(1 - keep_prob)(x)
    return K.Model(inputs=inputs, outputs=x)


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
