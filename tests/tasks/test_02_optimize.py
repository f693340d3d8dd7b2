"""Task 2: compiling with Adam.

A network is compiled for each of the CASES that the tables below make, and
every sentence of the class goes through all of them: `for run in runs`.
"""
from types import SimpleNamespace

import numpy as np
import tensorflow.keras as K

from grader.exam.cases import calls, cases
from grader.exam.student import TENSORFLOW, kind, trying, unlike
from grader.exam.surroundings import COMPILED, OPTIMIZER, RATE, STEPS
from grader.exam.task import Task, only_none

STEM = '2-optimize'
PROTOTYPES = ['optimize_model(network, alpha, beta1, beta2)']
MAY_CHANGE = {'optimize_model': [COMPILED, OPTIMIZER, STEPS, RATE]}
CASES = cases({
    'alpha': [0.002, 1.0, 0.00234, 2.5e-7],
    'beta1': [0.8, 0.0, 0.999],
    'beta2': [0.95, 0.0, 0.99999],
    'style': [0, 4],
    'classes': [4, 2, 12],
    'dropout': [False, True],
    'compiled': [False, True]})
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 8)).astype('float32')
LABELS = RANDOM.integers(12, size=60)


def optimize(student, case):
    """Compiles a network; keeps what was returned."""
    network = new_network(case)
    old = getattr(network, 'optimizer', None)
    returned = student.ask(
        'optimize_model', network=network, **{
            name: case[name] for name in ('style', 'alpha', 'beta1', 'beta2')})
    return SimpleNamespace(
        network=network, returned=returned, old=old,
        optimizer=getattr(network, 'optimizer', None))


runs = calls(optimize, CASES)
twice = calls(lambda student, case: SimpleNamespace(pair=[
    optimize(student, case) for _ in range(2)]), CASES[:2])


class TestTask2(Task):
    """What task 2 asks for."""

    def test_compiles(self, runs):
        """Task 2: sets up Adam optimization."""
        for run in runs:
            good = run.optimizer is not None and run.optimizer is not run.old
            assert good, unlike('The network is not compiled anew',
                                'a compiled network')

    def test_returns_none(self, runs):
        """Task 2: returns None."""
        for run in runs:
            only_none(run.returned)

    def test_adam(self, runs):
        """Task 2: sets up Adam optimization."""
        for run in runs:
            self.test_compiles([run])
            assert adam(run.optimizer), unlike(
                f'The optimizer is {kind(run.optimizer)}', 'Adam')

    def test_optimizer_of_its_own(self, twice):
        """Task 2: two networks have two optimizers."""
        for run in twice:
            first, second = run.pair
            self.test_compiles(run.pair)
            assert first.optimizer is not second.optimizer, unlike(
                'The network shares its optimizer with one that was compiled '
                'before', 'one of its own')

    def test_learning_rate(self, runs):
        """Task 2: alpha is the learning rate."""
        for run in runs:
            self.expect_parameter(run, 'learning_rate', 'alpha')

    def test_beta_1(self, runs):
        """Task 2: beta1 is the first Adam optimization parameter."""
        for run in runs:
            self.expect_parameter(run, 'beta_1', 'beta1')

    def test_beta_2(self, runs):
        """Task 2: beta2 is the second Adam optimization parameter."""
        for run in runs:
            self.expect_parameter(run, 'beta_2', 'beta2')

    def expect_parameter(self, run, name, argument):
        """Task 2: Adam with the parameters that are given."""
        self.test_adam([run])
        got = run.optimizer.get_config().get(name)
        wanted = run.case[argument]
        good = not isinstance(got, dict) and np.isclose(
            np.array(got, 'float'), wanted, atol=0)
        assert good, unlike(f'The optimizer has {name}={got}',
                            f'{argument}, {wanted}')

    def test_nothing_else_is_set(self, runs):
        """Task 2: Adam, the loss and the metric, and nothing else."""
        plain = K.Sequential([K.Input((1,)), K.layers.Dense(1)])
        plain.compile('adam', 'categorical_crossentropy',
                      metrics=['accuracy'])
        for run in runs:
            self.test_adam([run])
            config = adam(run.optimizer)().get_config()
            for got, wanted in ((settings(run.network), settings(plain)),
                                (run.optimizer.get_config(), config)):
                for name in {*wanted} - {'name', 'learning_rate', 'beta_1',
                                         'beta_2'}:
                    assert got.get(name) == wanted[name], unlike(
                        f'It sets {name} to {got.get(name)}',
                        f"{wanted[name]}, Keras's default")

    def test_metrics(self, runs):
        """Task 2: accuracy metrics."""
        for run in runs:
            self.test_nothing_else_is_set([run])
            run.tested = results_of(run)
            metrics = [name for name in run.tested[0] if name != 'loss']
            assert metrics == ['accuracy'], unlike(
                f'The metrics are called {metrics}', "['accuracy']")

    def test_loss(self, runs):
        """Task 2: categorical crossentropy loss."""
        for run in runs:
            self.test_metrics([run])
            results, y, guess = run.tested
            wanted = -(y * np.log(np.clip(guess, 1e-7, 1))).sum(axis=1).mean()
            wanted += sum(map(float, run.network.losses))  # of L2
            assert np.isclose(results['loss'], wanted, rtol=1e-4), unlike(
                f'The loss of labels such as {y[0]} is {results["loss"]:.6g}',
                'the categorical cross-entropy, -sum(labels * log(output)), '
                f'{wanted:.6g}')

    def test_accuracy(self, runs):
        """Task 2: accuracy metrics."""
        for run in runs:
            self.test_metrics([run])
            results, y, guess = run.tested
            got = results['accuracy']
            wanted = (guess.argmax(axis=1) == y.argmax(axis=1)).mean()
            assert np.isclose(got, wanted), unlike(
                f'The metric is {got:.4f}', f'the accuracy, {wanted:.4f}')


def new_network(case):
    """Builds a network with a frozen layer, and surer than a new one."""
    # Keras looks through a softmax for the logits, but not a Reshape.
    classes = case['classes']
    network = K.Sequential([
        K.Input(shape=(8,)), K.layers.Dense(6, 'tanh'),
        *[K.layers.Dropout(0.5)] * case['dropout'],
        K.layers.Dense(classes, 'softmax',
                       kernel_regularizer=K.regularizers.L2(0.01)),
        K.layers.Reshape((classes,))])
    network.layers[0].trainable = False
    network.set_weights([4 * RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    if case['compiled']:
        network.compile(K.optimizers.Adam(0.5, 0.1, 0.2), 'mse')
        network.optimizer.build(network.trainable_variables)
        network.optimizer.iterations.assign(3)
    return network


def results_of(run):
    """Returns the results of a test, its labels and the network's output.

    The usual network is tested in two batches, one of them smaller.
    The labels are not one-hot: for such, other losses are the cross-entropy
    too.
    """
    network = run.network
    one = np.eye(network.output_shape[-1], dtype='float32')
    y = 0.75 * one[LABELS % len(one)] + 0.25 * one[(LABELS + 1) % len(one)]
    network.run_eagerly = TENSORFLOW
    guess = np.asarray(network(X), 'float64')
    with trying(f'With the loss {network.loss!r:.60}, network.evaluate',
                'the categorical cross-entropy and the accuracy'):
        results = network.evaluate(
            X, y, 40 if run.case == CASES[0] else 60, verbose=0,
            return_dict=True)
    network.run_eagerly = False
    return results, y, guess


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
