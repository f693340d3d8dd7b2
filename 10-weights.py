#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copymode
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
        ValueError: if `save_format` is another, or what has that name can't
            be replaced.
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
    """Gives a path to save to, and then puts that file in its place.

    So the file is whole at any moment, and it keeps its permissions.
    """
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError("`save_format` must be 'h5', 'hdf5' or 'keras'. "
                         f'Received: save_format={save_format}')
    target = Path(filename).resolve()  # a link stays a link
    if target.exists() and not (
            target.is_file() and os.access(target, os.W_OK)):
        raise ValueError('`filename` must be a file that can be replaced. '
                         f'Received: filename={filename}')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        # Keras 3 knows this ending alone; for Keras 2 it is another layout.
        new = hasattr(K, 'ops') or Path(filename).name.endswith('.weights.h5')
        part = Path(folder, 'all.weights.h5' if new else 'all.h5')
        yield part
        if new:  # and so with the optimizer's state
            whole, part = part, Path(folder, 'weights')
            _copy(whole, part, _optimizers(network))
        if target.exists():
            with suppress(PermissionError, AttributeError):  # on Windows
                os.chown(part, target.stat().st_uid, target.stat().st_gid)
            copymode(target, part)
        part.replace(target)


@contextmanager
def _fitting(network, filename):
    """Gives a copy of a file that fits the network, and ends as Keras asks.

    Keras is silent about weights that are left over. It asks for the state of
    the optimizer and of the metrics too, and finds the network's own.
    """
    content, before = Path(filename).read_bytes(), network.get_weights()
    with TemporaryDirectory() as folder:
        part, own = Path(folder, 'all.h5'), Path(folder, 'all.weights.h5')
        try:
            if is_zipfile(filename):
                with ZipFile(filename) as archive:
                    content = archive.read('model.weights.h5')
            part.write_bytes(content)
            if not _by_layer(part):
                network.save_weights(own)
                _check_shapes(network, part, own)
                _copy(part, own, {*_optimizers(network), 'metrics'})
                part = own
            yield part
        except Exception as error:
            network.set_weights(before)
            if getattr(error, 'errno', None):  # a full disk, not the file
                raise
            raise ValueError(
                '`filename` must be a file with weights of this network. '
                f'Received: filename={filename} ({error})') from error


def _by_layer(filename):
    """Tells whether a file is in the layout of Keras 1 and 2, by layer."""
    with h5py.File(filename) as file:
        _check_links(file)
        return 'model_weights' in file or any(
            name.startswith('layer_names') for name in file.attrs)


def _check_links(file):
    """Raises a `ValueError` for weights that lie in somebody's other files."""
    links, items = {}, {}
    file.visititems_links(links.__setitem__)
    file.visititems(items.__setitem__)
    if any(isinstance(each, h5py.ExternalLink) or getattr(
            each, 'external', None) or getattr(each, 'is_virtual', False)
            for each in [*links.values(), *items.values()]):
        raise ValueError('it has weights that are in other files')


def _optimizers(network):
    """Lists the names of a network's optimizers, which Keras 3 saves too."""
    return {'optimizer', *(name for name, value in vars(network).items()
                           if isinstance(value, K.optimizers.Optimizer))}


def _copy(source, target, left_out):
    """Copies what an HDF5 file holds into another, but for some groups."""
    with h5py.File(source) as theirs, h5py.File(target, 'a') as mine:
        for name in set(theirs) - left_out:
            mine.pop(name, None)
            theirs.copy(name, mine)


def _check_shapes(network, filename, own):
    """Raises a `ValueError` unless a file's weights are like the network's."""
    shapes = []
    for path in filename, own:
        items = {}
        with h5py.File(path) as file:
            file.visititems(items.__setitem__)
            shapes.append(sorted(
                item.shape for name, item in items.items()
                if isinstance(item, h5py.Dataset)
                and 'seed_generator' not in name and name.split('/')[0]
                not in {*_optimizers(network), 'metrics'}))
    if shapes[0] != shapes[1]:
        raise ValueError(f'it has weights of shapes {shapes[0]}, and the '
                         f'network {shapes[1]}')
