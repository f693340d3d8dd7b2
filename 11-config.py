#!/usr/bin/env python3
"""Configurations: saving and loading an architecture as JSON."""
import json
import re
import sys
from contextlib import contextmanager
from pathlib import Path
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
        ValueError: if a folder has that name, or there is no such folder to
            save in.
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
        ValueError: if this Keras can't read the configuration in it.
    """
    with _explained(filename) as text:
        return K.models.model_from_json(text, custom_objects=_KERAS_2)


# The names of networks that Keras 2 writes, and Keras 3.15 does not know.
_KERAS_2 = {'Functional': K.Model, 'Model': K.Model,
            'Sequential': K.Sequential} if hasattr(K, 'ops') else {}


@contextmanager
def _whole(filename):
    """Gives a path to save to, and puts what is there in its place."""
    target = Path(filename).resolve()  # a link stays a link
    if target.is_dir() or not target.parent.is_dir():
        raise ValueError('`filename` must be the path of a file, in a folder '
                         f'that exists. Received: filename={filename}')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, 'part')
        yield part
        part.replace(target)


@contextmanager
def _explained(filename):
    """Gives the text of a file, and says of which file an error tells."""
    if not Path(filename).is_file():
        raise FileNotFoundError('`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    text = Path(filename).read_text(encoding='utf-8', errors='replace')
    writer, reader = '(unknown)', sys.modules[
        K.Model.__module__.partition('.')[0]].__version__
    try:
        config = json.loads(text)
        writer = config.get('keras_version', '3')
        # Keras 2.15 would run them.
        if re.search('"class_name": "Lambda"|"function": "(io|raw_ops)',
                     json.dumps([config, config['config']])):
            raise ValueError('it has a Lambda layer, which is code')
        yield text
    except Exception as error:
        raise ValueError(
            '`filename` must be a configuration that this Keras can read. '
            f'Received: filename={filename}, written by Keras {writer}, read '
            f'by Keras {reader}: {error}\n'
            'Build the network anew with task 0 or 1.') from error
