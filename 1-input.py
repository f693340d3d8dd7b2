#!/usr/bin/env python3
"""Input: the same network as a graph, by Keras's functional API."""
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Builds a network with the functional API.

    With the same seed, its initial weights equal those of `0-sequential.py`.

    Args:
        nx: int. Number of input features, at least 1.
        layers: list of ints. Number of nodes in each layer.
        activations: list of str or functions. Activation of each layer.
        lambtha: float. L2 regularization parameter of every kernel.
        keep_prob: float in (0, 1]. Probability that a node is kept by the
            dropout that follows every layer but the last.

    Returns:
        `K.Model`, not compiled.

    Raises:
        ValueError: if `nx` or `keep_prob` is out of range, or `layers` and
            `activations` have different lengths.

    Example:
    >>> network = build_model(784, [256, 10], ['relu', 'softmax'], 0.001, 0.9)
    >>> network.count_params()
    203530
    """
    _check(nx, layers, activations, keep_prob)
    inputs = x = K.Input(shape=(nx,))
    for i, nodes in enumerate(layers):
        x = K.layers.Dense(
            nodes, activation=activations[i],
            kernel_regularizer=K.regularizers.L2(lambtha))(x)
        if i < len(layers) - 1:
            x = K.layers.Dropout(1 - keep_prob)(x)
    return K.Model(inputs=inputs, outputs=x)


def _check(nx, layers, activations, keep_prob):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    if len(layers) != len(activations):
        raise ValueError(f'Lengths vary. Received: {layers=}, {activations=}')
    if not (nx >= 1 and 0 < keep_prob <= 1):
        raise ValueError('`nx` must be at least 1 and `keep_prob` in (0, 1]. '
                         f'Received: {nx=}, {keep_prob=}')
