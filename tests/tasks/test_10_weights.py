"""Task 10: weights alone, under the names that the course's mains use."""
import os

import h5py
import pytest

from tests.grader.expectations import (
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    same,
)

STEM = '10-weights'
CLAUSE = "task 10: saves and loads a model's weights"


@pytest.fixture(scope='module')
def save_weights():
    return function(STEM, 'save_weights')


@pytest.fixture(scope='module')
def load_weights():
    return function(STEM, 'load_weights')


@pytest.fixture
def networks():
    """Two networks with different weights."""
    network, other = new_network(), new_network()
    other.set_weights([weights + 1 for weights in network.get_weights()])
    return network, other


def test_prototypes(save_weights, load_weights):
    expect_prototype(save_weights,
                     "save_weights(network, filename, save_format='h5')", 10)
    expect_prototype(load_weights, 'load_weights(network, filename)', 10)


@pytest.mark.parametrize('arguments', [
    ('weights2.keras',), ('weights2.h5',), ('weights2.h5', 'h5')])
def test_saves_and_loads(save_weights, load_weights, networks, arguments):
    network, other = networks
    weights = network.get_weights()
    name = arguments[0]
    returned = save_weights(network, *arguments)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 10: save_weights returns None')
    expect(os.path.isfile(name), f'There is no file {name}',
           "the weights under exactly that name, which the course's main "
           'uses', CLAUSE)
    expect(h5py.is_hdf5(name), f'{name} is not an HDF5 file', 'one', CLAUSE)
    with h5py.File(name, 'r') as file:
        expect('model_config' not in file.attrs,
               'The file holds the whole model', 'its weights alone', CLAUSE)
    returned = load_weights(other, name)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 10: load_weights returns None')
    expect(same(other.get_weights(), weights),
           'The loaded weights differ', 'those that were saved', CLAUSE)
    expect(same(network.get_weights(), weights),
           "The saved network's weights have changed", 'saving alone', CLAUSE)
