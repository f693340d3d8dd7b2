#!/usr/bin/env python3
"""One-hot labels."""
import tensorflow.keras as K


def one_hot(labels, classes=None):
    """Converts labels into a one-hot matrix."""
    return K.utils.to_categorical(labels, num_classes=classes)
