#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import h5py
import tensorflow.keras as K


def save_weights(network, filename, save_format='h5'):
    """Saves a network's weights.

    The file is whole at any moment: it is written in a folder beside
    `filename`, and then takes its place.

    Args:
        network: `K.Model`, the network.
        filename: str or path, of any ending. Where to save the weights.
        save_format: 'h5', 'hdf5' or 'keras'. All three mean HDF5.

    Raises:
        ValueError: if `save_format` is another, or a folder has that name,
            or there is no such folder to save in.
    """
    with _whole(network, filename, save_format) as part:
        network.save_weights(part)


def load_weights(network, filename):
    """Loads a network's weights.

    The weights in whole models are read too. What counts is what the file
    holds, not its name. If that fails, the network keeps its weights.

    Args:
        network: `K.Model` of the same architecture.
        filename: str or path. The file with the weights.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file doesn't hold weights of this network.
    """
    with _fitting(network, filename) as copied:
        network.load_weights(copied)


@contextmanager
def _whole(network, filename, save_format):
    """Gives a path to save to, and puts the weights in their place."""
    target = Path(filename).resolve()  # a link stays a link
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError("`save_format` must be 'h5', 'hdf5' or 'keras'. "
                         f'Received: save_format={save_format}')
    if target.is_dir() or not target.parent.is_dir():
        raise ValueError('`filename` must be the path of a file, in a folder '
                         f'that exists. Received: filename={filename}')
    # Keras 3 knows this ending alone; for Keras 2 it means another layout.
    new = hasattr(K, 'ops') or str(filename).endswith('.weights.h5')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, 'all.weights.h5' if new else 'all.h5')
        with _no_optimizer(network):
            yield part
        part.replace(target)


@contextmanager
def _no_optimizer(network):
    """Hides the optimizer, as Keras 3 saves and loads its state as well."""
    optimizer = getattr(network, 'optimizer', None)
    network.optimizer = None
    try:
        yield
    finally:
        network.optimizer = optimizer


@contextmanager
def _fitting(network, filename):
    """Gives a copy of a file that fits the network, and ends as Keras asks."""
    if not Path(filename).is_file():
        raise FileNotFoundError('`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    before = network.get_weights()
    try:
        with TemporaryDirectory() as folder, _no_optimizer(network):
            part, own = (Path(folder, name) for name in (
                'model.weights.h5', 'own.weights.h5'))
            if is_zipfile(filename):
                with ZipFile(filename) as archive:
                    archive.extract(part.name, folder)
            else:
                copy(filename, part)
            if _by_layer(part):
                part = part.rename(Path(folder, 'all.h5'))
            else:
                network.save_weights(own)
                _check_shapes(part, own)
            yield part
    except Exception as error:
        network.set_weights(before)
        raise ValueError(
            '`filename` must be a file with weights of this network. '
            f'Received: filename={filename} ({error})') from error


def _by_layer(filename):
    """Tells whether a file is in the layout of Keras 1 and 2, by layer."""
    with h5py.File(filename) as file:
        return 'model_weights' in file or any(
            name.startswith('layer_names') for name in file.attrs)


def _check_shapes(filename, own):
    """Raises a `ValueError` unless a file's weights are like a network's own.

    Keras is silent about weights that are left over, and Keras 2 wants the
    state of the network's metrics as well.
    """
    with h5py.File(filename, 'a') as theirs, h5py.File(own) as mine:
        if _shapes(theirs) != _shapes(mine):
            raise ValueError(f'it has weights of shapes {_shapes(theirs)}, '
                             f'and the network {_shapes(mine)}')
        theirs.pop('metrics', None)
        if 'metrics' in mine:
            mine.copy('metrics', theirs)


def _shapes(file):
    """Lists the shapes of the weights in a `.weights.h5`, in order of size."""
    items = {}
    file.visititems(items.__setitem__)
    return sorted(item.shape for name, item in items.items()
                  if isinstance(item, h5py.Dataset)
                  and 'seed_generator' not in name
                  and not name.startswith(('optimizer', 'metrics')))
