"""Task 2: compiling with Adam."""
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam.draw import drawn, kept, optimizers, styles
from grader.exam.expect import TENSORFLOW, describe, expect, kind
from grader.exam.surroundings import COMPILED, OPTIMIZER, RATE, STEPS
from grader.exam.task import Task

STEM = '2-optimize'
ELSE = 'task 2: Adam, the loss and the metric, and nothing else'
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 8)).astype('float32')
LABELS = RANDOM.integers(12, size=60)


def new_network(case):
    """Builds a network with a frozen layer, and surer than a new one."""
    # Keras looks through a softmax for the logits, but not a Reshape.
    classes = case['classes']
    network = K.Sequential([
        K.Input(shape=(8,)), K.layers.Dense(6, 'tanh'),
        *[K.layers.Dropout(0.5)] * case['dropout'],
        K.layers.Dense(classes, 'softmax'), K.layers.Reshape((classes,))])
    network.layers[0].trainable = False
    network.set_weights([4 * RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    if case['compiled']:
        network.compile(K.optimizers.Adam(0.5, 0.1, 0.2), 'mse')
        network.optimizer.build(network.trainable_variables)
        network.optimizer.iterations.assign(3)
    return network


def targets(network):
    """Returns labels with the number of classes that a network tells.

    They are not one-hot: for such, other losses are the cross-entropy too.
    """
    one = np.eye(network.output_shape[-1], dtype='float32')
    return 0.75 * one[LABELS % len(one)] + 0.25 * one[(LABELS + 1) % len(one)]


def adam(optimizer):
    """Returns the class of Adam that an optimizer is of, or None."""
    legacy = getattr(K.optimizers, 'legacy', None)  # of Keras 2
    kinds = [K.optimizers.Adam, getattr(legacy, 'Adam', None)]
    if type(optimizer).__name__ == 'Adam':
        return next(filter(kinds.count, type(optimizer).__mro__), None)


def settings(network):
    """Lists what a network was compiled with, but for what is asked for."""
    config = network.get_compile_config()
    names = 'loss_weights', 'weighted_metrics', 'run_eagerly', 'jit_compile'
    return {**{name: config.get(name) or None for name in names},
            'steps_per_execution': config.get('steps_per_execution') or 1}


class TestTask2(Task):
    """What task 2 asks for."""

    PROTOTYPES = ['optimize_model(network, alpha, beta1, beta2)']
    MAY_CHANGE = {'optimize_model': [COMPILED, OPTIMIZER, STEPS, RATE]}
    CASES = st.tuples(optimizers, styles, st.sampled_from([2, 3, 4, 12]),
                      st.booleans(), st.booleans()).map(lambda case: {
                          **case[0], 'style': case[1], 'classes': case[2],
                          'dropout': case[3], 'compiled': case[4]})
    DRAWS = 12

    def optimize(self, network, case):
        return self.ask('optimize_model', case['style'], network=network,
                        **{name: case[name] for name in (
                            'alpha', 'beta1', 'beta2')})

    @kept
    def call(self, case):
        """A compiled network for a case."""
        network = new_network(case)
        old = getattr(network, 'optimizer', None)
        returned = self.optimize(network, case)
        optimizer = getattr(network, 'optimizer', None)
        expect(optimizer is not None and optimizer is not old,
               'The network is not compiled anew', 'a compiled network',
               'task 2: sets up Adam optimization')
        return SimpleNamespace(network=network, returned=returned,
                               optimizer=optimizer)

    @drawn()
    def test_returns_none(self, done):
        done.expect(done.returned is None, f'It returned '
                    f'{kind(done.returned)}', 'None', 'task 2: returns None')

    @drawn()
    def test_adam(self, done):
        done.expect(adam(done.optimizer),
                    f'The optimizer is {kind(done.optimizer)}', 'Adam',
                    'task 2: sets up Adam optimization')

    @drawn(count=2)
    def test_optimizer_of_its_own(self, done, case):
        network = new_network(case)
        self.optimize(network, case)
        expect(network.optimizer is not done.optimizer, 'The network shares '
               'its optimizer with one that was compiled before',
               'one of its own', 'task 2: two networks have two optimizers')

    @pytest.mark.parametrize('name, argument', [
        ('learning_rate', 'alpha'), ('beta_1', 'beta1'), ('beta_2', 'beta2')])
    @drawn()
    def test_parameters(self, name, argument, done, case):
        got, want = done.optimizer.get_config().get(name), case[argument]
        good = not isinstance(got, dict) and np.isclose(
            np.array(got, 'float'), want, atol=0)
        done.expect(good, f'The optimizer has {name} {got}',
                    f'{argument}, {want}',
                    f'task 2: {argument} is the {name} of Adam')

    @drawn()
    def test_nothing_else_is_set(self, done):
        plain = K.Sequential([K.Input((1,)), K.layers.Dense(1)])
        plain.compile('adam', 'categorical_crossentropy',
                      metrics=['accuracy'])
        pairs = [(settings(done.network), settings(plain))]
        if adam(done.optimizer):
            pairs.append((done.optimizer.get_config(),
                          adam(done.optimizer)().get_config()))
        for got, wanted in pairs:
            for name, want in wanted.items():
                if name not in ('name', 'learning_rate', 'beta_1', 'beta_2'):
                    done.expect(got.get(name) == want,
                                f'It sets {name} to {got.get(name)}',
                                f"{want}, Keras's default", ELSE)

    @drawn(count=6)
    def test_loss_and_accuracy(self, done):
        clause = 'task 2: categorical crossentropy loss and accuracy metrics'
        network = done.network
        network.run_eagerly = TENSORFLOW
        network.reset_metrics()
        guess = np.asarray(network(X), 'float64')
        y = targets(network)
        try:
            got = network.test_on_batch(X, y, return_dict=True)
        except Exception as error:
            done.expect(False, 'network.test_on_batch of labels of shape '
                        f'{y.shape} raised {describe(error)}',
                        'a loss and an accuracy', clause)
        loss, metrics = got.pop('loss', np.nan), [*got]
        done.expect(
            len(metrics) == 1 and metrics == ['accuracy'],
            f'The metrics are called {metrics}', "['accuracy']", clause)
        want = -(y * np.log(np.clip(guess, 1e-7, 1))).sum(axis=1).mean()
        done.expect(np.isclose(loss, want, rtol=1e-4),
                    f'The loss of labels such as {y[0]} is {loss:.6g}',
                    'the categorical cross-entropy, -sum(labels * '
                    f'log(output)), {want:.6g}', clause)
        accuracy = got[metrics[0]]
        want = (guess.argmax(axis=1) == y.argmax(axis=1)).mean()
        done.expect(np.isclose(accuracy, want),
                    f'The metric is {accuracy:.4f}',
                    f'the accuracy, {want:.4f}', clause)
