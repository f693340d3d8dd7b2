"""Task 12: testing a network.

The networks have dropout and L2, and most data are many batches, the last of
them smaller.
"""
import functools
from types import SimpleNamespace

import numpy as np
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam.draw import drawn, flags, kept, styles
from grader.exam.expect import TENSORFLOW, current, expect, kind, uncolored
from grader.exam.task import Task

STEM = '12-test'
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(5001, 8)).astype('float32')


@functools.lru_cache(maxsize=None)
def regularized_network(nodes, last, eager, compile=True):
    """Builds a network, far from what it is to say.

    For a few rows it runs eagerly, as tracing a graph takes longer.
    """
    network = K.Sequential([
        K.Input(shape=(8,)),
        K.layers.Dense(6, 'tanh', kernel_regularizer=K.regularizers.L2(0.1)),
        K.layers.Dropout(0.5), K.layers.Dense(nodes, last)])
    network.set_weights([RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    if compile:
        return compiled(network, eager)
    network.run_eagerly = TENSORFLOW and eager
    return network


@functools.lru_cache(maxsize=None)
def plain_network(network):
    """Compiles the layers of a network apart, so it stays as it is."""
    return compiled(K.Sequential([K.Input(shape=(8,)), *network.layers]))


def compiled(network, eager=True):
    network.compile(K.optimizers.Adam(0.5), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=TENSORFLOW and eager)
    return network


class TestTask12(Task):
    """What task 12 asks for."""

    PROTOTYPES = ['test_model(network, data, labels, verbose=True)']
    CASES = st.fixed_dictionaries({
        'rows': st.sampled_from([40, 1, 31, 32, 33, 64, 111]),
        'nodes': st.sampled_from([3, 2, 5]), 'style': styles,
        'verbose': flags})
    DRAWS = 8

    @kept
    def call(self, case):
        """What a call returned and printed."""
        rows, nodes = case['rows'], case['nodes']
        network = regularized_network(nodes, 'softmax', rows < 200)
        y = np.eye(nodes, dtype='float32')[np.arange(rows) % nodes]
        x = X[:rows].copy()
        plain = plain_network(network)
        plain.reset_metrics()
        want = plain.test_on_batch(x, y)
        got = self.ask('test_model', case['style'], network=network, data=x,
                       labels=y, verbose=case['verbose'])
        return SimpleNamespace(got=got, want=want,
                               printed=uncolored(current.printed))

    @drawn()
    def test_loss_and_accuracy(self, done):
        self.expect_results(done)

    def expect_results(self, done):
        clause = 'task 12: returns the loss and accuracy, respectively'
        done.expect(np.shape(done.got) == (2,),
                    f'It returned {kind(done.got)}',
                    'the loss and the accuracy', clause)
        done.expect(np.asarray(done.got).dtype.kind == 'f'
                    and np.allclose(np.asarray(done.got, float), done.want,
                                    rtol=2e-5, atol=1e-6),
                    f'It returned {np.asarray(done.got).tolist()}',
                    'the loss and the accuracy that evaluate gives, '
                    f'{done.want}', clause)

    @drawn()
    def test_verbose(self, done, case):
        clause = 'task 12: verbose determines if output is printed'
        if case['verbose'] is not False:
            done.expect(done.printed, 'It printed nothing',
                        'output, because verbose is True by default', clause)
        else:
            done.expect(not done.printed,
                        f'It printed {done.printed[:60]!r}', 'no output',
                        clause)

    def test_many_rows(self):
        self.expect_results(self.call(dict(rows=1111, nodes=3, style=3,
                                           verbose=False)))

    def test_remembers_nothing(self):
        network = regularized_network(3, 'softmax', True)
        x, y = X[:9].copy(), np.eye(3, dtype='float32')[[0, 1, 2] * 3]
        results = []
        for _ in range(2):
            network.set_weights([RANDOM.normal(size=weights.shape)
                                 for weights in network.get_weights()])
            results.append(np.asarray(self.ask(
                'test_model', network=network, data=x, labels=y,
                verbose=False)).tolist())
        expect(results[0] != results[1], 'After the network has changed, it '
               'returned the result of before', 'a new result',
               'the rules: a call remembers nothing')
