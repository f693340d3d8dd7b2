#!/usr/bin/env python3
"""A network as a graph: the functional API, from `K.Input` to `K.Model`."""
from numbers import Integral as _Integral
from numbers import Real as _Real

import tensorflow.keras as K


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


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
    _check(isinstance(nx, _Integral) and nx > 0, 'nx', nx, 'an int >= 1')
    _check(hasattr(layers, '__len__') and len(layers) > 0 and all(
        isinstance(nodes, _Integral) and nodes > 0 for nodes in layers),
        'layers', layers, 'a list of ints >= 1')
    _check(hasattr(activations, '__len__')
           and len(activations) == len(layers), 'activations', activations,
           f'a list of {len(layers)} activations, one for each layer')
    _check(isinstance(lambtha, _Real) and 0 <= lambtha < float('inf'),
           'lambtha', lambtha, 'a number >= 0')
    _check(isinstance(keep_prob, _Real) and 0 < keep_prob <= 1,
           'keep_prob', keep_prob, 'a number in (0, 1]')
    inputs = x = K.Input(shape=(int(nx),))
    for i, (nodes, activation) in enumerate(zip(layers, activations)):
        if i > 0:
            x = K.layers.Dropout(1 - float(keep_prob))(x)
        x = K.layers.Dense(
            int(nodes), activation=activation,
            kernel_regularizer=K.regularizers.L2(float(lambtha)))(x)
    return K.Model(inputs=inputs, outputs=x)
