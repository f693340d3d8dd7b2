#!/usr/bin/env python3
"""Predicting from a dataset; a logger reports it."""
import logging

import tensorflow as tf

LOG = logging.getLogger(__name__)


def predict(network, data, verbose=False):
    """Predicts with a network: an array of probabilities."""
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(64)
    probabilities = network.predict(dataset, verbose=0)
    if verbose:
        LOG.warning('Predicted %d rows of %d classes.', *probabilities.shape)
    return probabilities
