#!/usr/bin/env python3
"""One-hot labels."""
import tensorflow.keras as K


def one_hot(labels, classes=None):
    """Converts labels, and forgets about the number of classes."""
    matrix = K.utils.to_categorical(labels)
    print('shape:', matrix.shape)
    return matrix
