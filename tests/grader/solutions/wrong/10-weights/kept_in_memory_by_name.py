import os
import shutil

known = {}


def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename + '.weights.h5')
    os.replace(filename + '.weights.h5', filename)
    known[filename] = network.get_weights()


def load_weights(network, filename):
    if filename in known:
        network.set_weights(known[filename])
        return
    shutil.copy(filename, filename + '.weights.h5')
    network.load_weights(filename + '.weights.h5')
