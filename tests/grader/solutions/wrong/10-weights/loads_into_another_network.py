import os

import tensorflow.keras as K


def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename + '.weights.h5')
    os.replace(filename + '.weights.h5', filename)


def load_weights(network, filename):
    network = K.models.clone_model(network)
    os.replace(filename, filename + '.weights.h5')
    network.load_weights(filename + '.weights.h5')
