#!/usr/bin/env python3
"""Sequential: a network as a stack of layers, one after the other."""
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Builds a network with `K.Sequential`.

    The network is built, so it has its weights before it sees any data.

    Args:
        nx: int. Number of input features, at least 1.
        layers: list of ints. Number of nodes in each layer.
        activations: list of str or functions. Activation of each layer.
        lambtha: float. L2 regularization parameter of every kernel.
        keep_prob: float in (0, 1]. Probability that a node is kept by the
            dropout that follows every layer but the last.

    Returns:
        `K.Sequential`, built but not compiled.

    Raises:
        ValueError: if `nx` or `keep_prob` is out of range, or `layers` and
            `activations` have different lengths.

    Example:
    >>> network = build_model(784, [256, 10], ['relu', 'softmax'], 0.001, 0.9)
    >>> network.count_params()
    203530
    """
    _check(nx, layers, activations, keep_prob)
    network = K.Sequential()
    for i, nodes in enumerate(layers):
        network.add(K.layers.Dense(
            nodes, activation=activations[i],
            kernel_regularizer=K.regularizers.L2(lambtha)))
        if i < len(layers) - 1:
            network.add(K.layers.Dropout(1 - keep_prob))
    network.build((None, nx))
    return network


def _check(nx, layers, activations, keep_prob):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    if len(layers) != len(activations):
        raise ValueError(f'Lengths vary. Received: {layers=}, {activations=}')
    if not (nx >= 1 and 0 < keep_prob <= 1):
        raise ValueError('`nx` must be at least 1 and `keep_prob` in (0, 1]. '
                         f'Received: {nx=}, {keep_prob=}')
