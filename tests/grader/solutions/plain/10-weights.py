import os
import shutil

# The ending that Keras 3 asks for; the file itself may have any name.
ENDING = '.weights.h5'


def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename + ENDING)
    os.replace(filename + ENDING, filename)


def load_weights(network, filename):
    shutil.copy(filename, filename + ENDING)
    network.load_weights(filename + ENDING)
    os.remove(filename + ENDING)
