#!/usr/bin/env python3
"""Predicting."""


def predict(network, data, verbose=False):
    """Predicts the classes of data."""
    return network.predict(x=data, verbose=verbose)
