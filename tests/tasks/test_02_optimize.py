"""Task 2: compiling with Adam."""
import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    describe,
    expect,
    expect_prototype,
    function,
    kind,
    rate_of,
)

STEM = '2-optimize'


@pytest.fixture(scope='module')
def optimize_model():
    return function(STEM, 'optimize_model')


@pytest.fixture
def network():
    # Keras looks through a softmax for the logits, but not a Reshape.
    return K.Sequential([K.Input(shape=(784,)),
                         K.layers.Dense(10, activation='softmax'),
                         K.layers.Reshape((10,))])


@pytest.fixture
def optimizer(optimize_model, network):
    """The optimizer that the main of task 2 looks at."""
    optimize_model(network, 0.01, 0.99, 0.9)
    optimizer = getattr(network, 'optimizer', None)
    expect(optimizer is not None, 'The network was not compiled', 'that',
           'task 2: sets up Adam optimization')
    expect(type(optimizer).__name__ == 'Adam',
           f'The optimizer is {type(optimizer).__name__}', 'Adam',
           'task 2: sets up Adam optimization')
    return optimizer


def test_prototype(optimize_model):
    expect_prototype(optimize_model,
                     'optimize_model(network, alpha, beta1, beta2)', 2)


def test_returns_none(optimize_model, network):
    returned = optimize_model(network, 0.01, 0.99, 0.9)
    expect(returned is None, f'It returned {kind(returned)}', 'None',
           'task 2: returns None')


def test_learning_rate(optimizer, network):
    expect(np.isclose(rate_of(network), 0.01),
           f'The learning rate is {rate_of(network):.6g}', 'alpha, 0.01',
           'task 2: alpha is the learning rate')


def test_moments(optimizer):
    got = [round(float(np.array(beta)), 6)
           for beta in (optimizer.beta_1, optimizer.beta_2)]
    expect(np.allclose(got, (0.99, 0.9)),
           f'(beta_1, beta_2) are ({got[0]}, {got[1]})', '(0.99, 0.9)',
           'task 2: beta1 and beta2 are the Adam parameters')


def test_loss_and_accuracy(optimizer, network, mnist):
    x, labels = mnist.x_train[:100], mnist.y_train[:100]
    guess = network.predict(x, verbose=0)
    chosen = guess[np.arange(100), labels]
    clause = 'task 2: categorical crossentropy loss and accuracy metrics'
    try:
        got = network.evaluate(x, np.eye(10, dtype='float32')[labels],
                               verbose=0)
    except Exception as error:
        expect(False, f'network.evaluate of one-hot labels raised '
               f'{describe(error)}', 'a loss and an accuracy', clause)
    expect(np.ndim(got) == 1 and len(got) == 2,
           f'network.evaluate gives {got}', 'a loss and an accuracy', clause)
    expect(np.isclose(got[0], -np.log(chosen).mean(), rtol=1e-3),
           f'The loss of one-hot labels is {got[0]:.4f}',
           f'their categorical cross-entropy, {-np.log(chosen).mean():.4f}',
           clause)
    accuracy = (guess.argmax(axis=1) == labels).mean()
    expect(np.isclose(got[1], accuracy), f'The metric is {got[1]:.4f}',
           f'the accuracy, {accuracy:.4f}', clause)


def test_metric_name(optimizer, network, mnist):
    history = network.fit(mnist.x_train[:32], np.eye(10)[mnist.y_train[:32]],
                          verbose=0).history
    expect(any('acc' in name for name in history),
           f'A History holds {sorted(history)}', "'accuracy' too",
           'task 2: accuracy metrics')
