#!/usr/bin/env python3
"""Save and Load Weights: the weights alone, in HDF5."""
import os
import re
from contextlib import contextmanager
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import h5py
import tensorflow.keras as K


def save_weights(network, filename, save_format='h5'):
    """Saves a network's weights.

    Args:
        network: `K.Model`, the network.
        filename: str or path, with any ending. Where to save the weights.
        save_format: 'h5', 'hdf5' or 'keras'. All three mean HDF5.

    Raises:
        ValueError: if `save_format` has another value, or something with
            that name can't be replaced.
    """
    with _whole(filename, save_format) as part:
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
    with _fitting(network, filename) as copy:
        _without_optimizer(network).load_weights(copy)


def _without_optimizer(network):
    """Returns a network that shares the layers, but has no optimizer.

    Keras saves the optimizer's state with the weights. A network that is
    written as a class has no inputs to share, and is saved as Keras saves it.
    """
    inputs = getattr(network, 'inputs', None)
    return K.Model(inputs, network.outputs) if inputs else network


@contextmanager
def _whole(filename, save_format):
    """Yields a path to save to, and then moves the file to `filename`.

    So a save that is cut short leaves the old file as it was.
    """
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError(f'Not HDF5. Received: {save_format=}')
    target = Path(filename).resolve()  # a link stays a link
    if target.exists() and not (
            target.is_file() and os.access(target, os.W_OK)):
        raise ValueError(f"Can't replace `filename`. Received: {filename=}")
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        # Keras 3 accepts this ending only. In Keras 2 it is another layout.
        new = hasattr(K, 'ops') or str(filename).endswith('.weights.h5')
        part = Path(folder, 'all.weights.h5' if new else 'all.h5')
        yield part
        if target.exists():
            copymode(target, part)
        part.replace(target)


@contextmanager
def _fitting(network, filename):
    """Yields a copy of a file, named so that Keras knows its layout."""
    content, before = Path(filename).read_bytes(), network.get_weights()
    with TemporaryDirectory() as folder:
        copy, names = Path(folder, 'all.weights.h5'), []
        try:
            if is_zipfile(filename):
                content = ZipFile(filename).read('model.weights.h5')
            copy.write_bytes(content)
            with h5py.File(copy) as file:
                file.visit(names.append)
                by_layer = 'keras_version' in file.attrs
            # Keras 3 ignores weights that are left over.
            found = [name for name in names if re.match(
                r'(?!.*(optimizer|metrics|seed_generator)).*vars/\d+$', name)]
            if not by_layer and len(found) != len(before):
                raise ValueError(f'It holds {len(found)} weights.')
            yield copy.rename(Path(folder, 'all.h5')) if by_layer else copy
        except Exception as error:
            network.set_weights(before)
            raise ValueError(f"Can't load {filename=}. {error}") from error
