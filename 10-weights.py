#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
from os import PathLike as _PathLike
from pathlib import Path as _Path
from shutil import copy as _copy
from tempfile import TemporaryDirectory as _TemporaryDirectory
from zipfile import is_zipfile as _is_zipfile

import h5py as _h5py
import tensorflow.keras as K

_KERAS_3 = hasattr(K, 'ops')


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')


def _path(filename):
    """Gives a filename's path, or raises a `TypeError` that names it."""
    if not isinstance(filename, (str, _PathLike)):
        raise TypeError(f'`filename` must be a str or a path. '
                        f'Received: filename={filename}')
    return _Path(filename)


def _bare(network):
    """Gives the network without its optimizer, but with the same weights.

    Keras 3 would save and load the state of the optimizer as well.
    """
    return K.Model(inputs=network.inputs, outputs=network.outputs)


def save_weights(network, filename, save_format='h5'):
    """Saves a network's weights.

    The file is whole at any moment: it is written beside `filename`, and
    then takes its place.

    Args:
        network: `K.Model`, the network.
        filename: str or path, of any ending. Where to save the weights.
        save_format: 'h5', 'hdf5' or 'keras'. All three mean HDF5.

    Raises:
        TypeError: if `filename` is not a str or a path.
        ValueError: if `save_format` is another, or there is no such folder.
    """
    _check(save_format in ('h5', 'hdf5', 'keras'), 'save_format', save_format,
           "'h5', 'hdf5' or 'keras'")
    filename = _path(filename)
    target = filename.resolve()  # a link stays a link
    _check(target.parent.is_dir(), 'filename', filename,
           'in a folder that exists')
    # Keras 3 knows one ending; for Keras 2 it means another layout.
    known = _KERAS_3 or target.name.endswith('.weights.h5')
    part = target.with_name(
        f'.part-{target.name}' + ('.weights.h5' if known else '.h5'))
    _bare(network).save_weights(part)
    part.replace(target)


def load_weights(network, filename):
    """Loads a network's weights.

    Whatever a Keras has written is read, whole models too: what counts is
    what the file holds, not its name. If that fails, the network keeps its
    weights.

    Args:
        network: `K.Model` of the same architecture.
        filename: str or path. The file with the weights.

    Raises:
        TypeError: if `filename` is not a str or a path.
        FileNotFoundError: if there is no such file.
        ValueError: if the file doesn't hold weights of this network.
    """
    filename = _path(filename)
    if not filename.is_file():
        raise FileNotFoundError(f'`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    before = network.get_weights()
    try:
        if _is_zipfile(filename):
            ending = '.keras'
        else:
            with _h5py.File(filename, 'r') as file:
                legacy = 'layer_names' in file.attrs or 'model_weights' in file
            ending = '.h5' if legacy else '.weights.h5'
        # Keras goes by the ending.
        with _TemporaryDirectory() as folder:
            known = _Path(folder, 'copy' + ending)
            _copy(filename, known)
            _bare(network).load_weights(known)
    except Exception as error:
        network.set_weights(before)
        raise ValueError(
            f'`filename` must be a file with weights of this network. '
            f'Received: filename={filename} ({error})') from error
