"""Task 13: predicting with a network."""
import numpy as np
import pytest

from tests.grader.expectations import (
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    uncolored,
)

STEM = '13-predict'


@pytest.fixture(scope='module')
def predict():
    return function(STEM, 'predict')


@pytest.fixture
def network():
    return new_network()


def test_prototype(predict):
    expect_prototype(predict, 'predict(network, data, verbose=False)', 13)


def test_probabilities(predict, network, data):
    got = predict(network, data.x)
    clause = 'task 13: returns the prediction for the data'
    expect(got is not None, f'It returned {kind(got)}', 'the prediction',
           clause)
    got = np.asarray(got)
    expect(got.shape == (200, 10),
           f'It returned an array of shape {got.shape}',
           '(200, 10), a probability for each class', clause)
    want = network.predict(data.x, verbose=0)
    expect(np.allclose(got, want, atol=1e-5),
           f'The first row is {got[0].round(3)}',
           f"the network's probabilities, {want[0].round(3)}", clause)


def test_verbose(predict, network, data, capsys):
    clause = 'task 13: verbose determines if output is printed'
    predict(network, data.x)
    printed = uncolored(capsys.readouterr().out)
    expect(not printed, f'It printed {printed[:30]!r}',
           'no output, as verbose is False by default', clause)
    predict(network, data.x, True)
    expect(capsys.readouterr().out, 'It printed nothing', 'output', clause)
