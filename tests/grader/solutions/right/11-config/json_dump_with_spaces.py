import json

from tensorflow.keras.models import model_from_json


def save_config(network, filename):
    config = json.loads(network.to_json())
    with open(filename, mode='w', encoding='utf-8') as f:
        json.dump(config, f, indent=4, sort_keys=True)


def load_config(filename):
    with open(filename, 'r') as f:
        network_string = f.read()
    network = model_from_json(network_string)
    return network
