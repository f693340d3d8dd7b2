#!/usr/bin/env python3
"""Whole models: saving and loading them, down to the optimizer's state."""
import json
import os
import re
import sys
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import h5py
import tensorflow.keras as K


def save_model(network, filename):
    """Saves a whole model.

    Architecture, weights, compile settings and optimizer state. The file is
    whole at any moment: it is written in a folder beside `filename`, and then
    takes its place.

    Args:
        network: `K.Model`, the model.
        filename: str or path that ends in `.keras` or `.h5`.

    Raises:
        ValueError: if the ending is another, or what has that name can't be
            replaced.
    """
    with _whole(network, filename) as part:
        network.save(part)


def load_model(filename):
    """Loads a whole model.

    No code in the file is run: a `Lambda` layer is refused.

    Args:
        filename: str or path of the file.

    Returns:
        `K.Model`, compiled if it was, with its optimizer's state; of an `.h5`
        that Keras 2 wrote, Keras 3 gives an uncompiled one, with a warning.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if this Keras can't read the model in it, with the
            version that wrote it.
    """
    with _explained(filename):
        if h5py.is_hdf5(filename):
            return _load_h5(filename)
        return K.models.load_model(os.fspath(filename))


@contextmanager
def _whole(network, filename):
    """Gives a path to save to, and then puts that file in its place.

    So the file is whole at any moment, and it keeps its permissions.
    """
    target = Path(filename).resolve()  # a link stays a link
    if (Path(filename).suffix not in ('.keras', '.h5', '.hdf5')
            or '://' in os.fspath(filename) or target.exists() and not (
                target.is_file() and os.access(target, os.W_OK))):
        raise ValueError(
            '`filename` must be a file in .keras or .h5 that can be replaced. '
            f'Received: filename={filename}')
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, Path(filename).name)
        # Keras 3.15 takes the optimizer out of the compile settings as it
        # saves an `.h5`; Keras 2.15 has it there as it was when compiled.
        settings = getattr(
            getattr(network, '_compile_config', None), 'config', {})
        own = {'optimizer': getattr(network, 'optimizer', None)}
        settings.update(own)
        try:
            yield part
        finally:
            settings.update(own)
        if target.exists():
            with suppress(PermissionError, AttributeError):  # on Windows
                os.chown(part, target.stat().st_uid, target.stat().st_gid)
            copymode(target, part)
        part.replace(target)


@contextmanager
def _explained(filename):
    """Says of a file that can't be loaded which versions of Keras meet."""
    Path(filename).stat()  # or FileNotFoundError
    writer = '(unknown)'
    try:
        if is_zipfile(filename):
            with ZipFile(filename) as archive:
                writer = json.loads(
                    archive.read('metadata.json'))['keras_version']
                config = json.loads(archive.read('config.json'))
                _check_links(h5py.File(archive.open('model.weights.h5')))
        else:
            with h5py.File(filename) as file:
                writer = file.attrs['keras_version']
                config = json.loads(file.attrs['model_config'])
                _check_links(file)
        _check_code(config)
        yield
    except Exception as error:
        keras = sys.modules[K.Model.__module__.partition('.')[0]]
        raise ValueError(
            '`filename` must be a model that this Keras can read. Received: '
            f'filename={filename}, written by Keras {writer}, read by Keras '
            f'{keras.__version__}: {error}\nBuild the network with task 0, 1 '
            'or 11, and then load_weights (task 10), which reads whole models '
            'too.') from error


def _check_links(file):
    """Raises a `ValueError` for weights that lie in somebody's other files."""
    if file.visititems_links(lambda name, link: (
            isinstance(link, h5py.ExternalLink)
            or getattr(file.get(name), 'external', None)
            or getattr(file.get(name), 'is_virtual', None) or None)):
        raise ValueError('it has weights that are in other files')


def _check_code(config):
    """Raises a `ValueError` for what Keras 2.15 would run, or Keras 3 lost.

    A Lambda layer is code, a TFOpLambda calls any function of TensorFlow, and
    a module that is not imported yet would be.
    """
    text = json.dumps(config)
    modules = set(re.findall('"module": "([^".]*)', text))
    if (re.search('"class_name": "[^"]*Lambda"', text)
            or modules - {'keras', 'tf_keras', *sys.modules}):
        raise ValueError('it has a Lambda layer, which is code, or names '
                         'a module that is not imported')
    compiled = config.get('compile_config') or {}
    if 'loss' in compiled and 'optimizer' not in compiled:
        raise ValueError('Keras 3.15 lost its optimizer, as it had saved '
                         'the same network as `.h5` before')


def _load_h5(filename):
    """Loads an `.h5`, with its compile settings and its optimizer's state.

    Keras 3.15 can't read some losses and metrics of its own there, and builds
    the optimizer for no variables. Keras 2.15 loses mixed precision's state.
    """
    keras_3 = hasattr(K, 'ops')
    network = K.models.load_model(
        os.fspath(filename), compile=not keras_3)
    with h5py.File(filename) as file:
        if 'training_config' not in file.attrs:
            return network
        if keras_3 and not file.attrs['keras_version'].startswith('3.'):
            warnings.warn(
                f'{filename} was written by Keras 2: its weights are loaded, '
                'its compile settings are not. To go on training, call '
                'optimize_model (task 2).', stacklevel=3)
            return network
        settings = json.loads(file.attrs['training_config'])
        settings['optimizer'] = settings.pop('optimizer_config')
        group = file.get('optimizer_weights')  # None if it took no step
        # Many names are in parts: weight_names0 to weight_names10, and so on.
        state = [group[name][()] for _, names in sorted(
            group.attrs.items() if group else (),
            key=lambda part: len(part[0])) for name in names]
    # The losses last, as some names are a metric's and a loss's.
    known = {name: K.utils.get_registered_object(name) or kind for module in (
        K.metrics, K.optimizers, K.optimizers.schedules, K.losses)
        for name, kind in vars(module).items() if isinstance(kind, type)}
    if keras_3:
        with K.utils.custom_object_scope(known):
            network.compile_from_config(settings)
    variables = network.optimizer.variables
    # Another number: it took no step, and all of it is in the settings.
    if hasattr(variables, '__len__') and len(state) == len(variables):
        for variable, value in zip(variables, state):
            variable.assign(value)
    return network
