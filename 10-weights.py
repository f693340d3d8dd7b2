#!/usr/bin/env python3
"""Save and Load Weights: the weights alone, in HDF5."""
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import is_zipfile

import h5py
import tensorflow.keras as K


def save_weights(network, filename, save_format='h5'):
    """Saves a network's weights.

    Args:
        network: `K.Model`, the network.
        filename: str or path, with any ending. Where to save the weights.
        save_format: 'h5', 'hdf5' or 'keras'. All three mean HDF5.

    Raises:
        ValueError: if `save_format` has another value, or what has that name
            can't be replaced.
    """
    _check(save_format)
    with _atomic(filename, _ending(filename)) as part:
        _without_optimizer(network).save_weights(part)


def load_weights(network, filename):
    """Loads a network's weights.

    It also reads the weights in a whole model. The name of the file doesn't
    matter. If loading fails, the network keeps its weights.

    Args:
        network: `K.Model` of the same architecture.
        filename: str or path of the file.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file doesn't hold weights of this network.
    """
    with _copy_of(network, filename) as copy:
        _without_optimizer(network).load_weights(copy)


def _without_optimizer(network):
    """Returns a network that shares the layers, but has no optimizer.

    Keras saves the optimizer's state with the weights. A network that is
    written as a class has no inputs to share, and is saved as Keras saves it.
    """
    inputs = getattr(network, 'inputs', None)
    return K.Model(inputs, network.outputs) if inputs else network


def _check(save_format):
    """Raises a `ValueError` for a format other than HDF5."""
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError(f'Not HDF5. Received: {save_format=}')


def _ending(filename):
    """Returns the ending by which Keras knows the layout to write."""
    new = hasattr(K, 'ops') or str(filename).endswith('.weights.h5')  # Keras 3
    return '.weights.h5' if new else '.h5'


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
def _copy_of(network, filename):
    """Yields a copy of a file, named so that Keras knows its layout.

    If loading fails, the network gets its weights back.
    """
    content, before = Path(filename).read_bytes(), network.get_weights()
    try:
        end = '.keras'
        if not is_zipfile(filename):
            with h5py.File(filename) as h5:  # Keras 2 notes its version
                end = '.h5' if 'keras_version' in h5.attrs else '.weights.h5'
        with TemporaryDirectory() as folder:
            copy = Path(folder, 'all' + end)
            copy.write_bytes(content)
            yield copy
    except Exception as error:
        network.set_weights(before)
        raise ValueError(f"Can't load {filename=}. {error}") from error
