#!/usr/bin/env python3
"""Early stopping: 5-train.py, and an end when nothing improves."""
from numbers import Integral

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    """Trains a network, and stops it early.

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
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data, or
            the validation data is not like the training data.
    """
    _check_arguments(**locals())
    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss', patience=patience))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, labels, batch_size, epochs,
                     validation_data, early_stopping, patience, **_):
    """Raises a `ValueError` for what Keras would take without a word."""
    for name, value in ('batch_size', batch_size), ('epochs', epochs):
        _check(value is None or isinstance(value, Integral) and value > 0,
               name, value, 'an int >= 1')
    _check(0 not in getattr(data, 'shape', ())[:1], 'data', data,
           'rows to train on')
    if validation_data is None:
        return
    _check_validation(validation_data, data, labels, network)
    if early_stopping:
        _check(isinstance(patience, Integral) and patience >= 0,
               'patience', patience, 'an int >= 0')


def _check_validation(valid, data, labels, network):
    """Raises a `ValueError` for what `fit` would refuse after an epoch."""
    if labels is None or not (isinstance(valid, (tuple, list, str, int))
                              or hasattr(valid, 'shape')):
        return  # batches, which are left to Keras
    valid = valid if isinstance(valid, (tuple, list)) else [valid]
    shapes, trained = ([getattr(part, 'shape', ()) for part in parts]
                       for parts in (valid, (data, labels)))
    rows = {shape[0] for shape in shapes if len(shape)}
    any_size = None in getattr(network, 'input_shape', (0, None))[1:]
    _check(1 < len(valid) < 4 and valid[1] is not None
           and len(rows) < 2 and 0 not in rows and (any_size or all(
               len(a) != len(b) or a[1:] == b[1:]
               for a, b in zip(shapes, trained))), 'validation_data',
           f'<shapes {shapes}>', f'like data and labels, <shapes {trained}>')


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')
