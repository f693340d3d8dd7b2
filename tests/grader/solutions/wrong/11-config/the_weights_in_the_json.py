import json

import numpy as np
import tensorflow.keras as K


def save_config(network, filename):
    config = json.loads(network.to_json())
    config['weights'] = [w.tolist() for w in network.get_weights()]
    with open(filename, 'w') as file:
        json.dump(config, file)


def load_config(filename):
    with open(filename) as file:
        text = file.read()
    network = K.models.model_from_json(text)
    if 'weights' in json.loads(text):
        network.set_weights(list(map(np.array, json.loads(text)['weights'])))
    return network
