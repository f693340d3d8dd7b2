"""Task 12: testing a network."""
import numpy as np
import pytest

from tests.grader.expectations import (
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    rounded,
    uncolored,
)

STEM = '12-test'


@pytest.fixture(scope='module')
def test_model():
    called = function(STEM, 'test_model')
    called.__test__ = False  # pytest's, by its name
    return called


@pytest.fixture
def network():
    return new_network()


def test_prototype(test_model):
    expect_prototype(
        test_model, 'test_model(network, data, labels, verbose=True)', 12)


def test_loss_and_accuracy(test_model, network, data):
    want = network.evaluate(data.x, data.y, verbose=0)
    got = test_model(network, data.x, data.y)
    clause = 'task 12: returns the loss and accuracy, respectively'
    expect(np.shape(got) == (2,), f'It returned {kind(got)}',
           'the loss and the accuracy', clause)
    expect(np.allclose(np.asarray(got, 'float32'), want, rtol=1e-4),
           f'It returned {rounded(got)}',
           f'the loss and the accuracy, {rounded(want)}', clause)


def test_verbose(test_model, network, data, capsys):
    clause = 'task 12: verbose determines if output is printed'
    test_model(network, data.x, data.y)
    expect(capsys.readouterr().out, 'It printed nothing',
           'output, as verbose is True by default', clause)
    test_model(network, data.x, data.y, False)
    printed = uncolored(capsys.readouterr().out)
    expect(not printed, f'It printed {printed[:30]!r}', 'no output', clause)
