#!/usr/bin/env python3
"""Compiling: Adam, the categorical cross-entropy, and the accuracy."""
from numbers import Real as _Real

import tensorflow.keras as K


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


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
    _check(isinstance(alpha, _Real) and 0 < alpha < float('inf'),
           'alpha', alpha, 'a number > 0')
    _check(isinstance(beta1, _Real) and 0 <= beta1 < 1,
           'beta1', beta1, 'a number in [0, 1)')
    _check(isinstance(beta2, _Real) and 0 <= beta2 < 1,
           'beta2', beta2, 'a number in [0, 1)')
    # Twelve batches at a call give the same numbers in less time. More make
    # the first `predict` slow; Keras 3.15 can't on several replicas, nor on
    # a backend other than these two.
    strategy = getattr(network, 'distribute_strategy', None)
    alone = (K.backend.backend() == 'jax'
             or getattr(strategy, 'num_replicas_in_sync', None) == 1)
    network.compile(
        optimizer=K.optimizers.Adam(
            learning_rate=float(alpha), beta_1=float(beta1),
            beta_2=float(beta2)),
        loss='categorical_crossentropy',
        metrics=['accuracy'],
        steps_per_execution=12 if alone else 1)
