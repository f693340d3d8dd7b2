"""Everything around a call, compared before and after: one list for all.

The network and the arguments, files, random states, and the settings of
Python, NumPy and Keras that a call could change.
"""
import hashlib
import logging
import os
import random
import sys
import tempfile
import threading
import warnings

import numpy as np
import tensorflow as tf
import tensorflow.keras as K
from tensorflow.python.eager import context  # which nothing public tells
from tensorflow.python.framework import config

# What a call changes is told by these words.
NETWORK = ('weights of the network', 'trainable layers', 'compile settings',
           'settings of the optimizer', 'steps of the optimizer',
           'learning rate', 'settings of the layers')
WEIGHTS, TRAINABLE, COMPILED, OPTIMIZER, STEPS, RATE, LAYERS = (
    f'changes the {name}' for name in NETWORK)
FILES = 'changes the files'
FOLDERS = 'the files in the current folder', 'the temporary folder'


def look():
    """Notes all that a call could change, by the words that tell it."""
    numpy = np.random.get_state()
    return {
        'the current folder': current_folder(),
        'the files in the current folder': files(),
        'the temporary folder': dict.fromkeys(os.listdir(
            tempfile.gettempdir())),
        "NumPy's random state": (digest(numpy[1]), numpy[2]),
        "Keras's floatx": K.backend.floatx(),
        "Keras's epsilon": K.backend.epsilon(),
        "Keras's image data format": K.backend.image_data_format(),
        "Keras's dtype policy": K.mixed_precision.global_policy().name if (
            hasattr(K.mixed_precision, 'global_policy'))
        else K.mixed_precision.dtype_policy().name,
        "TensorFlow's random seed": context.global_seed(),
        "TensorFlow's op determinism": config.is_op_determinism_enabled(),
        'whether Keras shows progress':
            K.utils.is_interactive_logging_enabled(),
        'whether TensorFlow runs eagerly': tf.config.functions_run_eagerly(),
        "NumPy's print options": str(np.get_printoptions()),
        "NumPy's handling of errors": np.geterr(),
        'the filters of warnings': list(map(str, warnings.filters)),
        'sys.path': list(sys.path), 'sys.argv': list(sys.argv),
        'the environment': dict(os.environ),
        'the threads that run': {
            thread.name for thread in threading.enumerate()
            if not thread.daemon},
    }


def look_at_import():
    """Notes what a file could change as it is imported, and a call may."""
    return {"Python's random state": random.getstate(),
            'the level of logging': [
                logging.root.manager.disable, logging.root.level,
                logging.getLogger('tensorflow').level]}


def current_folder():
    """Returns the current folder; None if it is gone."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return None


def files():
    """Notes what a change of a file in the current folder changes."""
    found = {}
    try:
        for name, below, inside in os.walk('.'):
            below[:] = [part for part in below  # which Python makes
                        if part[0] != '.' and part != '__pycache__']
            for part in inside:
                status = os.stat(os.path.join(name, part))
                found[os.path.relpath(os.path.join(name, part))] = (
                    status.st_size, status.st_mtime_ns)
    except OSError:  # the current folder is gone
        pass
    return found


def look_at_values(values):
    """Notes the arguments of a call: networks, arrays and lists."""
    found = {}
    for number, value in enumerate(values):
        if isinstance(value, K.Model):
            for name, part in zip(NETWORK, look_at_network(value)):
                found[f'the {name}'] = part
        elif isinstance(value, np.ndarray):
            found[f'the array that is argument {number + 1}'] = (
                value.dtype.str, value.shape, digest(value),
                value.flags.writeable)
        elif isinstance(value, (list, tuple)):
            part = look_at_values(value)
            found[f'the arguments in argument {number + 1}'] = part or repr(
                value)
    return found


def look_at_network(network):
    """Notes a network, in the order of `NETWORK`."""
    optimizer = getattr(network, 'optimizer', None)
    settings = optimizer.get_config() if optimizer else {}
    settings.pop('learning_rate', None)
    rate = getattr(optimizer, 'learning_rate', None)
    return (
        [digest(weights) for weights in network.get_weights()],
        [layer.trainable for layer in network.layers],
        (id(optimizer), str(getattr(network, 'loss', None)),
         bool(getattr(network, 'run_eagerly', False)),
         getattr(network, 'steps_per_execution', 1), network.name),
        settings, optimizer and int(optimizer.iterations),
        rate if optimizer is None or callable(rate) else float(
            np.array(rate)),
        [(str(layer.dtype), id(getattr(layer, 'kernel_regularizer', None)),
          [(name, value) for name, value in vars(layer).items()
           if name[0] != '_' and type(value) in (int, float, str)])
         for layer in network.layers])


def digest(array):
    """Returns a short name for what is in an array."""
    if array.dtype == object:
        return repr(array)
    return hashlib.blake2b(np.ascontiguousarray(array).tobytes(),
                           digest_size=8).hexdigest()


def different(before, after):
    """Lists what has changed, in words."""
    found = []
    for name in after:
        if after[name] != before.get(name):
            files = sorted(file for file in {**before[name], **after[name]}
                           if before[name].get(file) != after[name].get(file)
                           ) if name in FOLDERS else []
            found.append(f'changes {name}'
                         + f': {", ".join(files)}' * bool(files))
    return found
