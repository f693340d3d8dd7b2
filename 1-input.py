#!/usr/bin/env python3
"""A network as a graph: the functional API, from `K.Input` to `K.Model`."""
from math import inf
from numbers import Integral, Real

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
    _check(isinstance(nx, Integral) and nx > 0, 'nx', nx, 'an int >= 1')
    _check(hasattr(layers, '__len__') and len(layers) and all(
        isinstance(nodes, Integral) and nodes > 0 for nodes in layers),
        'layers', layers, 'a list of ints >= 1')
    _check(hasattr(activations, '__len__')
           and len(activations) == len(layers),
           'activations', activations, f'a list of {len(layers)} activations')
    _check(isinstance(lambtha, Real) and 0 <= lambtha < inf,
           'lambtha', lambtha, 'a number >= 0')
    _check(isinstance(keep_prob, Real) and 0 < keep_prob <= 1,
           'keep_prob', keep_prob, 'a number in (0, 1]')


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')
