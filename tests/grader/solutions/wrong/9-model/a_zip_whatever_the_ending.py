import os
import shutil

import tensorflow.keras as K


def save_model(network, filename):
    network.save(filename + '.keras')
    os.replace(filename + '.keras', filename)


def load_model(filename):
    shutil.copy(filename, filename + '.keras')
    return K.models.load_model(filename + '.keras')
