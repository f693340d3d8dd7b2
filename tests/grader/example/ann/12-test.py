#!/usr/bin/env python3
"""Testing."""


def test_model(network, data, labels, verbose=True):
    """Tests a network."""
    return network.evaluate(x=data, y=labels, verbose=verbose)
