#!/usr/bin/env python3
"""Save and Load Model: the whole model, with its optimizer's state."""
import json
import os
import re
import sys
from contextlib import contextmanager
from inspect import getmembers, isclass
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import h5py
import tensorflow.keras as K


def save_model(network, filename):
    """Saves a whole model.

    The file holds the architecture, the weights, the compile settings and
    the optimizer's state.

    Args:
        network: `K.Model`, the model.
        filename: str or path that ends in `.keras` or `.h5`.

    Raises:
        ValueError: if Keras can't save under that ending, or something
            with that name can't be replaced.
    """
    with _whole(network, filename) as part:
        network.save(part)


def load_model(filename):
    """Loads a whole model.

    No code in the file is run.

    Args:
        filename: str or path of the file.

    Returns:
        `K.Model`, compiled if it was, with its optimizer's state. Keras 3
        returns it uncompiled if Keras 2 wrote it as `.h5`.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if this version of Keras can't read the file, or the file
            holds code.
    """
    with _explained(filename):
        if hasattr(K, 'ops') and h5py.is_hdf5(filename):
            return _load_h5(filename)
        return K.models.load_model(os.fspath(filename))


@contextmanager
def _whole(network, filename):
    """Yields a path to save to, and then moves the file to `filename`.

    So a save that is cut short leaves the old file as it was.
    """
    target = Path(filename).resolve()  # a link stays a link
    if target.exists() and not (
            target.is_file() and os.access(target, os.W_OK)):
        raise ValueError(f"Can't replace `filename`. Received: {filename=}")
    settings = getattr(network, '_compile_config', None)
    if settings:
        # Saving an `.h5` removes it until Keras 3.16 (pull request 23475).
        settings.config['optimizer'] = network.optimizer
    if target.suffix in ('.h5', '.hdf5'):  # as Keras does for these only
        target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, Path(filename).name)
        yield part
        if target.exists():
            copymode(target, part)
        part.replace(target)


@contextmanager
def _explained(filename):
    """Says which file can't be loaded, why, and what to do about it."""
    Path(filename).stat()  # or FileNotFoundError
    try:
        _check_code(filename)
        yield
    except Exception as error:
        raise ValueError(f"Can't load {filename=}. {error}\nFor its weights, "
                         'build the network and call load_weights.') from error


def _check_code(filename):
    """Raises a `ValueError` for a file whose code Keras 2.15 might run."""
    if Path(filename).is_dir():
        raise ValueError('It is a folder, such as a SavedModel.')
    config = json.dumps(json.loads(  # every letter in plain form
        h5py.File(filename).attrs['model_config'] if h5py.is_hdf5(filename)
        else ZipFile(filename).read('config.json')))
    new = set(re.findall(r'"module": "(?!keras[".])([^".]*)', config))
    if re.search('class_name": "[^"]*Lambda"', config) or new - {*sys.modules}:
        raise ValueError('It has code in a Lambda layer or another module.')


def _load_h5(filename):
    """Loads an `.h5` on Keras 3, with its compile settings and state.

    Keras (3.10 to 3.16) builds the optimizer for no variables, and up to 3.15
    it doesn't find some losses and metrics of its own. Files of Keras 2 stay
    uncompiled, as Keras 3 mistakes their learning rate.
    """
    network = K.models.load_model(filename, compile=False)
    with h5py.File(filename) as h5:
        if h5.attrs['keras_version'] > '3' and 'training_config' in h5.attrs:
            settings = json.loads(h5.attrs['training_config'])
            settings['optimizer'] = settings.pop('optimizer_config')
            # The losses come last: some names are a metric's and a loss's.
            modules = K.metrics, K.optimizers, K.optimizers.schedules, K.losses
            with K.utils.custom_object_scope(dict(
                    each for module in modules
                    for each in getmembers(module, isclass))):
                network.compile_from_config(settings)
            state = h5['optimizer_weights']
            for variable, name in zip(network.optimizer.variables,
                                      state.attrs['weight_names']):
                variable.assign(state[name][()])
    return network
