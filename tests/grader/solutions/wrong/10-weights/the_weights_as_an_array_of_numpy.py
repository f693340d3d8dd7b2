import pickle


def save_weights(network, filename, save_format='h5'):
    with open(filename, 'wb') as file:
        pickle.dump(network.get_weights(), file)


def load_weights(network, filename):
    with open(filename, 'rb') as file:
        network.set_weights(pickle.load(file))
