#!/usr/bin/env python3
"""Save and Load Configuration: the architecture as JSON."""
import json
import re
from contextlib import contextmanager
from pathlib import Path

import tensorflow.keras as K


def save_config(network, filename):
    """Saves a network's configuration as JSON, without its weights.

    Args:
        network: `K.Model`, the network.
        filename: str or path. Where to save the configuration.
    """
    Path(filename).write_text(network.to_json(), encoding='utf-8')


def load_config(filename):
    """Loads a network from its configuration.

    No code in the file is run.

    Args:
        filename: str or path of the file.

    Returns:
        `K.Model` of that configuration, with new weights.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if this version of Keras can't read the file, or the file
            holds no network, or it holds code.
    """
    with _text_of(filename) as text:
        names = ('Functional', 'Model') if hasattr(K, 'ops') else ()  # Keras 3
        network = K.models.model_from_json(text, dict.fromkeys(names, K.Model))
        if not isinstance(network, K.Model):
            raise ValueError('It holds no network.')
    return network


@contextmanager
def _text_of(filename):
    """Yields the JSON in a file, and says why it can't be loaded."""
    content = Path(filename).read_bytes()
    try:
        text = json.dumps(json.loads(content))  # every letter in plain form
        if re.search('class_name": "[^"]*Lambda"', text):
            raise ValueError('It has code in a Lambda layer.')
        yield text
    except Exception as error:
        raise ValueError(f"Can't load {filename=}. {error}") from error
