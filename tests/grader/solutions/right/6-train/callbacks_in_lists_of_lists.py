#!/usr/bin/env python3
"""Early stopping: each wish has its list of callbacks."""
import tensorflow.keras as K


def _stopping(wanted, patience):
    """Lists the callbacks that stop a training early."""
    if not wanted:
        return []
    return [K.callbacks.EarlyStopping('val_loss', patience=patience,
                                      min_delta=0, mode='min',
                                      restore_best_weights=True)]


def _waiting(wanted):
    """Lists the callbacks for a training that goes on to its end."""
    return [K.callbacks.Callback()] if wanted else []


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    """Trains a network, and stops early if asked."""
    stops = bool(early_stopping) and validation_data is not None
    return network.fit(
        data, labels, epochs=epochs, batch_size=batch_size,
        validation_data=validation_data, shuffle=shuffle, verbose=verbose,
        callbacks=[_stopping(stops, patience), _waiting(not stops)])
