"""Task 11: configurations."""
import json
import os

import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    same,
)

STEM = '11-config'
CLAUSE = "task 11: saves and loads a model's configuration in JSON format"


@pytest.fixture(scope='module')
def save_config():
    return function(STEM, 'save_config')


@pytest.fixture(scope='module')
def load_config():
    return function(STEM, 'load_config')


def functional():
    """A network that is no stack, by the functional API."""
    inputs = K.Input(shape=(784,))
    x = K.layers.Dense(16, activation='relu',
                       kernel_regularizer=K.regularizers.L2(0.01))(inputs)
    x = K.layers.Dropout(0.25)(x)
    x = K.layers.Add()([x, K.layers.Dense(16)(inputs)])
    return K.Model(inputs, K.layers.Dense(10, activation='softmax')(x))


def architecture(network):
    """Tells what defines each layer, whatever its name."""
    layers = []
    for layer in network.layers:
        config = layer.get_config()
        values = [config.get(key) for key in ('units', 'activation', 'rate')]
        if getattr(layer, 'kernel_regularizer', None):
            values.append(f'L2 {float(layer.kernel_regularizer.l2):.4g}')
        if not isinstance(layer, K.layers.InputLayer):
            layers.append(f'{type(layer).__name__}'
                          f'({", ".join(map(str, filter(None, values)))})')
    return ', '.join(layers)


def test_prototypes(save_config, load_config):
    expect_prototype(save_config, 'save_config(network, filename)', 11)
    expect_prototype(load_config, 'load_config(filename)', 11)


@pytest.mark.parametrize('build', [functional, new_network])
def test_same_architecture(save_config, load_config, build):
    network = build()
    returned = save_config(network, 'network.json')
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 11: save_config returns None')
    expect(os.path.isfile('network.json'), 'There is no network.json',
           'the configuration in that file', CLAUSE)
    try:
        with open('network.json', encoding='utf-8') as file:
            config = json.load(file)
    except ValueError as error:
        config = error
    expect(not isinstance(config, str), 'The file holds a JSON text inside '
           'JSON, as if json.dump were given what to_json() returned',
           'the text of to_json() as it is', CLAUSE)
    expect(isinstance(config, dict),
           f'As JSON the file gives {str(config)[:60]!r}', 'an object in JSON',
           CLAUSE)
    K.utils.set_random_seed(1)
    loaded = load_config('network.json')
    expect(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
           'the loaded model', 'task 11: load_config returns the model')
    expect(architecture(loaded) == architecture(network),
           f'The layers are {architecture(loaded)}',
           f'{architecture(network)}', CLAUSE)
    expect(loaded.count_params() == network.count_params(),
           f'It has {loaded.count_params()} parameters',
           f'{network.count_params()}', CLAUSE)
    expect(not same(loaded.get_weights(), network.get_weights()),
           'The loaded network has the weights of the saved one',
           'new weights, as the configuration has none', CLAUSE)


def test_saves_over(save_config, load_config):
    save_config(new_network(), 'network.json')
    save_config(functional(), 'network.json')
    loaded = load_config('network.json')
    expect(architecture(loaded) == architecture(functional()),
           f'The layers are {architecture(loaded)}',
           'those of the network that was saved last', CLAUSE)
