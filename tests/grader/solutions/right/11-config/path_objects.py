from pathlib import Path

from tensorflow import keras


def save_config(network, filename):
    Path(filename).write_text(network.to_json(indent=2), encoding='utf-8')


def load_config(filename):
    return keras.models.model_from_json(
        Path(filename).read_text(encoding='utf-8'))
