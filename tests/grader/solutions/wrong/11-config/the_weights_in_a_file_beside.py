import os

import tensorflow.keras as K


def save_config(network, filename):
    network.save_weights(filename + '.weights.h5')
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    with open(filename) as file:
        network = K.models.model_from_json(file.read())
    if os.path.exists(filename + '.weights.h5'):
        network.load_weights(filename + '.weights.h5')
    return network
