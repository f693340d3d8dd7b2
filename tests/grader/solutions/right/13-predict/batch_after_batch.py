import numpy as np


def predict(network, data, verbose=False):
    return np.concatenate([
        network.predict_on_batch(data[start:start + 500])
        for start in range(0, len(data), 500)
        if not verbose or print('rows from', start) is None])
