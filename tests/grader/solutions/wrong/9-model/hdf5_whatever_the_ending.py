import os

import tensorflow.keras as K


def save_model(network, filename):
    network.save(filename + '.h5')
    os.replace(filename + '.h5', filename)


def load_model(filename):
    if not filename.endswith('.h5'):
        os.link(filename, filename + '.h5')
        filename += '.h5'
    return K.models.load_model(filename)
