"""Task 10: weights alone."""
import os

import h5py
import pytest
import tensorflow.keras as K
from graded import expect, expect_prototype, kind, new_network, rate_of, same

STEM = '10-weights'
CLAUSE = "task 10: saves and loads a model's weights"


@pytest.fixture(scope='module')
def save_weights(task):
    return task(STEM, 'save_weights')


@pytest.fixture
def networks():
    """Two networks with different weights."""
    network, other = new_network(), new_network()
    other.set_weights([weights + 1 for weights in network.get_weights()])
    return network, other


def expect_weights(save_weights, load_weights, networks, *arguments):
    network, other = networks
    weights = network.get_weights()
    returned = save_weights(network, *arguments)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 10: save_weights returns None')
    name = arguments[0]
    expect(os.path.isfile(name), f'There is no file {name}',
           'the weights under exactly that name', CLAUSE)
    expect(h5py.is_hdf5(name), f'{name} is not an HDF5 file', 'one', CLAUSE)
    returned = load_weights(other, name)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 10: load_weights returns None')
    expect(same(other.get_weights(), weights),
           'The loaded weights differ', 'those that were saved', CLAUSE)
    expect(same(network.get_weights(), weights),
           "The saved network's weights have changed", 'saving alone', CLAUSE)


def test_prototypes(save_weights, load_weights):
    expect_prototype(save_weights,
                     'save_weights(network, filename, save_format)', 10)
    expect_prototype(load_weights, 'load_weights(network, filename)', 10)


def test_weights_alone(save_weights, networks):
    save_weights(networks[0], 'w.weights.h5')
    if h5py.is_hdf5('w.weights.h5'):
        with h5py.File('w.weights.h5', 'r') as file:
            expect('model_config' not in file.attrs,
                   'The file holds the whole model', 'its weights alone',
                   CLAUSE)


def test_saves_and_loads(save_weights, load_weights, networks):
    expect_weights(save_weights, load_weights, networks, 'w.weights.h5')


def test_save_format(save_weights, load_weights, networks):
    expect_weights(save_weights, load_weights, networks, 'w.weights.h5', 'h5')
