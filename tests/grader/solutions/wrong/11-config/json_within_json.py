import json

import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        json.dump(network.to_json(), file)


def load_config(filename):
    with open(filename) as file:
        return K.models.model_from_json(json.load(file))
