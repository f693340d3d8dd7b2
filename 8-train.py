#!/usr/bin/env python3
"""Saving the best: 7-train.py, and a file with the best epoch's model."""
import re
from math import inf
from numbers import Integral, Real
from pathlib import Path
from tempfile import TemporaryDirectory

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                save_best=False, filepath=None,
                verbose=True, shuffle=False):
    """Trains a network, and saves the best model on the way.

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
        save_best: bool. Whether to save the model after each epoch whose
            validation loss is the lowest so far. Needs `validation_data`.
        filepath: str or path that ends in `.keras` or `.h5`. Where to save
            the model, under exactly that name. Its folder is made if it is
            missing.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data, or
            the validation data is not like the training data, or `save_best`
            has no `filepath` to save to.
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
    if save_best and validation_data is not None:
        callbacks.append(_whole(K.callbacks.ModelCheckpoint(
            str(filepath), monitor='val_loss', save_best_only=True)))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, labels, batch_size, epochs,
                     validation_data, early_stopping, patience,
                     learning_rate_decay, alpha, decay_rate, save_best,
                     filepath, **_):
    """Raises a `ValueError` for what Keras would take without a word."""
    for name, value in ('batch_size', batch_size), ('epochs', epochs):
        _check(value is None or isinstance(value, Integral) and value > 0,
               name, value, 'an int >= 1')
    _check(0 not in getattr(data, 'shape', ())[:1], 'data', data,
           'rows to train on')
    if save_best:
        _check(str(filepath).endswith(('.keras', '.h5'))
               and not Path(filepath).is_dir(), 'filepath', filepath,
               'the path of a file in .keras or .h5, and of no folder')
    if validation_data is None:
        return
    _check_validation(validation_data, data, labels, network)
    if early_stopping:
        _check(isinstance(patience, Integral) and patience >= 0,
               'patience', patience, 'an int >= 0')
    if learning_rate_decay:
        _check(isinstance(alpha, Real) and 0 < alpha < inf,
               'alpha', alpha, 'a number > 0')
        _check(isinstance(decay_rate, Real) and 0 <= decay_rate < inf,
               'decay_rate', decay_rate, 'a number >= 0')


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


def _whole(checkpoint):
    """Makes the file of a `ModelCheckpoint` whole at any moment.

    Keras (2.15 to 3.15) writes into the best of before. Here it writes into
    a folder beside, and what is whole takes the old file's place.
    """
    target = Path(checkpoint.filepath).resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    name, save = Path(checkpoint.filepath).name, checkpoint.on_epoch_end
    checkpoint.best = inf  # Keras 3.15 takes a first NaN for the best

    def on_epoch_end(epoch, logs=None):
        with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
            part = Path(folder, name)
            # Keras fills in braces.
            checkpoint.filepath = re.sub('[{}]', r'\g<0>\g<0>', str(part))
            _keep_optimizer(checkpoint.model)
            save(epoch, logs)
            _keep_optimizer(checkpoint.model)
            if part.exists():
                part.replace(target)

    checkpoint.on_epoch_end = on_epoch_end
    return checkpoint


def _keep_optimizer(network):
    """Puts the optimizer into the compile settings, as it is.

    Keras 3.15 takes it out as it saves an `.h5`: a `.keras` saved later would
    load with RMSprop. Keras 2.15 has it there as it was when compiled.
    """
    if getattr(network, '_compile_config', None) is not None:
        network._compile_config.config['optimizer'] = network.optimizer
