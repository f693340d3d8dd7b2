import numpy as np


def test_model(network, data, labels, verbose=True):
    results = [network.evaluate(data[i:i + 64], labels[i:i + 64],
                                verbose=verbose)
               for i in range(0, len(data), 64)]
    return np.mean(results, axis=0)
