#!/usr/bin/env python3
"""Saving the best: 7-train.py, and a file with the best epoch's model."""
import re
from numbers import Integral, Number, Real
from os import PathLike
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
            the model; a name with `{epoch}` in it is filled in as
            `K.callbacks.ModelCheckpoint` does. Its folder is made if it is
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
            filepath, monitor='val_loss', save_best_only=True)))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, labels, batch_size, epochs,
                     validation_data, early_stopping, patience,
                     learning_rate_decay, alpha, decay_rate, save_best,
                     filepath, **_):
    """Raises a `ValueError` for what Keras would take without a word.

    Or would refuse only after an epoch of training, as validation data.
    """
    _check(batch_size is None
           or isinstance(batch_size, Integral) and batch_size > 0,
           'batch_size', batch_size, 'an int >= 1')
    _check(isinstance(epochs, Integral) and epochs > 0,
           'epochs', epochs, 'an int >= 1')
    _check((0,) not in [shape[:1] for shape in _shapes(data)],
           'data', f'<shapes {_shapes(data)}>', 'rows to train on')
    if save_best:
        _check(isinstance(filepath, (str, PathLike))
               and re.search(r'^([^{}]|{\w+(:[^{}]*)?})+[.](keras|h5)$',
                             Path(filepath).name)
               and not re.search('[{}]', str(Path(filepath).parent))
               and not Path(filepath).is_dir(), 'filepath', filepath,
               'the path of a file, not of a folder, in .keras or .h5')
    if validation_data is None:
        return
    if early_stopping:
        _check(isinstance(patience, Integral) and patience >= 0,
               'patience', patience, 'an int >= 0')
    if learning_rate_decay:
        _check(isinstance(alpha, Real) and 0 < alpha < float('inf'),
               'alpha', alpha, 'a number > 0')
        _check(isinstance(decay_rate, Real)
               and 0 <= decay_rate < float('inf'),
               'decay_rate', decay_rate, 'a number >= 0')
    if isinstance(validation_data, (tuple, list)):
        sizes = {shape[:1] for shape in _shapes(validation_data) if shape}
        _check(len(validation_data) in (2, 3) and len(sizes) == 1
               and (0,) not in sizes
               and (validation_data[1] is None) <= (labels is None)
               and _alike(validation_data, [data, labels], network),
               'validation_data', f'<shapes {_shapes(validation_data)}>',
               'rows like those of data and labels, '
               f'<shapes {_shapes([data, labels])}>')
    elif labels is not None:
        _check(not isinstance(validation_data, (str, Number))
               and not hasattr(validation_data, 'shape'), 'validation_data',
               validation_data, 'a pair (data, labels) or batches of them')


def _alike(valid, trained, network):
    """Tells whether rows have one shape, as a network may ask for."""
    ends = [*(getattr(network, 'inputs', None) or []),
            *(getattr(network, 'outputs', None) or [])]
    any_size = not ends or None in [
        size for end in ends for size in tuple(end.shape)[1:]]
    return any_size or all(
        len(a) != len(b) or a[1:] == b[1:]
        for a, b in zip(_shapes(valid), _shapes(trained)))


def _shapes(part):
    """Lists the shapes of an array, or of those in a list or a dict."""
    if isinstance(part, dict):
        part = [part[key] for key in sorted(part)]
    if isinstance(part, (list, tuple)):
        return [shape for each in part for shape in _shapes(each)]
    return [tuple(getattr(part, 'shape', ()))]


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _whole(checkpoint):
    """Makes the file of a `ModelCheckpoint` whole at any moment.

    Keras (2.15 to 3.15) opens the best of before to write into it. Here it
    writes into a folder beside, and what is whole takes the old file's place.
    """
    target = Path(checkpoint.filepath).resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    name = Path(checkpoint.filepath).name
    save = checkpoint.on_epoch_end
    checkpoint.best = float('inf')  # Keras 3.15: a first NaN would be best

    def on_epoch_end(epoch, logs=None):
        with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
            beside = folder.replace('{', '{{').replace('}', '}}')
            checkpoint.filepath = str(Path(beside, name))
            _keep_optimizer(checkpoint.model)
            save(epoch, logs)
            _keep_optimizer(checkpoint.model)
            for part in Path(folder).iterdir():
                part.replace(target if part.name == name
                             else target.with_name(part.name))

    checkpoint.on_epoch_end = on_epoch_end
    return checkpoint


def _keep_optimizer(network):
    """Puts the optimizer back into the compile settings.

    Keras 3.15 takes it out as it saves an `.h5`; a `.keras` that is saved
    later would load with RMSprop.
    """
    settings = getattr(network, '_compile_config', None)
    if settings is not None:
        settings.config.setdefault('optimizer', network.optimizer)
