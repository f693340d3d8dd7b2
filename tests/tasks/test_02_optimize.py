"""Task 2: compiling with Adam.

Three networks are compiled, one of which was before, and then looked at: what
is kept from one call to the next shows.
"""
import functools
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    KERAS_3,
    TENSORFLOW,
    current,
    describe,
    expect,
    expect_prototype,
    function,
    kind,
    same,
)

STEM = '2-optimize'
CALLS = [(0.01, 0.99, 0.9), (0.00234, 0.765, 0.8125), (0.01, 0.99, 0.9)]
NOTHING_ELSE = 'task 2: Adam, the loss and the metric, and nothing else'
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(60, 8)).astype('float32')
LABELS = RANDOM.integers(12, size=60)


def new_network(classes, *more):
    """Builds a network with a frozen layer, and surer than a new one."""
    # Keras looks through a softmax for the logits, but not a Reshape.
    network = K.Sequential([
        K.Input(shape=(8,)), K.layers.Dense(6, 'tanh'), *more,
        K.layers.Dense(classes, 'softmax'), K.layers.Reshape((classes,))])
    network.layers[0].trainable = False
    network.set_weights([4 * RANDOM.normal(size=weights.shape)
                         for weights in network.get_weights()])
    return network


def targets(network):
    """Gives labels with the number of classes that a network tells.

    They are not one-hot: for such, other losses are the cross-entropy too.
    """
    one = np.eye(network.output_shape[-1], dtype='float32')
    return 0.75 * one[LABELS % len(one)] + 0.25 * one[(LABELS + 1) % len(one)]


def state(network):
    """Tells what compiling leaves alone."""
    return ([id(layer) for layer in network.layers],
            [layer.trainable for layer in network.layers])


def adam(optimizer):
    """Gives the class of Adam that an optimizer is of, or None."""
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


@pytest.fixture(scope='module')
def optimize_model():
    return function(STEM, 'optimize_model')


@pytest.fixture(scope='module')
def compiled(optimize_model):
    """The networks, each with what it was, and its call."""
    K.utils.set_random_seed(0)
    networks = [new_network(4, K.layers.Dropout(0.5)), new_network(3),
                new_network(2, K.layers.Dropout(0.5))]
    networks[1].compile(K.optimizers.Adam(0.5, 0.1, 0.2), 'mse',
                        run_eagerly=TENSORFLOW)
    networks[1].train_on_batch(X, targets(networks[1]))
    cases = []
    for network, arguments in zip(networks, CALLS):
        weights, before = network.get_weights(), state(network)
        old = getattr(network, 'optimizer', None)
        returned = optimize_model(network, *arguments)
        told = functools.partial(expect, call=current.call)
        optimizer = getattr(network, 'optimizer', None)
        told(optimizer is not None and optimizer is not old,
             'The network was not compiled', 'that',
             'task 2: sets up Adam optimization')
        cases.append(SimpleNamespace(
            network=network, arguments=arguments, returned=returned,
            weights=weights, before=before, optimizer=optimizer,
            expect=told))
    return cases


def test_prototype(optimize_model):
    expect_prototype(optimize_model,
                     'optimize_model(network, alpha, beta1, beta2)', 2)


def test_returns_none(compiled):
    for case in compiled:
        case.expect(case.returned is None, f'It returned '
                    f'{kind(case.returned)}', 'None', 'task 2: returns None')


def test_adam(compiled):
    for case in compiled:
        case.expect(adam(case.optimizer),
                    f'The optimizer is {kind(case.optimizer)}', 'Adam',
                    'task 2: sets up Adam optimization')


@pytest.mark.parametrize('name, argument, index', [
    ('learning_rate', 'alpha', 0), ('beta_1', 'beta1', 1),
    ('beta_2', 'beta2', 2)])
def test_parameters(compiled, name, argument, index):
    for case in compiled:
        got, want = case.optimizer.get_config().get(name), case.arguments[
            index]
        good = not isinstance(got, dict) and np.isclose(
            np.array(got, 'float'), want)
        ignored = not KERAS_3 and name == 'learning_rate' and got == 0.001
        case.expect(good, f'The optimizer has {name} {got}' + (
            ', its default (Keras 2 ignores lr=...)' if ignored else ''),
            f'{argument}, {want}',
            f'task 2: {argument} is the {name} of Adam')


def test_nothing_else_is_set(compiled):
    plain = new_network(4)
    plain.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
    for case in compiled:
        pairs = [(settings(case.network), settings(plain))]
        if adam(case.optimizer):
            pairs.append((case.optimizer.get_config(),
                          adam(case.optimizer)().get_config()))
        for got, wanted in pairs:
            for name, want in wanted.items():
                if name not in ('name', 'learning_rate', 'beta_1', 'beta_2'):
                    case.expect(got.get(name) == want,
                                f'It sets {name} to {got.get(name)}',
                                f"{want}, Keras's default", NOTHING_ELSE)


def test_each_has_its_own(compiled):
    for number, case in enumerate(compiled):
        case.expect(
            all(case.optimizer is not other.optimizer
                for other in compiled[:number]),
            'The network shares its optimizer with one that was compiled '
            'before', 'one of its own', 'task 2: sets up Adam optimization')


def test_network_stays(compiled):
    for case in compiled:
        case.expect(same(case.network.get_weights(), case.weights),
                    "The network's weights have changed", 'compiling alone',
                    NOTHING_ELSE)
        case.expect(state(case.network) == case.before,
                    "The network's layers have changed, or which of them are "
                    'trainable', 'compiling alone', NOTHING_ELSE)


def test_loss_and_accuracy(compiled):
    clause = 'task 2: categorical crossentropy loss and accuracy metrics'
    for case in compiled:
        network = case.network
        network.run_eagerly = TENSORFLOW
        network.reset_metrics()
        guess = np.asarray(network(X), 'float64')
        y = targets(network)
        try:
            got = network.test_on_batch(X, y, return_dict=True)
        except Exception as error:
            case.expect(False, 'network.test_on_batch of labels of shape '
                        f'{y.shape} raised {describe(error)}',
                        'a loss and an accuracy', clause)
        loss, metrics = got.pop('loss', np.nan), [*got]
        case.expect(
            len(metrics) == 1 and 'acc' in metrics[0],
            f'The metrics are {metrics}', "['accuracy']", clause)
        accuracy = got[metrics[0]]
        want = -(y * np.log(np.clip(guess, 1e-7, 1))).sum(axis=1).mean()
        case.expect(np.isclose(loss, want, rtol=1e-4),
                    f'The loss of labels such as {y[0]} is {loss:.6g}',
                    'the categorical cross-entropy, -sum(labels * '
                    f'log(output)), {want:.6g}', clause)
        want = (guess.argmax(axis=1) == y.argmax(axis=1)).mean()
        case.expect(np.isclose(accuracy, want),
                    f'The metric is {accuracy:.4f}',
                    f'the accuracy, {want:.4f}', clause)
