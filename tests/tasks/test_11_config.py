"""Task 11: configurations."""
import json
import os
from types import SimpleNamespace

import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam.draw import builds, drawn, kept, names, new_name, styles
from grader.exam.expect import describe, expect, kind, same, trying
from grader.exam.surroundings import FILES
from grader.exam.task import Task

STEM = '11-config'
CLAUSE = "task 11: saves and loads a model's configuration in JSON format"


def functional():
    """Builds a network that is no stack, with what a layer may be told."""
    inputs = K.Input(shape=(784,))
    x = K.layers.Dense(16, activation='relu', use_bias=False,
                       kernel_initializer='he_normal', trainable=False,
                       kernel_regularizer=K.regularizers.L2(0.00012345))(inputs)
    x = K.layers.Dropout(0.12345)(x)
    x = K.layers.Add()([x, K.layers.Dense(16)(inputs)])
    return K.Model(inputs, K.layers.Dense(10, activation='softmax')(x))


def stack(case):
    """Builds the network of task 0 for a case."""
    build = case['build']
    layers = [K.Input(shape=(build['nx'],))]
    for nodes, activation in zip(build['layers'], build['activations']):
        layers += [K.layers.Dense(
            nodes, activation, kernel_regularizer=K.regularizers.L2(
                build['lambtha'])), K.layers.Dropout(1 - build['keep_prob'])]
    return K.Sequential(layers[:-1])


def new_network(case):
    """Builds the network of a case, with weights that no other has."""
    if case['network'] == 'stack':
        network = stack(case)
    elif case['network'] == 'long':
        network = K.Sequential([K.Input(shape=(2,)), *[
            K.layers.Dense(2) for _ in range(16)]])
    elif case['network'] == 'named':
        network = K.Sequential([
            K.Input(shape=(6,)), K.layers.Dense(6, 'tanh'),
            K.layers.Dense(6, 'tanh'), K.layers.Dense(3, name='last')])
    else:
        network = functional()
    if case['compiled']:
        network.compile('adam', 'categorical_crossentropy')
    network.set_weights([array + 0.5 for array in network.get_weights()])
    return network


def configuration(network):
    """Returns what Keras writes of a network, but not its compiling."""
    return json.loads(network.to_json())['config']


def summary(network):
    """Lists the layers of a network in a line."""
    layers = [type(layer).__name__ for layer in network.layers]
    return f'{", ".join(layers)}: {network.count_params()} parameters'


def first_difference(got, want, path=''):
    """Names the first setting that differs, with both values."""
    if isinstance(want, dict) and isinstance(got, dict):
        for name in {**want, **got}:
            if got.get(name) != want.get(name):
                return first_difference(got.get(name), want.get(name),
                                        f'{path}.{name}' if path else name)
    if isinstance(want, list) and isinstance(got, list) and len(
            want) == len(got):
        for i, (one, other) in enumerate(zip(got, want)):
            if one != other:
                return first_difference(one, other, f'{path}[{i}]')
    return f'{path} {str(got)[:200]}', f'{str(want)[:200]}'


class TestTask11(Task):
    """What task 11 asks for."""

    PROTOTYPES = ['save_config(network, filename)', 'load_config(filename)']
    MAY_CHANGE = {'save_config': [FILES]}
    CASES = st.fixed_dictionaries({
        'name': names, 'ending': st.sampled_from(['.json', '', '.txt']),
        'network': st.sampled_from(['stack', 'functional', 'named', 'long']),
        'compiled': st.booleans(), 'over': st.sampled_from([True, False]),
        'build': builds, 'style': styles})
    DRAWS = 7

    @kept
    def call(self, case):
        """A network whose configuration is saved, and what is in the file."""
        name = new_name(case)
        if case['over']:
            self.function('save_config')(functional(), name)
        network = new_network(case)
        returned = self.ask('save_config', case['style'], network=network,
                            filename=name)
        expect(os.path.isfile(name), f'There is no {name}',
               'the configuration in that file', CLAUSE)
        with open(name, 'rb') as file:
            held = file.read()
        return SimpleNamespace(network=network, returned=returned, held=held,
                               name=name, folder=os.getcwd())

    @drawn()
    def test_returns_none(self, done):
        done.expect(done.returned is None, 'It returned '
                    f'{kind(done.returned)}', 'None',
                    'task 11: save_config returns None')

    @drawn()
    def test_file(self, done):
        try:
            text = done.held.decode()
            config = json.loads(text)
        except ValueError as error:
            done.expect(False, f'The file is no JSON ({describe(error)})',
                        'the text of to_json(), in place of what was there',
                        CLAUSE)
        done.expect(not isinstance(config, str), 'The file holds a JSON text '
                    'inside JSON, as if json.dump were given what to_json() '
                    'returned', 'the text of to_json() as it is', CLAUSE)
        with trying("Keras's model_from_json of the file",
                    'what Keras can read', CLAUSE):
            read = K.models.model_from_json(text)
        done.expect(isinstance(read, K.Model), 'The file holds no network, '
                    f'but {kind(read)}', 'the text of to_json()', CLAUSE)
        self.expect_equal(read, done.network, 'The file holds', done.expect)
        long = len(done.network.to_json())
        done.expect(len(json.dumps(config)) < 1.5 * long,
                    f'The file has {len(text)} characters',
                    f'the {long} of to_json(), without weights', CLAUSE)

    def expect_equal(self, got, want, how, told):
        got_config, want_config = configuration(got), configuration(want)
        if got_config != want_config:
            one, other = summary(got), summary(want)
            if one == other:
                one, other = first_difference(got_config, want_config)
            told(False, f'{how} {one}', other, CLAUSE)

    @drawn()
    def test_loads_what_was_saved(self, done, case):
        os.chdir(done.folder)
        self.expect_loaded(done.name, done.network, case)

    @drawn(count=2)
    def test_loads_what_keras_wrote(self, case):
        network = new_network(case)
        with open('network.json', 'w', encoding='utf-8') as file:
            file.write(network.to_json())
        first, again = (self.expect_loaded('network.json', network, case)
                        for _ in range(2))
        self.expect_new(again, first)

    def expect_loaded(self, name, network, case):
        """Loads a network, and compares it with the one in the file."""
        loaded = self.ask('load_config', case['style'], filename=name)
        expect(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
               'the loaded model', 'task 11: load_config returns the model')
        self.expect_equal(loaded, network, 'The network has', expect)
        expect(getattr(loaded, 'optimizer', None) is None
               or case['compiled'], 'The loaded network is compiled',
               'its configuration alone', CLAUSE)
        self.expect_new(loaded, network)
        expect(not any(bias.any() for bias in loaded.get_weights()
                       if bias.ndim == 1), 'The loaded biases are not zeros',
               'new weights, because the configuration has none', CLAUSE)
        return loaded

    def expect_new(self, loaded, other):
        expect(not any(same([a], [b]) for a, b in zip(
            loaded.get_weights(), other.get_weights()) if a.ndim > 1),
            'The loaded network has the weights of another',
            'new weights at each call, because the configuration has none',
            CLAUSE)
