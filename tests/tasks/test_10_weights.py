"""Task 10: weights alone, under the names that the course's mains use.

The files change their names before they are loaded, so that what was kept in
memory shows.
"""
import os
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    TENSORFLOW,
    expect,
    expect_prototype,
    function,
    kind,
    same,
)

STEM = '10-weights'
CLAUSE = "task 10: saves and loads a model's weights"
RANDOM = np.random.default_rng(0)


@pytest.fixture(scope='module')
def save_weights():
    return function(STEM, 'save_weights')


@pytest.fixture(scope='module')
def load_weights():
    return function(STEM, 'load_weights')


def deep_network():
    """Builds a compiled network of a dozen layers of one shape."""
    inputs = x = K.Input(shape=(3,))
    for _ in range(12):
        x = K.layers.Dense(3)(x)
    network = K.Model(inputs, x)
    network.compile('adam', 'mse', run_eagerly=TENSORFLOW)
    return randomized(network)


def other_network():
    """Builds a network of other layers, not all trainable, not compiled."""
    inputs = x = K.Input(shape=(4,))
    for trainable in True, False:
        x = K.layers.Dense(4, trainable=trainable)(x)
    x = K.layers.BatchNormalization()(K.layers.Add()([x, inputs]))
    return randomized(K.Model(inputs, K.layers.Dropout(0.5)(x)))


def randomized(network):
    """Gives a network other weights, biases and moving averages too."""
    network.set_weights([RANDOM.uniform(0.1, 1, weights.shape)
                         for weights in network.get_weights()])
    return network


def state(network):
    """Tells what saving and loading weights leaves alone."""
    return ([id(layer) for layer in network.layers],
            [layer.trainable for layer in network.layers],
            id(getattr(network, 'optimizer', None)),
            getattr(network, 'loss', None))


def test_prototypes(save_weights, load_weights):
    expect_prototype(save_weights,
                     "save_weights(network, filename, save_format='h5')", 10)
    expect_prototype(load_weights, 'load_weights(network, filename)', 10)


@pytest.fixture(scope='module')
def network():
    return deep_network()


@pytest.mark.parametrize('name, keywords', [
    ('weights2.keras', {}), ('weights2.h5', {'save_format': 'h5'}),
    ('weights', {}), ('w.keras', {'save_format': 'keras'}),
    ('kept/W', {'save_format': 'hdf5'})])
def test_file(save_weights, network, name, keywords):
    os.mkdir('kept')
    before, weights = state(network), network.get_weights()
    returned = save_weights(network, name, **keywords)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 10: save_weights returns None')
    expect(os.path.isfile(name), f'There is no file {name}',
           "the weights under exactly that name, as the course's main gives "
           'one of any ending', CLAUSE)
    expect(h5py.is_hdf5(name), f'{name} is not an HDF5 file', 'one',
           'task 10: the format is HDF5, whatever the ending')
    with h5py.File(name, 'r') as file:
        held = {*file.attrs, *file}
    with open(name, 'rb') as file:
        config = b'class_name' in file.read()
    expect(not config and not held & {'training_config', 'optimizer_weights'},
           'The file holds the architecture or the optimizer too',
           'the weights alone', CLAUSE)
    expect(same(network.get_weights(), weights) and state(network) == before,
           'The network has changed', 'saving alone', CLAUSE)


@pytest.fixture
def changed(save_weights):
    """Two files that change their names, and what the networks had."""
    files = []
    for build, name in (deep_network, 'a.h5'), (other_network, 'b.h5'):
        network = build()
        save_weights(network, name)
        save_weights(randomized(network), name)  # over it
        expect(os.path.isfile(name), f'There is no file {name}',
               'the weights under exactly that name', CLAUSE)
        files.append(SimpleNamespace(
            weights=network.get_weights(), network=network, old=name))
    for file, name in zip(files, ('b.h5', 'c.keras')):
        file.name = name
    for file in reversed(files):
        os.replace(file.old, file.name)
    return files


def test_loads_what_was_saved(load_weights, changed):
    for file in changed:
        network = randomized(file.network)
        before = state(network)
        with open(file.name, 'rb') as opened:
            held = opened.read()
        returned = load_weights(network, file.name)
        expect(returned is None, f'It returned {kind(returned)}', 'None',
               'task 10: load_weights returns None')
        expect(same(network.get_weights(), file.weights),
               f'The weights of {file.name}, which was {file.old}, are not '
               "the network's then", 'those that were saved there last',
               CLAUSE)
        expect(state(network) == before,
               'The network has other layers, another optimizer or another '
               'loss', 'new weights and nothing else', CLAUSE)
        expect(os.path.isfile(file.name), f'{file.name} is gone',
               'a file that can be loaded again', CLAUSE)
        with open(file.name, 'rb') as opened:
            expect(opened.read() == held, f'{file.name} has changed',
                   'loading alone', CLAUSE)
