#!/usr/bin/env python3
"""Early Stopping: 5-train.py, and it stops when improvement stops."""
from operator import length_hint

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    """Trains a network, with early stopping.

    Args:
        network: `K.Model`, compiled. It has `nx` inputs and `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or anything
            else that `fit` accepts.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int, at least 1. Number of samples in a mini-batch.
        epochs: int, at least 1. Number of passes through `data`.
        validation_data: tuple `(data, labels)`, or None. Data to evaluate
            after each epoch, in any form that `fit` accepts.
        early_stopping: bool. Whether to stop when the validation loss stops
            improving. Needs `validation_data`.
        patience: int. Number of epochs without improvement before stopping.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. The
            default is False, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to a list with
        one value per epoch.

    Raises:
        ValueError: if a number is not above 0, or there are no rows.
    """
    _check(data, validation_data, batch_size=batch_size, epochs=epochs)
    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(patience=patience))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check(data, validation_data, **numbers):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    for name, value in numbers.items():
        if value is not None and not value > 0:
            raise ValueError(f'`{name}` must be > 0. Received: {name}={value}')
    for rows in data, K.utils.unpack_x_y_sample_weight(validation_data)[0]:
        if length_hint(rows, 1) == 0:
            raise ValueError(f'No rows. Received: {data=}, {validation_data=}')
