import numpy as np


def test_model(network, data, labels, verbose=True):
    result = network.evaluate(data, labels, 50, int(verbose),
                              return_dict=True)
    return np.array([result['loss'], result['accuracy']])
