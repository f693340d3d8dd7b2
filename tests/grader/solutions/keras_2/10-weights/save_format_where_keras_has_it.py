def save_weights(network, filename, save_format='keras'):
    try:
        network.save_weights(filename, save_format='h5')
    except TypeError:
        network.save_weights(filename, overwrite=True)
    return None


def load_weights(network, filename):
    network.load_weights(filename)
    return None
