#!/usr/bin/env python3
"""Save Only the Best: 7-train.py, and a file with the best model."""
import os
import re
from contextlib import contextmanager
from operator import length_hint
from pathlib import Path
from tempfile import TemporaryDirectory

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                save_best=False, filepath=None,
                verbose=True, shuffle=False):
    """Trains a network, and saves the best model along the way.

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
        learning_rate_decay: bool. Whether the learning rate follows inverse
            time decay, `alpha / (1 + decay_rate * epoch)`, in steps of one
            epoch. Needs `validation_data`.
        alpha: float above 0. Initial learning rate of the decay.
        decay_rate: float. How fast the learning rate decays.
        save_best: bool. Whether to save the model after each epoch whose
            validation loss is the lowest so far. Needs `validation_data`.
        filepath: str or path that ends in `.keras` or `.h5`. Where to save
            the model. Keras fills in `{epoch}`, `{val_loss}` and the like.
            Missing folders are created.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. The
            default is False, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to a list with
        one value per epoch.

    Raises:
        ValueError: if a number is not above 0, or there are no rows,
            or `save_best` has no `filepath` that can be written.
    """
    _check(data, validation_data, save_best, filepath,
           batch_size=batch_size, epochs=epochs, alpha=alpha)
    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(patience=patience))
    if learning_rate_decay and validation_data is not None:
        callbacks.append(K.callbacks.LearningRateScheduler(
            lambda epoch: alpha / (1 + decay_rate * epoch),
            verbose=bool(verbose)))
    if save_best and validation_data is not None:
        callbacks.append(_AtomicCheckpoint(
            os.fspath(filepath), save_best_only=True,
            initial_value_threshold=float('inf')))  # or a first NaN is best
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check(data, validation_data, save_best, filepath, **numbers):
    """Raises a `ValueError` for arguments that Keras accepts silently."""
    for name, value in numbers.items():
        if value is not None and not value > 0:
            raise ValueError(f'`{name}` must be > 0. Received: {name}={value}')
    for rows in data, K.utils.unpack_x_y_sample_weight(validation_data)[0]:
        if length_hint(rows, 1) == 0:
            raise ValueError(f'No rows. Received: {data=}, {validation_data=}')
    if save_best and (Path(filepath or '').suffix not in ('.keras', '.h5')
                      or re.match(r'\w\w+://', os.fspath(filepath))):
        raise ValueError(f'Not a .keras or .h5 file. Received: {filepath=}')


class _AtomicCheckpoint(K.callbacks.ModelCheckpoint):
    """A `ModelCheckpoint` that never leaves half a file."""

    def on_epoch_end(self, epoch, logs=None):
        """Saves beside the file, which Keras (2.15 to 3.16) overwrites."""
        filepath = self.filepath
        target = Path(filepath.format(epoch=epoch + 1, **logs))
        target.parent.mkdir(parents=True, exist_ok=True)
        with _atomic(target, target.suffix) as part:
            self.filepath = part.replace('{', '{{').replace('}', '}}')
            super().on_epoch_end(epoch, logs)
        self.filepath = filepath


@contextmanager
def _atomic(filename, ending):
    """Yields a path to save to, and then moves that file to `filename`.

    So a save that is cut short leaves the old file as it was.
    """
    target = Path(filename).resolve()  # a link stays a link
    if target.exists() and not (
            target.is_file() and os.access(target, os.W_OK)):
        raise ValueError(f"Can't replace a file. Received: {filename=}")
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, 'all' + ending)
        yield str(part)
        if part.exists():
            part.replace(target)
