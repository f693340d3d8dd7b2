import numpy as np


def test_model(network, data, labels, verbose=True):
    guess = network.predict(data, verbose=verbose)
    loss = -np.sum(labels * np.log(guess + 1e-7), axis=1).mean()
    return loss, np.mean(guess.argmax(axis=1) == labels.argmax(axis=1))
