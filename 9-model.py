#!/usr/bin/env python3
"""Whole models: saving and loading them, down to the optimizer's state."""
import io as _io
import json as _json
from os import PathLike as _PathLike
from pathlib import Path as _Path
from re import finditer as _finditer
from shutil import copy as _copy
from struct import unpack_from as _unpack_from
from sys import modules as _modules
from tempfile import TemporaryDirectory as _TemporaryDirectory
from zipfile import ZipFile as _ZipFile
from zipfile import is_zipfile as _is_zipfile

import h5py as _h5py
import tensorflow.keras as K

# Of the package behind K: keras, or tf_keras with TF_USE_LEGACY_KERAS=1.
_VERSION = _modules[K.Model.__module__.split('.')[0]].__version__
_KERAS_3 = hasattr(K, 'ops')
# Layers that run code from the file, or open other files.
_OPENS_MORE = {'Lambda', 'TFSMLayer', 'TorchModuleWrapper', 'JaxLayer',
               'FlaxLayer', 'StringLookup', 'IntegerLookup',
               'TextVectorization'}
_STRUCTURE = {'Functional', 'Model', 'Sequential', 'DTypePolicy', 'Policy',
              'TensorShape', '__tuple__', '__keras_tensor__'}


def _path(filename):
    """Gives a filename's path, or raises a `TypeError` that names it."""
    if not isinstance(filename, (str, _PathLike)):
        raise TypeError(f'`filename` must be a str or a path. '
                        f'Received: filename={filename}')
    return _Path(filename)


def save_model(network, filename):
    """Saves a whole model.

    Architecture, weights, compile settings and optimizer state. The file is
    whole at any moment: it is written beside `filename`, and then takes its
    place.

    Args:
        network: `K.Model`, the model.
        filename: str or path that ends in `.keras` or `.h5`.

    Raises:
        TypeError: if `filename` is not a str or a path.
        ValueError: if the ending is another, or there is no such folder.
    """
    filename = _path(filename)
    if filename.suffix not in ('.keras', '.h5'):
        raise ValueError(f'`filename` must be a path ending in .keras or .h5. '
                         f'Received: filename={filename}')
    target = filename.resolve()  # a link stays a link
    if not target.parent.is_dir():
        raise ValueError(f'`filename` must be in a folder that exists. '
                         f'Received: filename={filename}')
    part = target.with_name('.part-' + filename.name)
    if _KERAS_3 and network.compiled:
        # Keras 3.15 drops it there as it saves an `.h5`; a `.keras` of the
        # same network would then load with another optimizer.
        network._compile_config.config['optimizer'] = network.optimizer
    network.save(part)
    part.replace(target)


def load_model(filename):
    """Loads a whole model, whichever Keras has written it.

    What counts is what the file holds, not its name. Nothing in it is run:
    a file that names anything but Keras's own is refused.

    Args:
        filename: str or path. The file with the model.

    Returns:
        `K.Model`, compiled if it was, with its optimizer's state.

    Raises:
        TypeError: if `filename` is not a str or a path.
        FileNotFoundError: if there is no such file.
        ValueError: if the file doesn't hold a model that can be read, or
            holds code.
    """
    filename = _path(filename)
    if not filename.is_file():
        raise FileNotFoundError(f'`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    try:
        zipped = _is_zipfile(filename)
        read = _read_zip if zipped else _read_hdf5
        version, config, settings, state = read(filename)
        # Keras goes by the ending.
        with _TemporaryDirectory() as folder:
            known = _Path(folder, 'copy.keras' if zipped else 'copy.h5')
            _copy(filename, known)
            if (version.split('.')[:2] == _VERSION.split('.')[:2]
                    and (zipped or not _KERAS_3)):
                network = K.models.load_model(known)
            else:
                # Another version's model; or, on Keras 3.15, an HDF5 file,
                # whose optimizer it builds for no weights at all.
                network = _build(config)
                network.load_weights(known)
                if settings:
                    _compile(network, settings, state)
        strategy = getattr(network, 'distribute_strategy', None)
        if _KERAS_3 and K.backend.backend() != 'jax' and getattr(
                strategy, 'num_replicas_in_sync', None) != 1:
            network.steps_per_execution = 1  # see 2-optimize.py
        return network
    except Exception as error:
        raise ValueError(
            f'`filename` must be a model that Keras {_VERSION} can read. '
            f'Received: filename={filename} ({error})') from error


def _read_zip(filename):
    """Reads the version, configuration, settings and state of a `.keras`."""
    with _ZipFile(filename) as archive:
        version = _json.loads(archive.read('metadata.json'))['keras_version']
        config = _json.loads(archive.read('config.json'),
                             object_hook=_translate)
        weights = _io.BytesIO(archive.read('model.weights.h5'))
    with _h5py.File(weights, 'r') as file:
        saved = file.get('optimizer/vars', {})
        state = [saved[str(i)][()] for i in range(len(saved))]
    return version, config, config.get('compile_config'), state


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


def _read_hdf5(filename):
    """Reads the version, configuration, settings and state of an `.h5`."""
    _check_heaps(_Path(filename).read_bytes())
    with _h5py.File(filename, 'r') as file:
        if 'model_config' not in file.attrs:
            raise ValueError('it holds weights, but no model')
        version = file.attrs['keras_version']
        config, settings = (
            _json.loads(file.attrs.get(name, 'null'), object_hook=_translate)
            for name in ('model_config', 'training_config'))
        saved = file.get('optimizer_weights')
        state = [] if saved is None else [
            saved[name][()] for name in saved.attrs['weight_names']]
    return version, config, settings, state


def _refuse(part):
    """Raises a `ValueError` if a part names code, or what is not Keras's.

    Keras 2.15 runs a Lambda layer's code, and 3.15 too imports the module
    that a `.keras` names for its model.
    """
    name = str(part['class_name']).split('>')[-1]
    spaces = [K.layers, K.initializers, K.regularizers, K.constraints,
              K.optimizers, K.optimizers.schedules, K.losses, K.metrics]
    if name == 'function':
        name = str(part['config'])
        spaces = [K.activations, K.losses, K.metrics]
    package = str(part.get('module') or 'builtins').split('.')[0]
    if (package not in ('builtins', 'keras', 'tf_keras')
            or name in _OPENS_MORE
            or name not in _STRUCTURE
            and not any(callable(getattr(space, name, None))
                        for space in spaces)):
        raise ValueError(f"it names {name} of {package}, which is not Keras's "
                         'own, or may run code')


def _translate(part):
    """Puts a part of any version's configuration as this Keras reads it."""
    if 'class_name' not in part:
        return part
    _refuse(part)
    name, config = part['class_name'], part.get('config')
    if name == 'DTypePolicy':
        return config['name']
    if name == '__keras_tensor__' and not _KERAS_3:
        return config['keras_history'] + [{}]
    if not isinstance(config, dict):
        return part
    if hasattr(K.initializers, name):
        config.pop('dtype', None)  # of TensorFlow 1
    shape = config.pop('batch_input_shape', config.pop('batch_shape', None))
    if shape and not _KERAS_3:
        config['batch_input_shape'] = shape
    elif shape and name == 'InputLayer':
        config['batch_shape'] = shape
    elif shape:
        config['input_shape'] = shape[1:]
    if not _KERAS_3:
        for key in ('optional', 'quantization_config', 'input_axes',
                    'output_axes'):
            config.pop(key, None)
        # Without its {'training': False}, which would end dropout for good.
        part['inbound_nodes'] = [
            node if isinstance(node, list) else
            [node['args'][0]] if isinstance(node['args'][0][0], str) else
            node['args'][0] for node in part.get('inbound_nodes', [])]
        for key in ('input_layers', 'output_layers'):
            if isinstance(config.get(key, [[]])[0], str):
                config[key] = [config[key]]
    return part


def _build(config):
    """Builds the network of a configuration that `_translate` has read."""
    kind = K.Sequential if config['class_name'] == 'Sequential' else K.Model
    return kind.from_config(config['config'])


def _compile(network, settings, state):
    """Compiles a network as it was, and gives its optimizer the state."""
    saved = settings.get('optimizer') or settings['optimizer_config']
    kind = getattr(K.optimizers, saved['class_name'].split('>')[-1])
    options = dict(saved['config'])
    options.setdefault('learning_rate', options.get('lr'))  # TensorFlow 1
    known = kind().get_config()
    metrics = settings.get('metrics') or []
    if metrics and isinstance(metrics[0], list):
        metrics = metrics[0]
    network.compile(
        optimizer=kind.from_config(
            {key: options[key] for key in options if key in known}),
        loss=settings['loss'],
        metrics=[metric if isinstance(metric, str)
                 else metric['config']['name'] for metric in metrics],
        steps_per_execution=settings.get('steps_per_execution') or 1)
    network.optimizer.build(network.trainable_weights)
    variables = list(network.optimizer.variables)
    count = len(network.trainable_weights)
    if 'decay' in options:
        # Up to Keras 2.10: the first moments of all weights, then the
        # second. Later: both moments of the first weight, and so on.
        moments = [state[1 + i::count] for i in range(count)]
        kept = (len(variables) - 1) // count
        state = state[:1] + [value for pair in moments
                             for value in pair[:kept]]
    if len(state) > 2:  # else it never took a step
        variables[0].assign(state[0])  # the number of steps
        # From the end, as Keras 3 has the learning rate as the second one.
        for variable, value in zip(variables[:0:-1], state[:0:-1]):
            variable.assign(value)
