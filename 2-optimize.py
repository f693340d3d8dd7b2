#!/usr/bin/env python3
"""Compiling: Adam, the categorical cross-entropy, and the accuracy."""
from math import inf

import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    """Compiles a network with Adam, in place.

    Adam is D. P. Kingma and J. Ba's, https://arxiv.org/abs/1412.6980. The
    loss is the categorical cross-entropy, the metric the accuracy.

    Args:
        network: `K.Model` whose last layer gives class probabilities.
        alpha: float > 0, or a schedule. Learning rate.
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
    _give_lr(type(network.optimizer))


def _check_arguments(alpha, beta1, beta2):
    """Raises a `ValueError` for what Keras would take without a word."""
    if not callable(alpha):  # as a schedule is
        _check('alpha', 'a number > 0', lambda a: 0 < a < inf, alpha)
    _check('beta1', 'a number in [0, 1)', lambda b: 0 <= b < 1, beta1)
    _check('beta2', 'a number in [0, 1)', lambda b: 0 <= b < 1, beta2)


def _check(name, allowed, good, value):
    """Raises a `ValueError` in Keras's wording unless a number is `good`."""
    if not (hasattr(value, '__float__') and good(float(value))):
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _give_lr(kind):
    """Gives an optimizer's class the name `lr`, which Keras 3 has dropped.

    The course's main reads it. In the class it is the rate of now, and no part
    of what a network's copy, pickle or file holds.
    """
    if not hasattr(kind, 'lr'):
        kind.lr = property(
            lambda self: self.learning_rate,
            lambda self, rate: setattr(self, 'learning_rate', rate))
