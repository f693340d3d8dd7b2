#!/usr/bin/env python3
"""Configurations: saving and loading an architecture as JSON."""
import json
import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copymode
from tempfile import TemporaryDirectory

import tensorflow.keras as K


def save_config(network, filename):
    """Saves a network's configuration as JSON, without its weights.

    The file is whole at any moment: it is written in a folder beside
    `filename`, and then takes its place.

    Args:
        network: `K.Model`, the network.
        filename: str or path. Where to save the configuration.

    Raises:
        ValueError: if what has that name can't be replaced.
    """
    with _whole(filename) as part:
        part.write_text(network.to_json(), encoding='utf-8')


def load_config(filename):
    """Loads a network from its configuration.

    No code in the file is run: a `Lambda` layer is refused.

    Args:
        filename: str or path. The file with the configuration.

    Returns:
        `K.Model` of that configuration, with new weights.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it has a `Lambda` layer, or is no configuration.
    """
    return K.models.model_from_json(
        _read(filename), custom_objects=_KERAS_2)


# The names of networks that Keras 2 writes, and Keras 3.15 does not know.
_KERAS_2 = {'Functional': K.Model, 'Model': K.Model,
            'Sequential': K.Sequential} if hasattr(K, 'ops') else {}


@contextmanager
def _whole(filename):
    """Gives a path to save to, and then puts that file in its place.

    So the file is whole at any moment, and it keeps its permissions.
    """
    target = Path(filename).resolve()  # a link stays a link
    if target.exists() and not (
            target.is_file() and os.access(target, os.W_OK)):
        raise ValueError('`filename` must be a file that can be replaced. '
                         f'Received: filename={filename}')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, Path(filename).name)
        yield part
        if target.exists():
            with suppress(PermissionError, AttributeError):  # on Windows
                os.chown(part, target.stat().st_uid, target.stat().st_gid)
            copymode(target, part)
        part.replace(target)


def _read(filename):
    """Reads a configuration, without code that Keras 2.15 would run.

    A Lambda layer is code, and a TFOpLambda calls any function of TensorFlow.
    """
    text = Path(filename).read_text(encoding='utf-8')
    config = json.loads(text)
    if 'config' not in config or re.search(
            '"class_name": "[^"]*Lambda"', json.dumps(config)):
        raise ValueError(
            '`filename` must hold the configuration of a network, without '
            f'Lambda layers. Received: filename={filename}')
    return text
