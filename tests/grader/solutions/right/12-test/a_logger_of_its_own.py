#!/usr/bin/env python3
"""Testing a network; a logger tells how it went."""
import logging

LOG = logging.getLogger('12-test')
LOG.setLevel(logging.INFO)
LOG.propagate = False
LOG.addHandler(logging.StreamHandler())


def test_model(network, data, labels, verbose=True):
    """Tests a network; returns the loss and the accuracy."""
    results = network.evaluate(data, labels, verbose=0, return_dict=True)
    loss, accuracy = results['loss'], results['accuracy']
    if verbose:
        LOG.info('%d samples: loss %.4f, accuracy %.2f %%', len(data), loss,
                 100 * accuracy)
    return loss, accuracy
