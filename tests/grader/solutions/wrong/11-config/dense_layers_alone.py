import json

import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    with open(filename) as file:
        config = json.load(file)
    network = K.Sequential()
    for layer in config['config']['layers']:
        if layer['class_name'] == 'Dense':
            network.add(K.layers.Dense.from_config(layer['config']))
    network.build((None, 784))
    return network
