"""Task 0: a network with Sequential.

A network is built for each of the CASES that the tables below make, and every
sentence of the class goes through all of them: `for run in runs`. Task 1 asks
for the same network, and inherits the sentences.
"""
import ast
from types import SimpleNamespace

import numpy as np
import tensorflow as tf
import tensorflow.keras as K

from grader.exam.cases import calls, cases
from grader.exam.student import (
    KERAS_3,
    differ_most,
    kind,
    same,
    trying,
    unlike,
)
from grader.exam.task import Task

STEM = '0-sequential'
PROTOTYPES = ['build_model(nx, layers, activations, lambtha, keep_prob)']
CASES = cases({
    'network': [  # layers and activations
        ([16, 12, 5], ['relu', 'tanh', 'softmax']),
        ([7], ['softmax']), ([1], ['sigmoid']),
        ([4, 4], ['tanh', 'tanh']),
        ([3, 8, 3, 8], ['elu', 'relu', 'tanh', 'elu']),
        ([2] * 12, ['relu'] * 12),
        ([5, 4, 40, 2, 3, 6], ['selu', 'softplus', 'softsign', 'linear',
                               'exponential', 'gelu']),
        ([3, 9, 9, 8, 7, 6, 3, 4, 2], [
            name if hasattr(K.activations, name) else 'swish' for name in (
                'silu', 'mish', 'leaky_relu', 'hard_sigmoid', 'relu6',
                'hard_silu', 'celu', 'log_sigmoid', 'log_softmax')])],
    'nx': [12, 1, 784],
    'lambtha': [0.02, 0, 2.5e-9, 2.0],
    'keep_prob': [0.8, 1, 2 / 3, 0.03],
    'style': [0, 5]})
KERAS = 'keras.', 'tf_keras.'
RANDOM = np.random.default_rng(0)


def build(student, case):
    """Builds the network of a case; keeps its first weights."""
    layers, activations = map(list, case.pop('network'))
    network = student.ask('build_model', layers=layers,
                          activations=activations, **case)
    built = isinstance(network, K.Model) and network.built
    return SimpleNamespace(
        network=network, layers=layers, activations=activations,
        nx=case['nx'], lambtha=case['lambtha'], keep_prob=case['keep_prob'],
        weights=network.get_weights() if built else [])


runs = calls(build, CASES)


def build_twice(student, case):
    """Builds a network twice, and twice with the same seed."""
    run = SimpleNamespace(
        pair=[build(student, dict(case)) for _ in range(2)], seeded=[])
    for _ in range(2):
        K.utils.set_random_seed(11)
        run.seeded.append(build(student, dict(case)))
    return run


again = calls(build_twice, CASES[:2])


class TestTask0(Task):
    """What tasks 0 and 1 ask for alike, and last what differs."""

    def test_network(self, runs):
        """Tasks 0 and 1: returns the keras model."""
        for run in runs:
            assert isinstance(run.network, K.Model), unlike(
                f'It returned {kind(run.network)}', 'a network')

    def test_layers(self, runs):
        """Tasks 0 and 1: Dense layers, and dropout after all but the last."""
        for run in runs:
            self.test_network([run])
            got = kinds(run.network)
            wanted = (['Dense', 'Dropout'] * len(run.layers))[:-1]
            assert got == wanted, unlike(
                f'The layers are [{", ".join(got)}]',
                f'[{", ".join(wanted)}]')

    def test_nodes(self, runs):
        """Tasks 0 and 1: layers, the number of nodes in each."""
        for run in runs:
            self.test_layers([run])
            nodes = [layer.units for layer in dense(run.network)]
            assert nodes == run.layers, unlike(
                f'The layers have {nodes} nodes', f'{run.layers}')

    def test_nothing_else_is_set(self, runs):
        """Tasks 0 and 1: Dense with L2, Dropout, and Keras's defaults."""
        defaults = {'Dense': settings(K.layers.Dense(1)),
                    'Dropout': settings(K.layers.Dropout(0.5))}
        for run in runs:
            self.test_layers([run])
            layers = [layer for layer in run.network.layers
                      if not isinstance(layer, K.layers.InputLayer)]
            for layer, its in zip(layers, kinds(run.network)):
                got = settings(layer)
                if not type(layer).__module__.startswith(KERAS):
                    with trying('from_config of what get_config returns',
                                f'a layer that behaves as {its}'):
                        layer.from_config(layer.get_config())
                for name, wanted in defaults[its].items():
                    assert got.get(name) == wanted, unlike(
                        f'A {type(layer).__name__} layer has '
                        f'{name}={got.get(name)}',
                        f"{wanted}, Keras's default")

    def test_built(self, runs):
        """Tasks 0 and 1: the network is built."""
        for run in runs:
            self.test_nothing_else_is_set([run])
            count, wanted = len(run.weights), 2 * len(run.layers)
            assert count or not wanted, unlike(
                'The network has no weights yet', 'a kernel and a bias for '
                'each layer', 'After the last layer, call '
                '`network.build((None, nx))`.')
            assert count == wanted, unlike(
                f'The network has {count} weights',
                f'{wanted}, a kernel and a bias for each layer')

    def test_inputs(self, runs):
        """Tasks 0 and 1: nx, the number of features."""
        for run in runs:
            self.test_built([run])
            with trying('network.input_shape', 'a network that is built'):
                shape = tuple(run.network.input_shape)
            assert shape[1:] == (run.nx,), unlike(
                f'The input has shape {shape}', f'(None, {run.nx})')

    def test_activations(self, runs):
        """Tasks 0 and 1: activations, one for each layer."""
        z = tensor(np.array([*np.linspace(-3, 3, 10), 300, -300],
                            'float32').reshape(3, 4))
        for run in runs:
            self.test_layers([run])
            got = [layer.activation for layer in dense(run.network)]
            names = [getattr(activation, '__name__', kind(activation))
                     for activation in got]
            good = [np.allclose(activation(z), K.activations.get(name)(z),
                                atol=1e-5)
                    for activation, name in zip(got, run.activations)]
            assert all(good), unlike(f'The activations are {names}',
                                     f'{run.activations}')

    def test_kernel_regularizer(self, runs):
        """Tasks 0 and 1: lambtha, the L2 parameter."""
        for run in runs:
            self.test_nothing_else_is_set([run])
            for layer in dense(run.network):
                assert layer.kernel_regularizer or not run.lambtha, unlike(
                    'A Dense layer has no L2 regularizer', 'a loss of lambtha '
                    'times the sum of the squares of its kernel')
                for size in 1, 100:  # squares and their sum, small and large
                    kernel = RANDOM.normal(size=(3, 4)).astype(
                        'float32') * size
                    got = (float(layer.kernel_regularizer(tensor(kernel)))
                           if layer.kernel_regularizer else 0)
                    squares = float((kernel.astype('float64') ** 2).sum())
                    wanted = run.lambtha * squares
                    assert np.isclose(got, wanted, rtol=1e-4, atol=0), unlike(
                        'The L2 loss of a kernel whose squares have the sum '
                        f'{squares:.5g} is {got:.5g}',
                        f'lambtha times the sum, {wanted:.5g}')

    def test_losses(self, runs):
        """Tasks 0 and 1: lambtha, the L2 parameter."""
        for run in runs:
            self.test_kernel_regularizer([run])
            self.test_built([run])
            got = [float(loss) for loss in run.network.losses]
            wanted = [run.lambtha * float((kernel ** 2).sum())
                      for kernel in run.weights[::2]]
            good = len(got) == len(wanted) and np.allclose(
                got, wanted, rtol=1e-4, atol=0)
            assert good, unlike(
                f'The losses of the network are {got}',
                f'lambtha * sum(kernel ** 2) of each layer, {wanted}')

    def test_dropout_rate(self, runs):
        """Tasks 0 and 1: keep_prob, that a node is kept."""
        for run in runs:
            self.test_layers([run])
            wanted = 1 - run.keep_prob
            for layer in run.network.layers:
                rate = getattr(layer, 'rate', wanted)
                assert np.isclose(rate, wanted, atol=1e-6), unlike(
                    f'The rate of dropout is {rate:.7g}',
                    f'1 - keep_prob, {wanted:.7g}')

    def test_first_weights(self, runs):
        """Tasks 0 and 1: Keras's first weights."""
        for run in runs:
            self.test_built([run])
            kernels, biases = run.weights[::2], run.weights[1::2]
            assert not any(map(np.any, biases)), unlike(
                f'The first biases are {biases}', 'zeros')
            differing = {kernel.tobytes() for kernel in kernels}
            assert len(differing) == len(kernels), unlike(
                'Two of its layers begin with the same weights',
                'weights of their own')
            # Glorot's are spread evenly up to this limit.
            each = np.concatenate([
                kernel.ravel() / (6 / sum(kernel.shape)) ** 0.5
                for kernel in kernels])
            most, spread = np.abs(each).max(), np.std(each) * 3 ** 0.5
            good = most <= 1.0001 and abs(spread - 1) < 3 / each.size ** 0.5
            assert good or each.size < 8 and most <= 1.0001, unlike(
                'The first weights of the kernels are spread over '
                f'{spread:.2g} times the range that they should be, and go '
                f'up to {most:.3g} times its end', "Glorot's uniform ones")

    def test_each_call_gives_a_new_network(self, again):
        """Tasks 0 and 1: each call gives a new network."""
        for run in again:
            for each in run.pair:
                self.test_built([each])
            first, second = (each.network.get_weights() for each in run.pair)
            alike = any(map(np.array_equal, first[::2], second[::2]))
            for each in run.pair:
                each.network.set_weights([
                    RANDOM.normal(size=weights.shape)
                    for weights in each.network.get_weights()])
            first, second = (each.network.get_weights() for each in run.pair)
            alike |= any(map(np.array_equal, first, second))
            assert not alike, unlike(
                'When it was called for the second time, it returned a '
                'network with the weights of the first', 'a new network')

    def test_seed(self, again):
        """Tasks 0 and 1: with the same seed, the same first weights."""
        for run in again:
            self.test_built(run.seeded)
            first, second = (each.weights for each in run.seeded)
            assert same(first, second), unlike(
                'After K.utils.set_random_seed(11), two networks begin with '
                'different weights', 'the same ones')

    def test_output(self, runs):
        """Tasks 0 and 1: one layer after the other."""
        for run in runs:
            self.test_activations([run])
            self.test_inputs([run])
            run.outputs = got, wanted, _, _ = outputs(run)
            assert got.shape == wanted.shape, unlike(
                f'The output for {len(wanted)} rows has shape {got.shape}',
                f'{wanted.shape}')
            good = np.allclose(got, wanted, rtol=1e-3, atol=1e-4)
            shown = ('', '') if good else differ_most(got, wanted)
            assert good, unlike(
                'The output is not that of the layers one after the other, '
                f'without dropout: {shown[0]}', shown[1])

    def test_output_in_training(self, runs):
        """Tasks 0 and 1: keep_prob, that a node is kept."""
        for run in runs:
            self.test_output([run])
            self.test_dropout_rate([run])
            got, wanted, trained, dropped = run.outputs
            drops = not np.allclose(trained, got, rtol=1e-4, atol=1e-6)
            # It need not be seen: a dropped node may feed others of value 0.
            seen = 1 - np.isclose(wanted, dropped, rtol=0.01, atol=0.01).all(
                axis=1).mean()
            may = len(run.layers) > 1 and run.keep_prob < 1
            assert may if drops else seen < 0.5, unlike(
                f'In training, it {"drops nodes" if drops else "drops none"}',
                'dropout between layers alone, with rate 1 - keep_prob')

    def test_dropout(self, runs):
        """Tasks 0 and 1: keep_prob, that a node is kept."""
        ones = np.ones((400, 10), 'float32')
        for run in runs:
            self.test_nothing_else_is_set([run])
            self.test_dropout_rate([run])
            rate = 1 - run.keep_prob
            for layer in run.network.layers:
                if not isinstance(layer, K.layers.Dropout) or not rate:
                    continue
                got = np.asarray(layer(ones, training=True))
                share, most = float((got == 0).mean()), float(got.max())
                assert abs(share - rate) < 0.06, unlike(
                    f'In training, dropout drops {share:.2g} of the nodes',
                    f'1 - keep_prob, {rate:.2g}')
                # Not all rows at once, nor all nodes of a row.
                alike = (got == got[:1]).all() or (got == got[:, :1]).all()
                assert not alike, unlike(
                    'In training, dropout drops the same nodes in each row',
                    'nodes by chance')
                assert np.isclose(most, 1 / (1 - rate), rtol=1e-3), unlike(
                    'In training, a node that is kept is multiplied by '
                    f'{most:.4g}', f'1 / keep_prob, {1 / (1 - rate):.4g}, as '
                    'Dropout does')

    def test_class(self, runs):
        """Task 0: builds a neural network with Sequential."""
        for run in runs:
            self.test_network([run])
            assert isinstance(run.network, K.Sequential), unlike(
                f'It returned {kind(run.network)}', 'a K.Sequential')

    def test_forbidden_name(self, student):
        """Task 0: you are not allowed to use the Input class."""
        assert 'Input' not in used(student), unlike(
            'The file uses the name Input', 'a network without it')


def used(student):
    """Lists the names that a file uses."""
    student.module  # or there is none
    student.call = student.paste = student.printed = ''
    return {getattr(node, 'attr', getattr(node, 'id', None))
            or getattr(node, 'asname', None) and node.name
            for node in ast.walk(ast.parse(student.source))}


def kinds(network):
    """Lists the classes of a network's layers, without the input."""
    names = [next(base.__name__ for base in type(layer).__mro__
                  if base.__module__.startswith(KERAS))
             for layer in network.layers]
    return [name for name in names if name != 'InputLayer']


def dense(network):
    """Lists the Dense layers of a network."""
    return [layer for layer in network.layers
            if isinstance(layer, K.layers.Dense)]


def tensor(array):
    """Makes a tensor of an array."""
    return (K.ops.convert_to_tensor if KERAS_3 else tf.constant)(array)


def settings(layer):
    """Lists what a layer is told, but for what the arguments decide.

    Seeds make a run repeatable, and change nothing else. A regularizer may
    be a function, which Keras can't always write down.
    """
    regularizer = getattr(layer, 'kernel_regularizer', None)
    if not isinstance(regularizer, K.regularizers.Regularizer):
        layer.kernel_regularizer = None
    config = layer.get_config()
    layer.kernel_regularizer = regularizer
    for name in ('name', 'units', 'activation', 'rate', 'seed',
                 'kernel_regularizer'):
        config.pop(name, None)
    for name, value in config.items():
        if isinstance(value, dict):
            config[name] = value['class_name'], {
                key: value['config'][key] for key in value['config']
                if key != 'seed'}
            glorot = {'scale': 1, 'mode': 'fan_avg', 'distribution': 'uniform'}
            if config[name][1].items() >= glorot.items():  # spelt out
                config[name] = 'GlorotUniform', {
                    key: config[name][1][key] for key in config[name][1]
                    if key not in glorot}
    activity = getattr(layer, 'activity_regularizer', None)
    config['activity_regularizer'] = activity and type(activity).__name__
    return config


def outputs(run):
    """Returns four outputs, for weights that no other call sees.

    Those of the network and of its layers one after the other, and the same
    with dropout, which need not drop the same nodes.
    """
    x = RANDOM.normal(size=(64, run.nx)).astype('float32') / 4
    before = run.network.get_weights()
    run.network.set_weights([
        RANDOM.normal(size=weights.shape).astype('float32') / 2
        for weights in before])
    a = b = x
    for layer, name in zip(dense(run.network), run.activations):
        kernel, bias = layer.get_weights()
        keep = RANDOM.random(b.shape) < run.keep_prob
        with trying('The layers one after the other', 'layers that fit'), (
                np.errstate(all='ignore')):
            if b is not x:
                b = np.where(keep, b / np.float32(run.keep_prob), 0)
            a, b = (np.asarray(K.activations.get(name)(tensor(
                (each @ kernel + bias).astype('float32'))))
                for each in (a, b))
    with trying('network(data)', 'an output'):
        got = np.asarray(run.network(x))
        trained = np.asarray(run.network(x, training=True))
    run.network.set_weights(before)
    return got, a, trained, b
