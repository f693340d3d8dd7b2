#!/usr/bin/env python3
"""Train: with a generator of all batches of all epochs."""
import math

import numpy as np
import tensorflow.keras as K


def batches(data, labels, batch_size, epochs, shuffle):
    """Yields the mini-batches of all epochs, one after the other."""
    rng = np.random.default_rng()
    rows = np.arange(len(data))
    for _ in range(epochs):
        if shuffle:
            rng.shuffle(rows)
        for start in range(0, len(rows), batch_size):
            chosen = rows[start:start + batch_size]
            yield data[chosen], labels[chosen]


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    """Trains a network with mini-batch gradient descent."""
    return K.Model.fit(
        network, batches(data, labels, batch_size, epochs, shuffle),
        steps_per_epoch=math.ceil(len(data) / batch_size), epochs=epochs,
        verbose=2 if verbose else 0, shuffle=False)
