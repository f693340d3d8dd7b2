#!/usr/bin/env python3
"""Optimize: compiling with Adam, the cross-entropy and the accuracy."""
import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    """Compiles a network with Adam, in place.

    The loss is the categorical cross-entropy, and the metric is the accuracy.
    Adam is by D. P. Kingma and J. Ba, https://arxiv.org/abs/1412.6980.

    Args:
        network: `K.Model`. Its last layer outputs class probabilities.
        alpha: float above 0, or a schedule. Learning rate.
        beta1: float in [0, 1). Decay rate of the first moment.
        beta2: float in [0, 1). Decay rate of the second moment.

    Raises:
        ValueError: if a number is out of range.
    """
    _check(alpha, beta1, beta2)
    network.compile(
        optimizer=K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2),
        loss='categorical_crossentropy',
        metrics=['accuracy'])
    _name_learning_rate_lr()


def _check(alpha, beta1, beta2):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    if not (callable(alpha) or alpha > 0):  # schedules are callable
        raise ValueError(f'`alpha` must be above 0. Received: {alpha=}')
    if not (0 <= beta1 < 1 and 0 <= beta2 < 1):
        raise ValueError(f'Betas are in [0, 1). Received: {beta1=}, {beta2=}')


def _name_learning_rate_lr():
    """Gives Adam the name `lr`, which Keras 3 dropped and the main reads."""
    K.optimizers.Adam.lr = K.optimizers.Adam.learning_rate
