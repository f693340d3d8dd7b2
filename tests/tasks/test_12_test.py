"""Task 12: testing a network.

A test is made for each of the CASES that the tables below make, and every
sentence of the class goes through all of them: `for run in runs`. The networks
have dropout and L2, and most data are many batches, the last of them smaller.
"""
import functools
from types import SimpleNamespace

import numpy as np
import tensorflow.keras as K

from grader.exam.cases import calls, cases
from grader.exam.student import TENSORFLOW, kind, uncolored, unlike
from grader.exam.task import Task, only_silence

STEM = '12-test'
PROTOTYPES = ['test_model(network, data, labels, verbose=True)']
CASES = cases({
    'rows': [40, 1, 32, 33, 111, 1111],
    'labels': [(3, 'float32'), (2, 'float64'), (5, 'float32')],
    'loss': ['categorical_crossentropy', 'mse'],
    'verbose': [None, False, True],
    'style': [0, 4, 3]})
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(5001, 8)).astype('float32')
X[:, 3] *= 40


def ask(student, case):
    """Tests a network; keeps what was returned, printed and expected."""
    rows, (nodes, dtype) = case['rows'], case['labels']
    network = randomized_network(nodes, 'softmax', case['loss'])
    y = np.eye(nodes, dtype=dtype)[np.arange(rows) % nodes]
    x = X[:rows].copy()
    plain = plain_network(network, case['loss'])
    plain.reset_metrics()
    wanted = plain.test_on_batch(x, y)
    got = student.ask('test_model', case['style'], network=network, data=x,
                      labels=y, verbose=case['verbose'])
    return SimpleNamespace(got=got, wanted=wanted,
                           printed=uncolored(student.printed))


runs = calls(ask, CASES)


class TestTask12(Task):
    """What task 12 asks for."""

    def test_two_numbers(self, runs):
        """Task 12: returns the loss and accuracy, respectively."""
        for run in runs:
            good = np.shape(run.got) == (2,) and (
                np.asarray(run.got).dtype.kind == 'f')
            assert good, unlike(
                f'It returned {kind(run.got)}', 'the loss and the accuracy')

    def test_loss_and_accuracy(self, runs):
        """Task 12: returns the loss and accuracy, respectively."""
        for run in runs:
            self.test_two_numbers([run])
            good = np.allclose(np.asarray(run.got, float), run.wanted,
                               rtol=2e-5, atol=1e-6)
            assert good, unlike(
                f'It returned {np.asarray(run.got).tolist()}', 'the loss and '
                f'the accuracy that evaluate gives, {run.wanted}')

    def test_verbose(self, runs):
        """Task 12: verbose determines if output is printed."""
        for run in runs:
            if run.case['verbose'] is None:
                self.test_prototypes(run.student)
            look_at_output(run, run.case['verbose'] is not False)


def look_at_output(run, wanted):
    """Looks at whether a call has printed something."""
    __tracebackhide__ = True
    if wanted:
        assert run.printed, unlike(
            'It printed nothing', 'output, because verbose is True')
    else:
        only_silence(run.printed)


def randomized_network(*how):
    """Gives the same network other weights, far from what they are to say.

    So a result that was kept from an earlier call shows.
    """
    network = regularized_network(*how)
    network.set_weights([RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    return network


@functools.cache
def regularized_network(nodes, last, loss):
    """Builds a network with what differs between training and testing.

    It has a branch: its layers aren't called one after the other.
    """
    inputs = K.Input(shape=(8,))
    x = K.layers.Dense(8, 'tanh', kernel_regularizer=K.regularizers.L2(0.1))(
        inputs)
    x = K.layers.Add()([K.layers.Dropout(0.5)(x), inputs])
    network = K.Model(inputs, K.layers.Dense(nodes, last)(x))
    network.run_eagerly = TENSORFLOW
    return compiled(network, loss) if loss else network


@functools.cache
def plain_network(network, loss):
    """Compiles the layers of a network apart, so it stays as it is."""
    return compiled(K.Model(network.inputs[0], network.outputs[0]), loss)


def compiled(network, loss):
    """Compiles a network. It runs eagerly: tracing a graph takes longer."""
    network.compile(K.optimizers.Adam(0.5), loss,
                    metrics=['accuracy'], run_eagerly=TENSORFLOW)
    return network
