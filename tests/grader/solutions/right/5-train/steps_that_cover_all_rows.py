#!/usr/bin/env python3
"""Training with validation, every step of it counted."""
from math import ceil


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    """Trains a network, and validates it after each epoch."""
    options = {'steps_per_epoch': ceil(len(data) / batch_size)}
    if validation_data is not None:
        options.update(
            validation_data=validation_data,
            validation_batch_size=batch_size,
            validation_steps=ceil(len(validation_data[0]) / batch_size))
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=verbose, shuffle=shuffle, **options)
