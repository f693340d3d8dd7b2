#!/usr/bin/env python3
"""Learning rate decay: 6-train.py, and smaller steps in later epochs."""
from math import inf
from operator import length_hint

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    """Trains a network, with learning rate decay.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `fit` takes.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int >= 1. Samples in a mini-batch.
        epochs: int >= 1. Passes through `data`.
        validation_data: tuple `(data, labels)` to analyse after each
            epoch, or None, or whatever else `fit` takes.
        early_stopping: bool. Whether to stop when the validation loss no
            longer improves. Needs `validation_data`.
        patience: int >= 0. Epochs without improvement to wait for before
            stopping.
        learning_rate_decay: bool. Whether the learning rate follows inverse
            time decay, `alpha / (1 + decay_rate * epoch)`, stepwise after
            each epoch. Needs `validation_data`.
        alpha: float > 0. Initial learning rate of the decay.
        decay_rate: float >= 0. How fast the learning rate decays.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data, or
            early stopping has no labels to validate with.
    """
    _check_arguments(**locals())
    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss', patience=patience))
    if learning_rate_decay and validation_data is not None:
        callbacks.append(K.callbacks.LearningRateScheduler(
            lambda epoch: alpha / (1 + decay_rate * epoch),
            verbose=bool(verbose)))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, batch_size, epochs, validation_data,
                     early_stopping, patience, learning_rate_decay,
                     alpha, decay_rate, **_):
    """Raises a `ValueError` for what Keras would take without a word."""
    if batch_size is not None:
        _check('batch_size', 'an int >= 1', lambda n: n >= 1, batch_size)
    _check('epochs', 'an int >= 1', lambda n: n >= 1, epochs)
    _check_rows('data', data)
    _check_rows('validation_data', validation_data)
    if early_stopping and validation_data is not None:
        _check('patience', 'an int >= 0', lambda n: n >= 0, patience)
        _check_labels(network, validation_data)
    if learning_rate_decay and validation_data is not None:
        _check('alpha', 'a number > 0', lambda a: 0 < a < inf, alpha)
        _check('decay_rate', 'a number >= 0', lambda r: 0 <= r < inf,
               decay_rate)


def _check(name, allowed, good, value):
    """Raises a `ValueError` in Keras's wording unless a number is `good`."""
    if not (hasattr(value, '__float__') and good(float(value))):
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _check_rows(name, data):
    """Raises a `ValueError` for no rows, which Keras 3.15 does not."""
    while isinstance(data, (dict, list, tuple)) and data:
        data = [*data.values()][0] if isinstance(data, dict) else data[0]
    if length_hint(data, 1) == 0:
        raise ValueError(f'`{name}` must have rows. Received: {name}={data}')


def _check_labels(network, data):
    """Raises a `ValueError` for no labels, whose loss is 0 on Keras 2.15."""
    if (isinstance(data, (list, tuple)) and (*data, None, None)[1] is None
            and getattr(network, 'loss', None)
            and type(network).test_step is K.Model.test_step):
        raise ValueError('`validation_data` must have labels. '
                         'Received: validation_data=(data, None)')
