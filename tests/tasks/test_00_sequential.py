"""Task 0: a network with Sequential.

The sentences are about drawn networks: any number of features, one layer to
six, any activation, and regularization and dropout from none to much.
"""
import ast
import copy
from types import SimpleNamespace

import numpy as np
import tensorflow as tf
import tensorflow.keras as K

from grader.course import number_of
from grader.exam.draw import builds, drawn, kept, styles
from grader.exam.expect import (
    KERAS_3,
    current,
    differ_most,
    expect,
    kind,
    load,
    trying,
)
from grader.exam.task import Task

STEM = '0-sequential'
tensor = K.ops.convert_to_tensor if KERAS_3 else tf.constant
RANDOM = np.random.default_rng(0)


def kinds(network):
    """Lists the classes of a network's layers, without the input."""
    names = [next(base.__name__ for base in type(layer).__mro__
                  if base.__module__.startswith(('keras.', 'tf_keras.')))
             for layer in network.layers]
    return [name for name in names if name != 'InputLayer']


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


class TestTask0(Task):
    """What tasks 0 and 1 ask for alike, and last what differs."""

    PROTOTYPES = ['build_model(nx, layers, activations, lambtha, keep_prob)']
    CASES = styles.flatmap(lambda style: builds.map(
        lambda case: {**case, 'style': style}))
    DRAWS = 10

    @kept
    def call(self, case):
        """A network for a case, with its first weights."""
        network = self.ask('build_model', **copy.deepcopy(case))
        expect(isinstance(network, K.Model), f'It returned {kind(network)}',
               'a network', 'tasks 0 and 1: returns the keras model')
        return SimpleNamespace(
            network=network, rate=1 - case['keep_prob'],
            weights=network.get_weights() if network.built else [])

    @drawn()
    def test_layers(self, done, case):
        got = kinds(done.network)
        want = (['Dense', 'Dropout'] * len(case['layers']))[:-1]
        done.expect(got == want, f'The layers are {got}', f'{want}',
                    'tasks 0 and 1: dropout after every layer but the last')

    @drawn()
    def test_built(self, done, case):
        count, want = len(done.weights), 2 * len(case['layers'])
        done.expect(count == want, f'The network has {count} weights',
                    f'{want}, a kernel and a bias for each layer, before it '
                    'sees any data', 'tasks 0 and 1: the network is built')

    @drawn()
    def test_nodes(self, done, case):
        nodes = [layer.units for layer in dense(done.network)]
        done.expect(nodes == case['layers'],
                    f'The layers have {nodes} nodes', f'{case["layers"]}',
                    'tasks 0 and 1: layers, the number of nodes in each')

    @drawn()
    def test_inputs(self, done, case):
        with trying('network.input_shape', 'a network that is built',
                    'tasks 0 and 1: the network is built'):
            shape = tuple(done.network.input_shape)
        done.expect(shape[1:] == (case['nx'],),
                    f'The input has shape {shape}', f'(None, {case["nx"]})',
                    'tasks 0 and 1: nx, the number of features')

    @drawn()
    def test_activations(self, done, case):
        z = tensor(np.linspace(-3, 3, 12, dtype='float32').reshape(3, 4))
        got = [layer.activation for layer in dense(done.network)]
        names = [getattr(activation, '__name__', kind(activation))
                 for activation in got]
        good = len(got) == len(case['activations']) and all(np.allclose(
            activation(z), K.activations.get(name)(z), atol=1e-5)
            for activation, name in zip(got, case['activations']))
        done.expect(good, f'The activations are {names}',
                    f'{case["activations"]}',
                    'tasks 0 and 1: activations, one for each layer')

    @drawn()
    def test_kernel_regularizer(self, done, case):
        for layer in dense(done.network):
            for size in 1, 100:  # squares and their sum, small and large
                kernel = RANDOM.normal(size=(3, 4)).astype('float32') * size
                got = (float(layer.kernel_regularizer(tensor(kernel)))
                       if layer.kernel_regularizer else 0)
                squares = float((kernel.astype('float64') ** 2).sum())
                want = case['lambtha'] * squares
                done.expect(np.isclose(got, want, rtol=1e-4),
                            'The L2 loss of a kernel whose squares have the '
                            f'sum {squares:.5g} is {got:.5g}',
                            f'lambtha times the sum, {want:.5g}',
                            'tasks 0 and 1: lambtha, the L2 parameter')

    @drawn()
    def test_losses(self, done, case):
        got = [float(loss) for loss in done.network.losses]
        want = [case['lambtha'] * float((kernel ** 2).sum())
                for kernel in done.weights[::2]]
        done.expect(
            len(got) == len(want) and np.allclose(got, want, rtol=1e-4),
            f'The losses of the network are {got}',
            f'lambtha * sum(kernel ** 2) of each layer, {want}',
            'tasks 0 and 1: lambtha, the L2 parameter')

    @drawn()
    def test_dropout_rate(self, done):
        for layer in done.network.layers:
            rate = getattr(layer, 'rate', done.rate)
            done.expect(np.isclose(rate, done.rate, atol=1e-6),
                        f'The rate of dropout is {rate}',
                        f'1 - keep_prob, {done.rate:.4g}',
                        'tasks 0 and 1: keep_prob, that a node is kept')

    @drawn()
    def test_nothing_else_is_set(self, done):
        for layer in done.network.layers:
            if isinstance(layer, K.layers.Dense):
                defaults = settings(K.layers.Dense(1))
            elif isinstance(layer, K.layers.Dropout):
                defaults = settings(K.layers.Dropout(0.5))
            else:
                continue  # another sentence is about these
            got = settings(layer)
            for name, want in defaults.items():
                done.expect(
                    got.get(name) == want, f'A {type(layer).__name__} '
                    f'layer has {name} {got.get(name)}',
                    f"{want}, Keras's default", 'tasks 0 and 1: Dense '
                    'with L2 on its kernel, Dropout, and nothing else')

    @drawn()
    def test_first_weights(self, done):
        clause = "tasks 0 and 1: Keras's first weights"
        kernels = done.weights[::2]
        for kernel, bias in zip(kernels, done.weights[1::2]):
            most = float(np.abs(kernel).max())
            limit = (6 / sum(kernel.shape)) ** 0.5
            least = limit / 4 if kernel.size > 8 else 0
            done.expect(least < most <= limit * 1.0001 and len(
                np.unique(kernel)) > kernel.size / 2,
                f'The first weights of a kernel go up to {most:.3g}',
                "Glorot's uniform ones, different and up to "
                f'sqrt(6 / {kernel.shape}), {limit:.3g}', clause)
            done.expect(not bias.any(), f'The first biases are {bias}',
                        'zeros', clause)
        done.expect(not any(
            one.shape == other.shape and np.array_equal(one, other)
            for i, one in enumerate(kernels) for other in kernels[:i]),
            'Two of its layers begin with the same weights',
            'weights of their own', clause)
        spread = np.sqrt(np.mean(np.concatenate([  # 1 / sqrt(3) if uniform
            [0.33], *[kernel.ravel() ** 2 * sum(kernel.shape) / 6
                      for kernel in kernels]])))
        count = sum(kernel.size for kernel in kernels)
        done.expect(abs(spread * 3 ** 0.5 - 1) < 2 / count ** 0.5 + 0.03,
                    f'The first weights are {spread * 3 ** 0.5:.2g} times '
                    'what they should be', "Glorot's uniform ones", clause)

    @drawn(count=3)
    def test_each_call_gives_a_new_network(self, case):
        first, again = (self.ask('build_model', **copy.deepcopy(case))
                        for _ in range(2))
        alike = any(map(np.array_equal, first.get_weights()[::2],
                        again.get_weights()[::2]))
        for network in (first, again):
            network.set_weights([RANDOM.normal(size=weights.shape)
                                 for weights in network.get_weights()])
        expect(not alike and not any(map(
            np.array_equal, first.get_weights(), again.get_weights())),
            'When it was called for the second time, it returned a network '
            'with the weights of the first', 'a new network',
            'tasks 0 and 1: each call gives a new network')

    @drawn()
    def test_output(self, done, case):
        clause = 'tasks 0 and 1: one layer after the other'
        network = done.network
        network.set_weights([
            RANDOM.normal(size=weights.shape).astype('float32') / 2
            for weights in network.get_weights()])
        x = a = b = RANDOM.normal(size=(64, case['nx'])).astype('float32') / 4
        for layer, name in zip(dense(network), case['activations']):
            kernel, bias = layer.get_weights()
            keep = RANDOM.random(b.shape) < case['keep_prob']
            with trying('The layers one after the other', 'layers that fit',
                        clause), np.errstate(all='ignore'):
                if b is not x:  # the output with dropout
                    b = np.where(keep, b / np.float32(case['keep_prob']), 0)
                a, b = (np.asarray(K.activations.get(name)(tensor(
                    (each @ kernel + bias).astype('float32'))))
                    for each in (a, b))
        with trying('network(data)', 'an output', clause):
            got = np.asarray(network(x))
            trained = np.asarray(network(x, training=True))
        done.expect(got.shape == a.shape,
                    f'The output of {x.shape} has shape {got.shape}',
                    f'{a.shape}', clause)
        good = np.allclose(got, a, rtol=1e-3, atol=1e-4)
        shown = differ_most(got, a) if not good else ('', '')
        done.expect(good, 'The output is not that of the layers one after '
                    f'the other, without dropout: {shown[0]}', shown[1],
                    clause)
        drops = not np.allclose(trained, got, rtol=1e-4, atol=1e-6)
        # It need not be seen: a dropped node may feed others of value 0.
        seen = 1 - np.isclose(a, b, rtol=0.01, atol=0.01).all(axis=1).mean()
        may = len(case['layers']) > 1 and case['keep_prob'] < 1
        done.expect(may if drops else seen < 0.5, 'In training, it '
                    f'{"drops nodes" if drops else "drops no nodes"}',
                    'dropout between layers alone, with rate 1 - keep_prob',
                    'tasks 0 and 1: keep_prob, that a node is kept')

    @drawn()
    def test_dropout(self, done):
        for layer in done.network.layers:
            if isinstance(layer, K.layers.Dropout) and done.rate:
                rate = done.rate
                ones = np.ones((400, 10), 'float32')
                got = np.asarray(layer(ones, training=True))
                share = float((got == 0).mean())
                most = float(got.max())
                done.expect(
                    abs(share - rate) < 0.06, 'In training, dropout drops '
                    f'{share:.2g} of the nodes', f'1 - keep_prob, {rate:.2g}',
                    'tasks 0 and 1: keep_prob, that a node is kept')
                done.expect(
                    np.isclose(most, 1 / (1 - rate), rtol=1e-3),
                    'In training, a node that is kept is multiplied by '
                    f'{most:.4g}', f'1 / keep_prob, {1 / (1 - rate):.4g}, as '
                    'Dropout does',
                    'tasks 0 and 1: keep_prob, that a node is kept')

    def test_many_layers(self):
        done = self.call(dict(
            nx=3, layers=[2] * 12, activations=['relu'] * 12, lambtha=0.1,
            keep_prob=0.5, style=5))
        done.expect(len(dense(done.network)) == 12, 'It has '
                    f'{len(dense(done.network))} Dense layers', '12',
                    'tasks 0 and 1: layers, the number of nodes in each')

    @drawn(count=1)
    def test_class(self, done):
        done.expect(isinstance(done.network, K.Sequential), 'It returned '
                    f'{kind(done.network)}', 'a K.Sequential',
                    'task 0: builds a neural network with Sequential')

    def test_forbidden_name(self):
        self.expect_not_used('Input')

    def expect_not_used(self, name):
        tree = ast.parse(load(current.stem).__source__ or '')
        used = {getattr(node, 'attr', getattr(node, 'id', None))
                or getattr(node, 'asname', None) and node.name
                for node in ast.walk(tree)}  # the last: import ... as
        expect(name not in used, f'The file uses {name}', 'a network without '
               'it', f'task {number_of(current.stem)}: you are not allowed '
               f'to use the {name} class', call='')
