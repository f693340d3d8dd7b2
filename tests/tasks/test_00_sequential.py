"""Task 0: a network with Sequential.

Its networks show what fits one example alone: equal sizes and activations,
one layer and five, a last one that is no softmax, rates of three digits.
"""
import ast
import functools
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

from tests.grader.expectations import (
    KERAS_3,
    current,
    expect,
    expect_prototype,
    function,
    kind,
)

STEM = '0-sequential'
CALLS = [
    (30, [8, 16, 4], ['tanh', 'relu', 'softmax'], 0.02, 0.8),
    (12, [6, 6, 3], ['tanh', 'tanh', 'softmax'], 0.001, 0.95),
    (9, [5], ['sigmoid'], 0.1, 0.5),
    (4, [4] * 5, ['tanh', 'softmax', 'relu', 'sigmoid', 'tanh'], 0.3, 0.875),
    (12, [6, 6, 3], ['tanh', 'tanh', 'softmax'], 0.001, 0.95),  # once more
]
FORMULAS = {
    'tanh': np.tanh,
    'relu': lambda z: np.maximum(z, 0),
    'sigmoid': lambda z: 1 / (1 + np.exp(-z)),
    'softmax': lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True),
}
tensor = K.ops.convert_to_tensor if KERAS_3 else tf.constant
RANDOM = np.random.default_rng(0)


def kinds(network):
    """Lists the classes of a network's layers, without the input."""
    return [type(layer).__name__ for layer in network.layers
            if type(layer).__name__ != 'InputLayer']


def dense(network):
    """Lists the Dense layers of a network."""
    return [layer for layer in network.layers
            if isinstance(layer, K.layers.Dense)]


def settings(layer):
    """Lists what a layer is told, but for what the arguments decide.

    Seeds make a run repeatable, and change nothing else. A regularizer may
    be a function, which Keras can't always write down.
    """
    regularizer, layer.kernel_regularizer = getattr(
        layer, 'kernel_regularizer', None), None
    config = layer.get_config()
    layer.kernel_regularizer = regularizer
    for name in 'name', 'units', 'activation', 'rate', 'seed':
        config.pop(name, None)
    for name, value in config.items():
        if isinstance(value, dict):
            config[name] = value['class_name'], {
                key: value['config'][key] for key in value['config']
                if key != 'seed'}
    config['activity_regularizer'] = getattr(
        layer, 'activity_regularizer', None)
    return config


def names_in(module):
    """Lists the names and attributes that a module's code uses."""
    tree = ast.parse(Path(module.__file__).read_bytes())
    return {getattr(node, 'attr', getattr(node, 'id', None))
            or getattr(node, 'asname', None) and node.name  # import ... as
            for node in ast.walk(tree)}


class TestTask0:
    """What tasks 0 and 1 ask for alike, and last what differs."""

    @pytest.fixture(scope='class')
    def build_model(self, request):
        return function(request.module.STEM, 'build_model')

    @pytest.fixture(scope='class')
    def built(self, build_model):
        """A network for each call, with its arguments and first weights."""
        K.utils.set_random_seed(0)
        built = []
        defaults = [settings(K.layers.Dense(1)),
                    settings(K.layers.Dropout(0.5))]
        for nx, layers, activations, lambtha, keep_prob in CALLS:
            given = layers[:], activations[:]
            network = build_model(nx, *given, lambtha, keep_prob)
            expect(isinstance(network, K.Model), f'It returned '
                   f'{kind(network)}', 'a network',
                   'tasks 0 and 1: returns the keras model')
            built.append(SimpleNamespace(
                network=network, nx=nx, layers=layers,
                activations=activations, lambtha=lambtha, given=given,
                rate=1 - keep_prob, defaults=defaults,
                weights=network.get_weights() if network.built else [],
                expect=functools.partial(expect, call=current.call)))
        return built

    def test_prototype(self, request, build_model):
        expect_prototype(
            build_model,
            'build_model(nx, layers, activations, lambtha, keep_prob)',
            request.module.STEM[0])

    def test_layers(self, built):
        for case in built:
            got = kinds(case.network)
            want = ['Dense', 'Dropout'] * len(case.layers)
            case.expect(got == want[:-1], f'The layers are {got}',
                        f'{want[:-1]}', 'tasks 0 and 1: dropout after every '
                        'layer except the last')

    def test_built(self, built):
        for case in built:
            count, want = len(case.weights), 2 * len(case.layers)
            case.expect(count == want, f'The network has {count} weights',
                        f'{want}, a kernel and a bias for each layer, before '
                        'it sees any data',
                        'tasks 0 and 1: builds a neural network')

    def test_nodes(self, built):
        for case in built:
            nodes = [layer.units for layer in dense(case.network)]
            case.expect(nodes == case.layers,
                        f'The layers have {nodes} nodes', f'{case.layers}',
                        'tasks 0 and 1: layers, the number of nodes in each '
                        'layer')

    def test_inputs(self, built):
        for case in built:
            shape = tuple(case.network.input_shape)
            case.expect(shape[1:] == (case.nx,),
                        f'The input has shape {shape}', f'(None, {case.nx})',
                        'tasks 0 and 1: nx, the number of features')

    def test_activations(self, built):
        z = np.linspace(-3, 3, 12, dtype='float32').reshape(3, 4)
        for case in built:
            got = [layer.activation for layer in dense(case.network)]
            names = [getattr(activation, '__name__', kind(activation))
                     for activation in got]
            good = len(got) == len(case.activations) and all(np.allclose(
                activation(tensor(z)), FORMULAS[name](z), atol=1e-5)
                for activation, name in zip(got, case.activations))
            case.expect(good, f'The activations are {names}',
                        f'{case.activations}',
                        'tasks 0 and 1: activations, one for each layer')

    def test_kernel_regularizer(self, built):
        for case in built:
            for layer in dense(case.network):
                kernel = RANDOM.normal(size=(3, 4)).astype('float32')
                got = (float(layer.kernel_regularizer(tensor(kernel)))
                       if layer.kernel_regularizer else 0)
                squares = float((kernel ** 2).sum())
                want = case.lambtha * squares
                case.expect(np.isclose(got, want, rtol=1e-4),
                            'The L2 loss of a kernel whose squares have the '
                            f'sum {squares:.5g} is {got:.5g}',
                            f'lambtha times the sum, {want:.5g}',
                            'tasks 0 and 1: lambtha, the L2 parameter')

    def test_losses(self, built):
        for case in built:
            got = [float(loss) for loss in case.network.losses]
            want = [case.lambtha * float((kernel ** 2).sum())
                    for kernel in case.weights[::2]]
            case.expect(len(got) == len(want)
                        and np.allclose(got, want, rtol=1e-4),
                        f'The losses of the network are {got}',
                        f'lambtha * sum(kernel ** 2) of each layer, {want}',
                        'tasks 0 and 1: lambtha, the L2 parameter')

    def test_dropout_rate(self, built):
        for case in built:
            for layer in case.network.layers:
                rate = getattr(layer, 'rate', case.rate)
                case.expect(np.isclose(rate, case.rate),
                            f'The rate of dropout is {rate}',
                            f'1 - keep_prob, {case.rate:.4g}',
                            'tasks 0 and 1: keep_prob, that a node is kept')

    def test_nothing_else_is_set(self, built):
        for case in built:
            for layer in case.network.layers:
                defaults = case.defaults[isinstance(layer, K.layers.Dropout)]
                if isinstance(layer, K.layers.InputLayer):
                    continue
                got = settings(layer)
                for name, want in defaults.items():
                    case.expect(
                        got.get(name) == want, f'A {type(layer).__name__} '
                        f'layer has {name} {got.get(name)}',
                        f"{want}, Keras's default", 'tasks 0 and 1: Dense '
                        'with L2 on its kernel, Dropout, and nothing else')

    def test_first_weights(self, built):
        clause = "tasks 0 and 1: Keras's first weights, and new ones each time"
        for case in built:
            for kernel, bias in zip(case.weights[::2], case.weights[1::2]):
                most = float(np.abs(kernel).max())
                limit = (6 / sum(kernel.shape)) ** 0.5
                case.expect(limit / 4 < most <= limit * 1.0001 and len(
                    np.unique(kernel)) > kernel.size / 2,
                    f'The first weights of a kernel go up to {most:.3g}',
                    "Glorot's uniform ones, different and up to "
                    f'sqrt(6 / {kernel.shape}), {limit:.3g}', clause)
                case.expect(not bias.any(), f'The first biases are {bias}',
                            'zeros', clause)
        spread = np.sqrt(np.mean(np.concatenate([  # 1 / sqrt(3) if uniform
            kernel.ravel() ** 2 * sum(kernel.shape) / 6
            for case in built for kernel in case.weights[::2]])))
        first, again = built[1], built[-1]
        again.expect(0.5 < spread < 0.65, 'The first weights are '
                     f'{spread * 3 ** 0.5:.2g} times what they should be',
                     "Glorot's uniform ones as they are", clause)
        again.expect(not any(map(np.array_equal, first.weights[::2],
                                 again.weights[::2])),
                     'As it was called for the second time, it gave the '
                     'same weights', 'a new network', clause)

    def test_output(self, built):
        clause = 'tasks 0 and 1: one layer after the other'
        for case in built:
            weights = [RANDOM.normal(size=weights.shape).astype('float32')
                       for weights in case.weights]
            case.network.set_weights(weights)
        for case in built:  # networks that share a layer show now
            x = a = RANDOM.normal(size=(64, case.nx)).astype('float32')
            for layer, name in zip(dense(case.network), case.activations):
                kernel, bias = layer.get_weights()
                a = FORMULAS[name](a @ kernel + bias)
            got = np.asarray(case.network(x))
            case.expect(
                got.shape == a.shape and np.allclose(got, a, atol=1e-4),
                'The output is not that of the layers one after the other, '
                f'with dropout at rest: a row is {got[0].round(3)}',
                f'{a[0].round(3)}', clause)
            drops = not np.allclose(case.network(x, training=True), a,
                                    atol=1e-4)
            case.expect(drops == (len(case.layers) > 1), 'In training, it '
                        f'{"drops some" if drops else "drops no"} nodes',
                        'dropout in training, between the layers',
                        'tasks 0 and 1: keep_prob, that a node is kept')
        first, again = built[1], built[-1]
        again.expect(not any(map(np.array_equal, first.network.get_weights(),
                                 again.network.get_weights())),
                     'The network shares weights with that of the call '
                     'before', 'a new network', clause)

    def test_arguments_stay(self, built):
        for case in built:
            case.expect(case.given == (case.layers, case.activations),
                        f'The arguments were changed to {case.given}',
                        'a network alone', 'tasks 0 and 1: returns the keras '
                        'model')

    def test_class(self, built):
        for case in built:
            case.expect(isinstance(case.network, K.Sequential), 'It returned '
                        f'a {type(case.network).__name__}', 'a K.Sequential',
                        'task 0: builds a neural network with Sequential')

    def test_forbidden_name(self, build_model):
        expect('Input' not in names_in(build_model.module),
               'The file uses Input', 'a network without it',
               'task 0: you are not allowed to use the Input class',
               call='')
