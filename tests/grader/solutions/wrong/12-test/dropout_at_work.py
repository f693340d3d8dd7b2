import numpy as np


def test_model(network, data, labels, verbose=True):
    if verbose:
        print('testing')
    guess = np.array(network(data, training=True))
    loss = -np.sum(labels * np.log(guess + 1e-7), axis=1).mean()
    return (loss + float(sum(network.losses)),
            np.mean(guess.argmax(axis=1) == labels.argmax(axis=1)))
