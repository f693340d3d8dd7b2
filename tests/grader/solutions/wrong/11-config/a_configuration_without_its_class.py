import json

import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        json.dump(network.get_config(), file)


def load_config(filename):
    with open(filename) as file:
        return K.Sequential.from_config(json.load(file))
