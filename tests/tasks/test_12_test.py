"""Task 12: testing a network.

The networks have dropout and L2, and the rows are many batches, the last of
them smaller.
"""
import functools
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    TENSORFLOW,
    current,
    expect,
    expect_prototype,
    function,
    kind,
    same,
    uncolored,
)

STEM = '12-test'
ROWS = 1111
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(ROWS, 8)).astype('float32')


def regularized_network(nodes, last, rows=1):
    """Builds a compiled network, far from what it is to say.

    For a few rows it runs eagerly, as tracing a graph takes longer.
    """
    network = K.Sequential([
        K.Input(shape=(8,)),
        K.layers.Dense(6, 'tanh', kernel_regularizer=K.regularizers.L2(0.1)),
        K.layers.Dropout(0.5), K.layers.Dense(nodes, last)])
    network.set_weights([2 * RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    return compiled(network, TENSORFLOW and rows < ROWS)


def compiled(network, run_eagerly):
    network.compile(K.optimizers.Adam(0.5), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=run_eagerly)
    return network


def state(network):
    """Tells what testing and predicting leave alone."""
    return [*network.get_weights(), np.array(network.optimizer.iterations),
            id(network.optimizer)]


@pytest.fixture(scope='module')
def test_model():
    called = function(STEM, 'test_model')
    called.__test__ = False  # pytest's, by its name
    return called


@pytest.fixture(scope='module')
def tested(test_model):
    """What was returned for two networks, with other rows and labels."""
    cases = []
    for rows, nodes in (ROWS, 5), (40, 3):
        network = regularized_network(nodes, 'softmax', rows)
        y = np.eye(nodes, dtype='float32')[RANDOM.integers(nodes, size=rows)]
        x = X[:rows].copy()
        plain = compiled(K.Model(network.inputs, network.outputs), TENSORFLOW)
        want = plain.evaluate(x, y, batch_size=rows, verbose=0)
        before = state(network)
        cases.append(SimpleNamespace(
            got=test_model(network, x, y, verbose=False), want=want,
            same=same(state(network), before) and np.array_equal(x, X[:rows]),
            expect=functools.partial(expect, call=current.call)))
    return cases


def test_prototype(test_model):
    expect_prototype(
        test_model, 'test_model(network, data, labels, verbose=True)', 12)


def test_loss_and_accuracy(tested):
    clause = 'task 12: returns the loss and accuracy, respectively'
    for case in tested:
        case.expect(np.shape(case.got) == (2,),
                    f'It returned {kind(case.got)}',
                    'the loss and the accuracy', clause)
        case.expect(np.asarray(case.got).dtype.kind == 'f'
                    and np.allclose(np.asarray(case.got, float), case.want,
                                    rtol=1e-5, atol=0),
                    f'It returned {np.asarray(case.got).tolist()}',
                    'the loss and the accuracy '
                    f'that evaluate gives, {case.want}', clause)


def test_leaves_the_network(tested):
    for case in tested:
        case.expect(case.same, 'The network or the data has changed',
                    'a test alone', 'task 12: tests a neural network')


def test_verbose(test_model, capsys):
    clause = 'task 12: verbose determines if output is printed'
    network = regularized_network(3, 'softmax')
    arguments = network, X[:9], np.eye(3)[[0, 1, 2] * 3]
    for keywords in {}, {'verbose': True}:
        test_model(*arguments, **keywords)
        expect(uncolored(capsys.readouterr().out), 'It printed nothing',
               'output; verbose is True by default', clause)
    test_model(*arguments, verbose=False)
    printed = uncolored(capsys.readouterr().out)
    expect(not printed, f'It printed {printed[:30]!r}', 'no output', clause)
