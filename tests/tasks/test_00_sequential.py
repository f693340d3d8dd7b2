"""Task 0: a network with Sequential."""
import ast

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import expect, expect_prototype, function, kind

STEM = '0-sequential'
LAYERS = [16, 8, 4]
ACTIVATIONS = ['tanh', 'relu', 'softmax']


def kinds(network):
    """Lists the classes of a network's layers, without the input."""
    return [type(layer).__name__ for layer in network.layers
            if type(layer).__name__ != 'InputLayer']


def dense(network):
    """Lists the Dense layers of a network."""
    return [layer for layer in network.layers
            if isinstance(layer, K.layers.Dense)]


def names_in(module):
    """Lists the names and attributes that a module's code uses."""
    with open(module.__file__, encoding='utf-8') as file:
        tree = ast.parse(file.read())
    return {getattr(node, 'attr', getattr(node, 'id', None))
            for node in ast.walk(tree)}


class TestTask0:
    """What tasks 0 and 1 ask for alike, and last what differs."""

    @pytest.fixture
    def build_model(self, request):
        return function(request.module.STEM, 'build_model')

    @pytest.fixture
    def network(self, build_model):
        network = build_model(30, LAYERS, ACTIVATIONS, 0.02, 0.8)
        expect(isinstance(network, K.Model), f'It returned {kind(network)}',
               'a network', 'tasks 0 and 1: returns the keras model')
        return network

    def test_prototype(self, request, build_model):
        expect_prototype(
            build_model,
            'build_model(nx, layers, activations, lambtha, keep_prob)',
            request.module.STEM[0])

    def test_layers(self, network):
        want = ['Dense', 'Dropout', 'Dense', 'Dropout', 'Dense']
        expect(kinds(network) == want,
               f'The layers are {kinds(network)}', f'{want}',
               'tasks 0 and 1: dropout after every layer except the last')

    def test_one_layer_has_no_dropout(self, build_model):
        network = build_model(4, [3], ['softmax'], 0.001, 0.95)
        expect(kinds(network) == ['Dense'],
               f'The layers are {kinds(network)}', "['Dense']",
               'tasks 0 and 1: no dropout after the last layer')

    def test_built(self, network):
        count = len(network.weights) if network.built else 0
        expect(count == 6, f'The network has {count} weights',
               '6, three kernels and three biases, before it sees any data',
               'tasks 0 and 1: builds a neural network')

    def test_nodes(self, network):
        nodes = [layer.units for layer in dense(network)]
        expect(nodes == LAYERS, f'The layers have {nodes} nodes', f'{LAYERS}',
               'tasks 0 and 1: layers, the number of nodes in each layer')

    def test_inputs(self, network):
        shape = tuple(network.input_shape)
        expect(shape[1:] == (30,), f'The input has shape {shape}',
               '(None, 30)', 'tasks 0 and 1: nx, the number of features')

    def test_activations(self, network):
        names = [layer.activation.__name__ for layer in dense(network)]
        expect(names == ACTIVATIONS, f'The activations are {names}',
               f'{ACTIVATIONS}',
               'tasks 0 and 1: activations, one for each layer')

    def test_kernel_regularizer(self, network):
        for layer in dense(network):
            loss = (float(layer.kernel_regularizer(layer.kernel))
                    if layer.kernel_regularizer else 0)
            want = 0.02 * float(np.sum(np.square(layer.get_weights()[0])))
            expect(np.isclose(loss, want, rtol=1e-4),
                   f'The L2 loss of a layer of {layer.units} nodes is '
                   f'{loss:.5g}', f'lambtha * sum(kernel ** 2), {want:.5g}',
                   'tasks 0 and 1: lambtha, the L2 parameter')

    def test_only_kernels_regularized(self, network):
        for layer in dense(network):
            expect(layer.bias is not None and layer.bias_regularizer is None
                   and layer.activity_regularizer is None,
                   f'A layer of {layer.units} nodes regularizes its bias or '
                   'its activity, or has no bias',
                   'L2 on the kernel alone', 'tasks 0 and 1: lambtha')

    def test_one_loss_per_layer(self, network):
        count = len(network.losses)
        expect(count == len(LAYERS), f'The network has {count} losses',
               f'{len(LAYERS)}, one for each layer',
               'tasks 0 and 1: the L2 loss of every layer')

    def test_dropout_rate(self, network):
        for layer in network.layers:
            if isinstance(layer, K.layers.Dropout):
                expect(np.isclose(layer.rate, 0.2),
                       f'The rate of dropout is {layer.rate}',
                       '1 - keep_prob, 0.2',
                       'tasks 0 and 1: keep_prob, that a node is kept')

    def test_class(self, network):
        expect(isinstance(network, K.Sequential),
               f'It returned a {type(network).__name__}', 'a K.Sequential',
               'task 0: builds a neural network with Sequential')

    def test_forbidden_name(self, build_model):
        expect('Input' not in names_in(build_model.module),
               'The file uses Input', 'a network without it',
               'task 0: you are not allowed to use the Input class',
               call='')
