#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import h5py
import tensorflow.keras as K

_NO_WEIGHTS = {'optimizer', 'metrics'}  # in a `.weights.h5`


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
    with _whole(filename, save_format) as part:
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
def _whole(filename, save_format):
    """Gives a path to save to, and puts the weights in their place."""
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError("`save_format` must be 'h5', 'hdf5' or 'keras'. "
                         f'Received: save_format={save_format}')
    target = Path(filename).resolve()  # a link stays a link
    if target.is_dir() or not target.parent.is_dir():
        raise ValueError('`filename` must be the path of a file, in a folder '
                         f'that exists. Received: filename={filename}')
    # Keras 3 knows this ending alone; for Keras 2 it means another layout.
    new = hasattr(K, 'ops') or str(filename).endswith('.weights.h5')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, 'all.weights.h5' if new else 'all.h5')
        yield part
        _without_optimizer(part, Path(folder, 'part')).replace(target)


def _without_optimizer(source, target):
    """Copies a file of weights but for the optimizer's state in it."""
    with h5py.File(source) as old, h5py.File(target, 'w') as new:
        new.attrs.update(old.attrs)
        for name in old:
            if name not in _NO_WEIGHTS:
                old.copy(name, new)
    return target


@contextmanager
def _fitting(network, filename):
    """Gives a copy of a file that fits the network, and ends as Keras asks.

    Keras takes the optimizer's state from it too, and is silent about
    weights that are left over: so the copy has the network's own state, and
    must have the shapes of its weights.
    """
    if not Path(filename).is_file():
        raise FileNotFoundError('`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    before = network.get_weights()
    try:
        with TemporaryDirectory() as folder:
            source, old, new = (Path(folder, name) for name in (
                'model.weights.h5', 'copy.h5', 'copy.weights.h5'))
            if is_zipfile(filename):
                with ZipFile(filename) as archive:
                    archive.extract(source.name, folder)
            else:
                copy(filename, source)
            with h5py.File(source) as file:
                kept_by_layer = 'model_weights' in file or any(
                    name.startswith('layer_names') for name in file.attrs)
            if kept_by_layer:
                source.replace(old)
                yield old
            else:
                network.save_weights(new)
                _replace_weights(new, source)
                yield new
    except Exception as error:
        network.set_weights(before)
        raise ValueError(
            '`filename` must be a file with weights of this network. '
            f'Received: filename={filename} ({error})') from error


def _replace_weights(target, source):
    """Puts the weights of one file into another of the same shapes."""
    with h5py.File(target, 'a') as mine, h5py.File(source) as theirs:
        if _shapes(mine) != _shapes(theirs):
            raise ValueError(f'it holds weights of shapes {_shapes(theirs)}, '
                             f'and the network has {_shapes(mine)}')
        for name in set(mine) - _NO_WEIGHTS:
            del mine[name]
        for name in set(theirs) - _NO_WEIGHTS:
            theirs.copy(name, mine)


def _shapes(file):
    """Lists the shapes of the weights in a file, in order of size."""
    shapes = []

    def add(name, item):
        if isinstance(item, h5py.Dataset) and 'seed_generator' not in name:
            shapes.append(item.shape)

    for name in set(file) - _NO_WEIGHTS:
        file[name].visititems(add)
    return sorted(shapes)
