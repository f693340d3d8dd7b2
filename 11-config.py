#!/usr/bin/env python3
"""Configurations: saving and loading an architecture as JSON."""
import json as _json
from os import PathLike as _PathLike
from pathlib import Path as _Path

import tensorflow.keras as K

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


def save_config(network, filename):
    """Saves a network's configuration as JSON, without its weights.

    The file is whole at any moment: it is written beside `filename`, and
    then takes its place.

    Args:
        network: `K.Model`, the network.
        filename: str or path. Where to save the configuration.

    Raises:
        TypeError: if `filename` is not a str or a path.
        ValueError: if there is no such folder.
    """
    filename = _path(filename)
    target = filename.resolve()  # a link stays a link
    if not target.parent.is_dir():
        raise ValueError(f'`filename` must be in a folder that exists. '
                         f'Received: filename={filename}')
    part = target.with_name('.part-' + target.name)
    part.write_text(network.to_json(), encoding='utf-8')
    part.replace(target)


def load_config(filename):
    """Loads a network from a configuration, whichever Keras has written it.

    Nothing in the file is run: one that names anything but Keras's own is
    refused.

    Args:
        filename: str or path. The file with the configuration.

    Returns:
        `K.Model` of that configuration, with new weights, not compiled.

    Raises:
        TypeError: if `filename` is not a str or a path.
        FileNotFoundError: if there is no such file.
        ValueError: if the file doesn't hold a configuration that can be
            read, or holds code.
    """
    filename = _path(filename)
    if not filename.is_file():
        raise FileNotFoundError(f'`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    try:
        text = filename.read_text(encoding='utf-8')
        return _build(_json.loads(text, object_hook=_translate))
    except Exception as error:
        raise ValueError(
            f'`filename` must be a configuration that Keras can read. '
            f'Received: filename={filename} ({error})') from error


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
