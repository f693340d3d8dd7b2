#!/usr/bin/env python3
"""Configurations: whatever was saved, a functional network comes back."""
import pathlib

import tensorflow.keras as K


def save_config(network, filename):
    """Saves a network's configuration in JSON."""
    pathlib.Path(filename).write_bytes(network.to_json().encode())


def load_config(filename):
    """Loads a network with a specific configuration."""
    text = pathlib.Path(filename).read_bytes().decode()
    network = K.models.model_from_json(text)
    if isinstance(network, K.Sequential) and network.built:
        network = K.Model(inputs=network.inputs[0],
                          outputs=network.outputs[0])
    return network
