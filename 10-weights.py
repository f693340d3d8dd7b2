#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
import os
import re
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
    with _whole(filename, save_format) as part:
        _alone(network).save_weights(part)


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
        _alone(network).load_weights(copied)


def _alone(network):
    """Gives a twin that shares a network's layers, but not its optimizer.

    Keras saves an optimizer's state with the weights, and asks for it when it
    loads; Keras 2 a compiled network's metrics too.
    """
    twin = object.__new__(type(network))
    vars(twin).update(
        (name, value) for name, value in vars(network).copy().items()
        if name != '_is_compiled' and not isinstance(
            value, (K.optimizers.Optimizer, K.metrics.Metric)))
    return twin


@contextmanager
def _whole(filename, save_format):
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
        if new:
            _leave_out_optimizers(part)
        if target.exists():
            with suppress(PermissionError, AttributeError):  # on Windows
                os.chown(part, target.stat().st_uid, target.stat().st_gid)
            copymode(target, part)
        part.replace(target)


def _leave_out_optimizers(filename):
    """Deletes the state of the optimizers of networks in the network."""
    names = []
    with h5py.File(filename, 'a') as file:
        file.visit(names.append)
        for name in names:
            if re.search('(?<!layers)/optimizer$', name):
                del file[name]


@contextmanager
def _fitting(network, filename):
    """Gives a copy of a file under a name that tells Keras its layout.

    Keras is silent about weights that are left over.
    """
    content, before = Path(filename).read_bytes(), network.get_weights()
    with TemporaryDirectory() as folder:
        copied, own = Path(folder, 'all.h5'), Path(folder, 'own.weights.h5')
        _alone(network).save_weights(own)
        try:
            if is_zipfile(filename):
                with ZipFile(filename) as archive:
                    content = archive.read('model.weights.h5')
            copied.write_bytes(content)
            with h5py.File(copied) as file:
                _check_links(file)
                by_layer = 'model_weights' in file or any(
                    name.startswith('layer_names') for name in file.attrs)
            if not by_layer:
                copied = copied.rename(Path(folder, 'all.weights.h5'))
                _check_shapes(network, copied, own)
            yield copied
        except Exception as error:
            network.set_weights(before)
            if getattr(error, 'errno', None):  # a full disk, not the file
                raise
            raise ValueError(
                '`filename` must be a file with weights of this network. '
                f'Received: filename={filename} ({error})') from error


def _check_links(file):
    """Raises a `ValueError` for weights that lie in somebody's other files."""
    if file.visititems_links(lambda name, link: (
            isinstance(link, h5py.ExternalLink)
            or getattr(file.get(name), 'external', None)
            or getattr(file.get(name), 'is_virtual', None) or None)):
        raise ValueError('it has weights that are in other files')


def _check_shapes(network, filename, own):
    """Raises a `ValueError` unless a file's weights are like the network's."""
    others = {'optimizer', 'metrics', 'seed_generator',
              *set(vars(network)).difference(vars(_alone(network)))}
    shapes = []
    for path in filename, own:
        items = {}
        with h5py.File(path) as file:
            file.visititems(items.__setitem__)
            shapes.append(sorted(
                item.shape for name, item in items.items()
                if others.isdisjoint(name.split('/'))
                and isinstance(item, h5py.Dataset)))
    if shapes[0] != shapes[1]:
        raise ValueError(f'it has weights of shapes {shapes[0]}, and the '
                         f'network {shapes[1]}')
