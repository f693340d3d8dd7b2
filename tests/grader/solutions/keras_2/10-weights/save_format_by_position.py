def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename, True, save_format)


def load_weights(network, filename):
    network.load_weights(filename)
