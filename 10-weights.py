#!/usr/bin/env python3
"""Weights: saving and loading them alone, in HDF5."""
from io import BytesIO as _BytesIO
from os import PathLike as _PathLike
from pathlib import Path as _Path
from re import finditer as _finditer
from struct import unpack_from as _unpack_from
from tempfile import TemporaryDirectory as _TemporaryDirectory
from zipfile import ZipFile as _ZipFile
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


def _check_heaps(data):
    """Raises a `ValueError` for damage that HDF5 would read on forever.

    Its texts lie in heaps, as a number, a size and so many bytes each; HDF5
    itself doesn't ask whether a size leads anywhere.
    """
    for heap in _finditer(rb'(?s)GCOL\x01...(.{8})', data):
        at, end = heap.end(), heap.start() + int.from_bytes(heap[1], 'little')
        while at + 16 <= end:
            number, size = _unpack_from('<H6xQ', data, at)
            size = (size + 23) // 8 * 8 if number else size
            if not 16 <= size <= end - at:
                raise ValueError('it is damaged')
            at += size


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
            with _ZipFile(filename) as archive:
                data = archive.read('model.weights.h5')
        else:
            data = filename.read_bytes()
            _check_heaps(data)
        names = []
        with _h5py.File(_BytesIO(data), 'r') as file:
            legacy = 'layer_names' in file.attrs or 'model_weights' in file
            file.visit(names.append)
        # From this layout Keras takes the layers that it has, and is silent
        # about those that are left.
        count = sum('/vars/' in name and 'seed_generator' not in name
                    and not name.startswith(('optimizer', 'metrics'))
                    for name in names)
        if not legacy and count != len(network.weights):
            raise ValueError(f'it holds {count} weights, and the network has '
                             f'{len(network.weights)}')
        # Keras goes by the ending.
        with _TemporaryDirectory() as folder:
            known = _Path(folder, 'copy.h5' if legacy else 'copy.weights.h5')
            known.write_bytes(data)
            _bare(network).load_weights(known)
    except Exception as error:
        network.set_weights(before)
        raise ValueError(
            f'`filename` must be a file with weights of this network. '
            f'Received: filename={filename} ({error})') from error
