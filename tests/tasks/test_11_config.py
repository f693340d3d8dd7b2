"""Task 11: configurations.

A configuration is saved, and another is loaded, in each of the CASES below;
every sentence of the class goes through all of them: `for run in saves`.
"""
import json
import os
from pathlib import Path
from types import SimpleNamespace

import tensorflow.keras as K

from grader.exam.cases import calls
from grader.exam.student import describe, kind, same, trying, unlike
from grader.exam.surroundings import FILES
from grader.exam.task import FileTask

STEM = '11-config'
PROTOTYPES = ['save_config(network, filename)', 'load_config(filename)']
MAY_CHANGE = {'save_config': [FILES]}
STACK = [(5, 'tanh'), (5, 'relu'), (3, 'softmax')]
CASES = [dict(zip(('filename', 'network', 'compiled', 'over', 'style'), case))
         for case in [
    # The name, the network (a stack by its nodes and activations), whether
    # it is compiled, whether another file lies there, and how many arguments
    # are given by position. If that is one, the name is absolute.
    ('config1.json', STACK, False, False, 0),
    ('config1.json', STACK, True, False, 2),
    ('config1.json', 'functional', False, True, 0),
    ('config1', 'named', False, False, 1),
    ('kept/modèle [1] $2.txt', [(2, 'elu')] * 16, False, False, 2),
    ('./a.b.json', [(1, 'linear')], True, True, 0),
    ('kept/Deep er/x', 'functional', True, True, 2)]]


def save(student, case):
    """Saves a network's configuration; keeps what is in the file."""
    name = case['filename']
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    older = None
    if case['over']:
        student.ask('save_config', network=functional(), filename=name)
        older = Path(name).exists() and Path(name).read_bytes()
    network = new_network(case)
    given = os.path.abspath(name) if case['style'] == 1 else name
    returned = student.ask('save_config', case['style'], network=network,
                           filename=given)
    return SimpleNamespace(network=network, returned=returned, name=name,
                           older=older,
                           folder=os.getcwd())


def load(student, case):
    """Has Keras write a configuration, and loads it twice."""
    network = new_network(case)
    config = json.loads(network.to_json())
    with open('network.json', 'w', encoding='utf-8') as file:
        # In one line, as Keras writes it, or in many.
        json.dump(config, file, indent=2 if case['compiled'] else None)
    return SimpleNamespace(network=network, loaded=[
        student.ask('load_config', case['style'], filename='network.json')
        for _ in range(2)])


saves = calls(save, CASES)
loads = calls(load, CASES[:3])


class TestTask11(FileTask):
    """What task 11 asks for."""

    def test_file(self, saves):
        """Task 11: saves a model's configuration in JSON format."""
        for run in saves:
            self.test_saves_a_file([run])
            with open(run.name, 'rb') as file:
                held = file.read()
            try:
                text = held.decode()
                config = json.loads(text)
            except ValueError as error:
                unlike(f'The file is no JSON ({describe(error)})',
                       'the text of to_json(), in place of what was there')
            assert not isinstance(config, str), unlike(
                'The file holds a JSON text inside JSON, as if json.dump were '
                'given what to_json() returned',
                'the text of to_json() as it is')
            with trying("Keras's model_from_json of the file",
                        'what Keras can read'):
                read = K.models.model_from_json(text)
            assert isinstance(read, K.Model), unlike(
                f'The file holds no network, but {kind(read)}',
                'the text of to_json()')
            self.expect_equal(read, run.network, 'The file holds')
            long = len(run.network.to_json())
            assert len(json.dumps(config)) < 1.5 * long, unlike(
                f'The file has {len(text)} characters',
                f'the {long} of to_json(), without weights')

    def test_load_returns_the_model(self, loads):
        """Task 11: returns the loaded model."""
        for run in loads:
            for loaded in run.loaded:
                assert isinstance(loaded, K.Model), unlike(
                    f'It returned {kind(loaded)}', 'the loaded model')

    def test_loads_what_keras_wrote(self, loads):
        """Task 11: loads a model with a specific configuration."""
        for run in loads:
            self.test_load_returns_the_model([run])
            for loaded in run.loaded:
                self.expect_equal(loaded, run.network, 'The network has')

    def test_new_weights(self, loads):
        """Task 11: the configuration has no weights."""
        for run in loads:
            self.test_loads_what_keras_wrote([run])
            first, again = run.loaded
            self.expect_new(first, run.network)
            self.expect_new(again, first)

    def test_loads_what_was_saved(self, saves):
        """Task 11: loads a model with a specific configuration."""
        for run in saves:
            self.test_file([run])
            loaded = run.student.ask('load_config', run.case['style'],
                                     filename=run.name)
            self.test_load_returns_the_model(
                [SimpleNamespace(loaded=[loaded])])
            self.expect_equal(loaded, run.network, 'The network has')
            self.expect_new(loaded, run.network)

    def expect_equal(self, got, wanted, how):
        """Task 11: saves and loads a model's configuration."""
        configs = [configuration(each, wanted) for each in (got, wanted)]
        if configs[0] != configs[1]:
            one, other = summary(got), summary(wanted)
            if one == other:
                one, other = first_difference(*configs)
            unlike(f'{how} {one}', other)

    def expect_new(self, loaded, other):
        """Task 11: the configuration has no weights."""
        alike = [same([a], [b]) for a, b in zip(
            loaded.get_weights(), other.get_weights()) if a.ndim > 1]
        assert not any(alike), unlike(
            'The loaded network has the weights of another',
            'new weights at each call')
        biases = [bias.any() for bias in loaded.get_weights()
                  if bias.ndim == 1]
        assert not any(biases), unlike('The loaded biases are not zeros',
                                       'new weights')


def functional():
    """Builds a network that is no stack, with what a layer may be told."""
    inputs, words = K.Input(shape=(784,)), K.Input(shape=(2,))
    x = K.layers.Dense(16, activation='relu', use_bias=False,
                       kernel_initializer='he_normal', trainable=False,
                       kernel_regularizer=K.regularizers.L2(1.2345e-9))(inputs)
    x = K.Sequential([K.layers.Dropout(1 / 3, seed=3)])(x)  # nested
    x = K.layers.Add()([x, K.layers.Dense(16, dtype='float64')(
        K.layers.Flatten()(K.layers.Embedding(7, 3)(words)))])
    x = K.layers.Dense(10, activation='softmax')(x)
    return K.Model([inputs, words], x)


def new_network(case):
    """Builds the network of a case, with weights that no other has."""
    if case['network'] == 'functional':
        network = functional()
    elif case['network'] == 'named':
        network = K.Sequential([
            K.Input(shape=(6,)), K.layers.Dense(6, 'tanh'),
            K.Sequential([K.layers.Dense(6, 'tanh')]),
            K.layers.Dense(3, name='last')])
    else:  # as task 0 builds it
        layers = [K.Input(shape=(12,))]
        for nodes, activation in case['network']:
            layers += [K.layers.Dense(
                nodes, activation, kernel_regularizer=K.regularizers.L2(
                    1e-6)), K.layers.Dropout(0.875)]
        network = K.Sequential(layers[:-1])
    if case['compiled']:
        network.compile('adam', 'categorical_crossentropy')
    network.set_weights([array + 0.5 for array in network.get_weights()])
    return network


def configuration(network, wanted):
    """Returns what Keras writes of a network, but not its compiling.

    A stack may be loaded as another class: it has the same layers, and takes
    the same input.
    """
    if isinstance(wanted, K.Sequential):
        layers = [[type(layer).__name__, layer.get_config()]
                  for layer in network.layers
                  if not isinstance(layer, K.layers.InputLayer)]
        return json.loads(json.dumps({
            'input_shape': getattr(network, 'input_shape', None),
            'layers': layers}, default=str))
    return json.loads(network.to_json())['config']


def summary(network):
    """Lists the layers of a network in a line."""
    layers = [type(layer).__name__ for layer in network.layers]
    size = (f'{network.count_params()} parameters' if network.built
            else 'not built')
    return f'{", ".join(layers)}: {size}'


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
