"""Task 11: configurations."""
import json
import os

import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    describe,
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


def stack():
    """A network with two layers of one shape, not compiled."""
    return K.Sequential([
        K.Input(shape=(6,)), K.layers.Dense(6, 'tanh'),
        K.layers.Dense(6, 'tanh'), K.layers.Dense(3, name='last')])


def functional():
    """A network that is no stack, with what a layer may be told."""
    inputs = K.Input(shape=(784,))
    x = K.layers.Dense(16, activation='relu', use_bias=False,
                       kernel_initializer='he_normal', trainable=False,
                       kernel_regularizer=K.regularizers.L2(0.25))(inputs)
    x = K.layers.Dropout(0.25)(x)
    x = K.layers.Add()([x, K.layers.Dense(16)(inputs)])
    return K.Model(inputs, K.layers.Dense(10, activation='softmax')(x))


def configuration(network):
    """Gives what Keras itself writes of a network, but not its compiling."""
    return json.loads(network.to_json())['config']


def summary(network):
    """Lists the layers of a network in a line."""
    names = [type(layer).__name__ for layer in network.layers]
    return f'{", ".join(names)}: {network.count_params()} parameters'


def test_prototypes(save_config, load_config):
    expect_prototype(save_config, 'save_config(network, filename)', 11)
    expect_prototype(load_config, 'load_config(filename)', 11)


@pytest.mark.parametrize('build', [functional, stack, new_network])
def test_file(save_config, build):
    save_config(functional(), 'network.json')  # the longest, to save over
    network = build()
    weights = network.get_weights()
    returned = save_config(network, 'network.json')
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 11: save_config returns None')
    expect(os.path.isfile('network.json'), 'There is no network.json',
           'the configuration in that file', CLAUSE)
    with open('network.json', 'rb') as file:
        held = file.read()
    try:
        text = held.decode()
        config = json.loads(text)
    except ValueError as error:
        config = describe(error)
        expect(False, f'The file is no JSON ({config})',
               'the text of to_json(), in place of what was there', CLAUSE)
    expect(not isinstance(config, str), 'The file holds a JSON text inside '
           'JSON, as if json.dump were given what to_json() returned',
           'the text of to_json() as it is', CLAUSE)
    try:
        read = K.models.model_from_json(text)
    except Exception as error:
        expect(False, "Keras's model_from_json of the file raised "
               f'{describe(error)}', 'what Keras can read', CLAUSE)
    expect(configuration(read) == configuration(network),
           f'The file holds {summary(read)}',
           f'{summary(network)}, with the same settings', CLAUSE)
    expect(len(json.dumps(config)) < 1.5 * len(network.to_json()),
           f'The file has {len(text)} characters',
           f'the {len(network.to_json())} of to_json(), without weights',
           CLAUSE)
    expect(same(network.get_weights(), weights),
           "The network's weights have changed", 'saving alone', CLAUSE)


@pytest.mark.parametrize('build', [functional, stack, new_network])
def test_loads_what_keras_wrote(save_config, load_config, build):
    save_config(stack(), 'network.json')
    network = build()
    network.set_weights([array + 0.5 for array in network.get_weights()])
    with open('network.json', 'w', encoding='utf-8') as file:
        file.write(network.to_json())
    check(load_config, 'network.json', network)


def test_loads_what_was_saved(save_config, load_config):
    network, name = functional(), 'kept/Network'
    os.mkdir('kept')
    save_config(network, name)
    expect(os.path.isfile(name), f'There is no {name}',
           'the configuration under exactly that name', CLAUSE)
    check(load_config, name, network)


def check(load_config, name, network):
    """Loads a network twice, and compares it with the one in the file."""
    with open(name, 'rb') as file:
        held = file.read()
    loaded, again = load_config(name), load_config(name)
    expect(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
           'the loaded model', 'task 11: load_config returns the model')
    expect(configuration(loaded) == configuration(network),
           f'The network is {summary(loaded)}',
           f'{summary(network)}, with the same settings', CLAUSE)
    expect(getattr(loaded, 'optimizer', None) is None
           or getattr(network, 'optimizer', None) is not None,
           'The loaded network is compiled', 'its configuration alone',
           CLAUSE)
    pairs = [zip(loaded.get_weights(), other.get_weights())
             for other in (network, again)]
    expect(not any((a == b).all() for pair in pairs for a, b in pair
                   if a.ndim > 1),
           'The loaded network has the weights of another',
           'new weights at each call, as the configuration has none', CLAUSE)
    expect(not any(bias.any() for bias in loaded.get_weights()
                   if bias.ndim == 1), 'The loaded biases are not zeros',
           'new weights, as the configuration has none', CLAUSE)
    with open(name, 'rb') as file:
        expect(file.read() == held, f'{name} has changed', 'loading alone',
               CLAUSE)
