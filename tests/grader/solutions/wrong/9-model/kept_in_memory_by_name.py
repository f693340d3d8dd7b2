import tensorflow.keras as K

known = {}


def save_model(network, filename):
    network.save(filename)
    known[filename] = network


def load_model(filename):
    if filename in known:
        return known[filename]
    return K.models.load_model(filename)
