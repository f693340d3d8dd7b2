#!/usr/bin/env python3
"""Saving the best: 7-train.py, and a file with the best epoch's model."""
import os
from contextlib import suppress
from math import inf
from operator import length_hint
from pathlib import Path
from shutil import copymode
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
            the model. `{epoch}`, `{val_loss}` and the like are filled in; the
            folder is made if it is missing.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data, or
            early stopping has no labels to validate with, or `save_best` has
            no `filepath` that can be saved to.
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
            os.fspath(filepath), monitor='val_loss', save_best_only=True)))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, batch_size, epochs, validation_data,
                     early_stopping, patience, learning_rate_decay,
                     alpha, decay_rate, save_best, filepath, **_):
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
    if save_best:
        _check_filepath(filepath)
        _check_labels(network, validation_data)


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


def _check_filepath(filepath):
    """Raises a `ValueError` for what can't be replaced by a whole file."""
    path = Path(filepath or '')
    if (path.suffix not in ('.keras', '.h5', '.hdf5')
            or '://' in os.fspath(filepath) or os.path.ismount(path)
            or path.exists() and not (
                path.is_file() and os.access(path, os.W_OK))):
        raise ValueError(
            '`filepath` must be a file in .keras or .h5 that can be replaced. '
            f'Received: filepath={filepath}')


def _whole(checkpoint):
    """Makes the file of a `ModelCheckpoint` whole at any moment.

    Keras (2.15 to 3.15) writes into the best of before. Here it writes into
    a folder beside, and what is whole takes the old file's place.
    """
    path, save = Path(checkpoint.filepath), checkpoint.on_epoch_end
    root = next(each for each in path.parents if '{' not in str(each))
    root.mkdir(parents=True, exist_ok=True)
    TemporaryDirectory(prefix='.part-', dir=root).cleanup()  # or fail now
    checkpoint.best = inf  # Keras 3.15 takes a first NaN for the best

    def on_epoch_end(epoch, logs=None):
        # Keras 3.15 takes the optimizer out of the compile settings as it
        # saves an `.h5`; Keras 2.15 has it there as it was when compiled.
        network = checkpoint.model
        settings = getattr(
            getattr(network, '_compile_config', None), 'config', {})
        own = {'optimizer': getattr(network, 'optimizer', None)}
        settings.update(own)
        with TemporaryDirectory(prefix='.part-', dir=root) as folder:
            checkpoint.filepath = str(folder / path.relative_to(root))
            try:
                save(epoch, logs)
            finally:
                settings.update(own)
            for part in filter(Path.is_file, [*Path(folder).rglob('*')]):
                _replace((root / part.relative_to(folder)).resolve(), part)

    checkpoint.on_epoch_end = on_epoch_end
    return checkpoint


def _replace(target, part):
    """Puts a file in the place of another, whose permissions it keeps."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if not target.is_file():
            raise OSError(f'{target} is no file, and is not replaced')
        with suppress(PermissionError, AttributeError):  # on Windows
            os.chown(part, target.stat().st_uid, target.stat().st_gid)
        copymode(target, part)
    part.replace(target)
