"""Task 13: predicting with a network.

A prediction is made for each of the CASES that the tables below make, and
every sentence of the class goes through all of them: `for run in runs`. The
networks are those of test_12_test.py.
"""
from types import SimpleNamespace

import numpy as np

from grader.exam.cases import calls, cases
from grader.exam.student import differ_most, kind, uncolored, unlike
from grader.exam.task import Task

from .test_12_test import X, look_at_output, randomized_network

STEM = '13-predict'
PROTOTYPES = ['predict(network, data, verbose=False)']
CASES = cases({
    'rows': [40, 1, 32, 33, 111, 5001],
    'network': [(3, 'softmax'), (5, 'softmax'), (3, None), (1, 'tanh')],
    'loss': ['categorical_crossentropy', None],  # or it isn't compiled
    'verbose': [None, False, True],
    'style': [0, 3, 2]})


def ask(student, case):
    """Predicts; keeps what was returned, printed and expected."""
    network = randomized_network(*case['network'], case['loss'])
    x = X[-case['rows']:].copy()
    got = student.ask('predict', case['style'], network=network, data=x,
                      verbose=case['verbose'])
    return SimpleNamespace(got=got, wanted=np.asarray(network(x)),
                           close=0 if 'softmax' in case['network'] else 1e-8,
                           printed=uncolored(student.printed))


runs = calls(ask, CASES)


class TestTask13(Task):
    """What task 13 asks for."""

    def test_prediction(self, runs):
        """Task 13: returns the prediction for the data."""
        for run in runs:
            assert hasattr(run.got, 'shape'), unlike(
                f'It returned {kind(run.got)}', 'an array')
            got, wanted = np.asarray(run.got), run.wanted
            assert got.shape == wanted.shape, unlike(
                f'It returned an array of shape {got.shape}',
                f"{wanted.shape}, the network's output for each row")
            assert got.dtype.kind == 'f', unlike(
                f'It returned numbers of type {got.dtype}',
                'numbers as the network gives them')
            good = np.allclose(got, wanted, rtol=1e-4, atol=run.close)
            shown = ('', '') if good else differ_most(got, wanted)
            is_rounded = not good and any(np.array_equal(
                got, wanted.round(digits)) for digits in range(10))
            assert good, unlike(
                f'In what it returned, {shown[0]}' + ', rounded' * is_rounded,
                f"the network's output, {shown[1]}")

    def test_verbose(self, runs):
        """Task 13: verbose determines if output is printed."""
        for run in runs:
            if run.case['verbose'] is None:
                self.test_prototypes(run.student)
            look_at_output(run, bool(run.case['verbose']))
