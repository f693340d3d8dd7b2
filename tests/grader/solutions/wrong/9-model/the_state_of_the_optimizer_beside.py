import pickle

import tensorflow.keras as K


def save_model(network, filename):
    K.models.save_model(K.models.clone_model(network), filename)
    with open(filename + '.weights', 'wb') as file:
        pickle.dump(network.get_weights(), file)


def load_model(filename):
    network = K.models.load_model(filename)
    with open(filename + '.weights', 'rb') as file:
        network.set_weights(pickle.load(file))
    return network
