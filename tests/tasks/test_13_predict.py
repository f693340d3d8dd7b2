"""Task 13: predicting with a network."""
import functools
from types import SimpleNamespace

import numpy as np
import pytest

from tests.grader.expectations import (
    current,
    expect,
    expect_prototype,
    function,
    kind,
    same,
    uncolored,
)
from tests.tasks.test_12_test import ROWS, X, regularized_network, state

STEM = '13-predict'
CLAUSE = 'task 13: returns the prediction for the data'


@pytest.fixture(scope='module')
def predict():
    return function(STEM, 'predict')


@pytest.fixture(scope='module')
def predicted(predict):
    """What was returned for many rows, for one, and where no row sums to 1."""
    cases = []
    for rows, nodes, last in ((ROWS, 5, 'softmax'), (40, 3, None),
                              (1, 1, 'tanh'), (40, 3, 'softmax')):
        network, x = regularized_network(nodes, last, rows), X[-rows:].copy()
        want, before = np.asarray(network(x)), state(network)
        cases.append(SimpleNamespace(
            got=predict(network, x), want=want,
            same=same(state(network), before) and np.array_equal(
                x, X[-rows:]),
            expect=functools.partial(expect, call=current.call)))
    return cases


def test_prototype(predict):
    expect_prototype(predict, 'predict(network, data, verbose=False)', 13)


def test_prediction(predicted):
    for case in predicted:
        case.expect(hasattr(case.got, 'shape'),
                    f'It returned {kind(case.got)}', 'an array', CLAUSE)
        got, want = np.asarray(case.got), case.want
        case.expect(got.shape == want.shape,
                    f'It returned an array of shape {got.shape}',
                    f"{want.shape}, the network's output for each row",
                    CLAUSE)
        case.expect(got.dtype.kind == 'f', f'It returned {got.dtype}',
                    'numbers as the network gives them', CLAUSE)
        rows = np.flatnonzero(~np.isclose(
            got, want, rtol=1e-5, atol=1e-7).all(axis=1))
        row = rows[0] if len(rows) else 0
        case.expect(not len(rows), f'Row {row} of it is {got[row]}',
                    f"the network's output, {want[row]}", CLAUSE)


def test_leaves_the_network(predicted):
    for case in predicted:
        case.expect(case.same, 'The network or the data has changed',
                    'a prediction alone', CLAUSE)


def test_verbose(predict, capsys):
    clause = 'task 13: verbose determines if output is printed'
    network = regularized_network(3, 'softmax')
    for keywords in {}, {'verbose': False}:
        predict(network, X[:9], **keywords)
        printed = uncolored(capsys.readouterr().out)
        expect(not printed, f'It printed {printed[:30]!r}',
               'no output; verbose is False by default', clause)
    predict(network, X[:9], verbose=True)
    expect(uncolored(capsys.readouterr().out), 'It printed nothing',
           'output', clause)
