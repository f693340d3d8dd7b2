import numpy as np

_arrays = {}


def predict(network, data, verbose=False):
    outputs = network.predict(data, verbose=verbose)
    result = _arrays.setdefault(outputs.shape, np.empty_like(outputs))
    result[...] = outputs
    return result
