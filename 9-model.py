#!/usr/bin/env python3
"""Save and Load Model: the whole model, with its optimizer's state."""
import json
import os
import re
import sys
from contextlib import contextmanager
from inspect import getmembers, isclass
from pathlib import Path
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
        ValueError: if `filename` has another ending or is an address, or
            what has that name can't be replaced.
    """
    _check(filename)
    _prepare(network, filename)
    with _atomic(filename, Path(filename).suffix) as part:
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
        if hasattr(K, 'ops') and h5py.is_hdf5(filename):  # Keras 3
            return _load_h5(filename)
        return K.models.load_model(os.fspath(filename))


def _check(filename):
    """Raises a `ValueError` for a name that Keras would take for another."""
    if not re.match(r'(?!\w\w+://).+\.(keras|h5|hdf5)$', os.fspath(filename)):
        raise ValueError(f'Not a .keras or .h5 file. Received: {filename=}')


def _prepare(network, filename):
    """Makes missing folders for HDF5, as Keras does, and mends a fault."""
    if Path(filename).suffix in ('.h5', '.hdf5'):
        Path(filename).parent.mkdir(parents=True, exist_ok=True)
    if getattr(network, '_compile_config', None):
        # Saving an `.h5` removes it until Keras 3.16 (pull request 23475).
        network._compile_config.config['optimizer'] = network.optimizer


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
    h5 = h5py.is_hdf5(filename)
    with h5py.File(filename) if h5 else ZipFile(filename) as file:
        config = json.dumps(json.loads(  # every letter in plain form
            file.attrs['model_config'] if h5 else file.read('config.json')))
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
            names = [each for module in (K.metrics, K.optimizers, K.losses)
                     for each in getmembers(module, isclass)]
            with K.utils.custom_object_scope(dict(names)):
                network.compile_from_config(settings)
            state = h5['optimizer_weights']
            for variable, name in zip(network.optimizer.variables,
                                      state.attrs['weight_names']):
                variable.assign(state[name][()])
    return network
