"""Task 9: whole models."""
import os

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    rate_of,
    rounded,
    same,
)

STEM = '9-model'
CLAUSE = 'task 9: saves and loads an entire model'


@pytest.fixture(scope='module')
def save_model():
    return function(STEM, 'save_model')


@pytest.fixture(scope='module')
def load_model():
    return function(STEM, 'load_model')


@pytest.fixture
def network(data):
    """A network that has been trained, so that Adam has a state."""
    network = new_network()
    fit(network, data)
    return network


def fit(network, data, epochs=1):
    return network.fit(data.x[:60], data.y[:60], batch_size=20,
                       epochs=epochs, shuffle=False, verbose=0).history['loss']


def test_prototypes(save_model, load_model):
    expect_prototype(save_model, 'save_model(network, filename)', 9)
    expect_prototype(load_model, 'load_model(filename)', 9)


@pytest.mark.parametrize('name', ['network.keras', 'network.h5'])
def test_same_network(save_model, load_model, network, data, name):
    returned = save_model(network, name)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 9: save_model returns None')
    expect(os.path.isfile(name), f'There is no {name}',
           'the model in that file', CLAUSE)
    loaded = load_model(name)
    expect(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
           'the loaded model', 'task 9: load_model returns the loaded model')
    expect(same(loaded.get_weights(), network.get_weights()),
           'The loaded weights differ', 'those that were saved', CLAUSE)
    got = loaded.predict(data.x[:9], verbose=0)
    want = network.predict(data.x[:9], verbose=0)
    expect(np.allclose(got, want, atol=1e-6), 'The predictions differ',
           'those of the saved model', CLAUSE)
    optimizer = getattr(loaded, 'optimizer', None)
    expect(optimizer is not None, 'The loaded model is not compiled',
           'the optimizer, the loss and the metrics too', CLAUSE)
    expect(type(optimizer).__name__ == 'Adam'
           and np.isclose(rate_of(loaded), 0.01),
           f'The loaded optimizer is {type(optimizer).__name__} at '
           f'{rate_of(loaded):.6g}', 'Adam at 0.01, as it was saved', CLAUSE)


def test_saves_over(save_model, load_model, network):
    name = 'network.keras'
    save_model(new_network(), name)
    save_model(network, name)
    expect(same(load_model(name).get_weights(), network.get_weights()),
           'The loaded weights are not those that were saved last',
           'the model that was saved', CLAUSE)


def test_trains_on(save_model, load_model, network, data):
    save_model(network, 'network.keras')
    want = rounded(fit(network, data, epochs=2))
    got = rounded(fit(load_model('network.keras'), data, epochs=2))
    expect(np.allclose(got, want, rtol=1e-3),
           f'Two more epochs of the loaded model have the losses {got}',
           f'{want}, those of never having saved, as the state of the '
           'optimizer is part of the model', CLAUSE)
