#!/usr/bin/env python3
"""Compiling: Adam, the categorical cross-entropy, and the accuracy."""
from numbers import Real

import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    """Compiles a network with Adam, in place.

    Adam is D. P. Kingma and J. Ba's, https://arxiv.org/abs/1412.6980. The
    loss is the categorical cross-entropy, the metric the accuracy.

    Args:
        network: `K.Model` whose last layer gives class probabilities.
        alpha: float > 0. Learning rate.
        beta1: float in [0, 1). Decay rate of the first moment.
        beta2: float in [0, 1). Decay rate of the second moment.

    Raises:
        ValueError: if a number is out of its range.
    """
    _check_arguments(alpha, beta1, beta2)
    network.compile(
        optimizer=K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2),
        loss='categorical_crossentropy',
        metrics=['accuracy'])
    _give_lr(network.optimizer)


def _check_arguments(alpha, beta1, beta2):
    """Raises a `ValueError` for what Keras would take without a word."""
    _check(isinstance(alpha, Real) and 0 < alpha < float('inf'),
           'alpha', alpha, 'a number > 0')
    _check(isinstance(beta1, Real) and 0 <= beta1 < 1,
           'beta1', beta1, 'a number in [0, 1)')
    _check(isinstance(beta2, Real) and 0 <= beta2 < 1,
           'beta2', beta2, 'a number in [0, 1)')


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _give_lr(optimizer):
    """Gives the learning rate the name `lr` too, which Keras 3 has dropped.

    The course's main reads it. It is the variable itself, and is put where
    Keras does not track it, so that what Keras saves stays the same.
    """
    if not hasattr(optimizer, 'lr'):
        vars(optimizer)['lr'] = optimizer.learning_rate
