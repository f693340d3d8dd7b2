#!/usr/bin/env python3
"""A saved network, loaded, trains on as if it had never been saved.

    python -m tests.library.test_round_trip

prints a table for this library and for plain Keras, and exits with 1 if one of
the library's silently comes back as another network.
"""
import os
import sys
import tempfile
import warnings

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

from tests.library.networks import ZOO

MODEL = __import__('9-model')
OURS = MODEL.save_model, MODEL.load_model, ['.h5', '.keras']
PLAIN = (lambda network, filename: network.save(filename),
         K.models.load_model, ['.keras', '.h5'])
# What this stack's Keras can't do by itself, and so neither can we.
KNOWN = {('subclassed', '.h5'): 'refused'}
if hasattr(K, 'ops'):
    KNOWN.update({
        ('huber', '.keras'): 'other',  # its delta is not in its settings
        ('huber', '.h5'): 'other',
        # Two of its variables have one name.
        ('adafactor', '.h5'): 'refused'})
else:
    KNOWN.update({
        # The product of its momenta so far is not among its variables.
        ('nadam_inverse_time', '.keras'): 'other',
        ('nadam_inverse_time', '.h5'): 'other',
        # The metrics get the output's name twice, with the same numbers.
        ('outputs_in_order', '.keras'): 'other'})
# One network for each path that the code takes; CI tries all.
QUICK = [
    'sgd_nesterov_exponential', 'sgd_averages', 'adam_cosine_clipnorm',
    'adamw_global_clipnorm', 'nadam_inverse_time', 'learning_rate_changed',
    'label_smoothing', 'logits', 'loss_short', 'loss_registered', 'top_k',
    'auc', 'weighted_metrics', 'lstm', 'frozen', 'shared', 'outputs_by_name',
    'subclassed', 'never_trained', 'never_compiled']
# No format holds how far dropout's random numbers have come.
UNTRAINED = {'never_trained', 'dropout'}


def train(network, x, y):
    """Trains a network for an epoch, and gives all that could differ."""
    if any('dropout' in layer.name for layer in network.layers):
        K.utils.set_random_seed(1)  # slow: it empties TensorFlow's caches
    found = {}
    if getattr(network, 'optimizer', None) is not None:
        data = tf.data.Dataset.from_tensor_slices((x, y)).batch(40)
        found['optimizer'] = network.optimizer.get_config()
        found['optimizer'].pop('name')
        found['history'] = network.fit(
            data, shuffle=False, verbose=0).history
        found['steps'] = int(network.optimizer.iterations)
        found['learning rate'] = float(network.optimizer.learning_rate)
    found['prediction'] = [
        np.asarray(output) for output in tf.nest.flatten(network(x))]
    return found


def same(one, two):
    """Tells if two networks trained the same, but for a rounding error."""
    if type(one) is not type(two):
        return False
    if isinstance(one, dict):
        return one.keys() == two.keys() and all(
            same(one[key], two[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, (float, np.ndarray)):
        return np.allclose(one, two, rtol=1e-6, atol=1e-7)
    return one == two


def round_trip(name, save, load, endings):
    """Saves and loads a network, and trains it and the original on.

    Args:
        name: str. The network's name in the zoo.
        save: function of a network and a filename.
        load: function of a filename.
        endings: list of str, in the order of the saving.

    Returns:
        dict of what became of the network for each ending: 'equal', or
        'other: what', 'refused: why', or 'fails: why' (as late as in
        training).
    """
    network, x, y = ZOO[name]()
    if name not in UNTRAINED:
        train(network, x, y)
    verdicts, loaded = {}, {}
    for ending in endings:
        try:
            save(network, name + ending)
            loaded[ending] = load(name + ending)
        except Exception as error:
            verdicts[ending] = f'refused: {error}'
    expected = train(network, x, y)
    for ending, copy in loaded.items():
        try:
            found = train(copy, x, y)
        except Exception as error:
            verdicts[ending] = f'fails: {error}'
            continue
        other = [f'{key} is {str(found.get(key))[:200]}, '
                 f'not {str(expected[key])[:200]}'
                 for key in expected
                 if not same(expected[key], found.get(key))]
        verdicts[ending] = 'other: ' + '; '.join(other) if other else 'equal'
    return verdicts


@pytest.mark.parametrize('name', [
    name if name in QUICK else pytest.param(name, marks=pytest.mark.slow)
    for name in ZOO])
def test_it_trains_on_as_if_never_saved(name):
    for ending, verdict in round_trip(name, *OURS).items():
        known = KNOWN.get((name, ending), 'equal')
        assert verdict.startswith((known, 'equal')), (
            f'{name}{ending} comes back {verdict}. Expected: {known}')


def main():
    """Prints what becomes of each network, and how many of each kind."""
    K.utils.set_random_seed(0)
    warnings.simplefilter('ignore')
    wrong = 0
    for who, keras in ('ours', OURS), ('plain', PLAIN):
        kinds = []
        for name in ZOO:
            for ending, verdict in round_trip(name, *keras).items():
                kinds.append(verdict.partition(':')[0])
                wrong += (who == 'ours' and kinds[-1] == 'other'
                          and KNOWN.get((name, ending)) != 'other')
                if kinds[-1] != 'equal':
                    print(f'{who:5} {name + ending:32}',
                          ' '.join(verdict.split())[:200])
        print(f'{who:5}', ', '.join(
            f'{kind} {kinds.count(kind)}' for kind in sorted(set(kinds))),
            f'of {len(kinds)}', flush=True)
    return wrong > 0


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main())
