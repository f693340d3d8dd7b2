import numpy as np


def predict(network, data, verbose=False):
    size = min(32, len(data))
    return np.concatenate([
        network.predict(data[i * size:(i + 1) * size], verbose=verbose)
        for i in range(len(data) // size)])
