import sys

import numpy as np


def test_model(network, data, labels, verbose=True):
    outputs = network.predict(data, verbose=0)
    loss = float(network.compute_loss(
        x=data, y=labels, y_pred=outputs, training=False))
    hits = outputs.argmax(axis=1) == np.argmax(labels, axis=1)
    accuracy = float(np.mean(hits))
    if verbose:
        print(f'loss {loss:.5f}, accuracy {accuracy:.5f}', file=sys.stderr)
    return loss, accuracy
