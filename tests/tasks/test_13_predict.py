"""Task 13: predicting with a network."""
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.draw import called, drawn, flags, kept, styles
from grader.expect import (
    current,
    differ_most,
    expect,
    expect_of_this_call,
    expect_untouched,
    function,
    kind,
    uncolored,
)
from grader.mains import expect_main
from grader.prototype import expect_prototype
from tests.tasks.test_12_test import RANDOM, X, regularized_network

STEM = '13-predict'
CLAUSE = 'task 13: returns the prediction for the data'
TESTS = 30
CASES = st.fixed_dictionaries({
    'rows': st.sampled_from([40, 1, 31, 32, 33, 64, 111]),
    'network': st.sampled_from([(3, 'softmax'), (5, 'softmax'), (3, None),
                                (1, 'tanh')]), 'style': styles,
    'verbose': flags})


class TestTask13:
    """What task 13 asks for."""

    @pytest.fixture(scope='class')
    def predict(self):
        return function(STEM, 'predict')

    @pytest.fixture(scope='class')
    def predicted(self, predict):
        """What a call returned and printed."""
        @kept
        def test(case):
            network = regularized_network((
                *case['network'], case['rows'] < 200))
            x = X[-case['rows']:].copy()
            values = {'network': network, 'data': x}
            if case['verbose'] is not None:
                values['verbose'] = case['verbose']
            got = called(predict, ['network', 'data', 'verbose'], values,
                         case['style'])
            return SimpleNamespace(
                got=got, want=np.asarray(network(x)),
                printed=uncolored(current.printed),
                expect=expect_of_this_call())

        return test

    def test_prototype(self, predict):
        expect_prototype(predict, 'predict(network, data, verbose=False)', 13)

    @drawn(CASES, TESTS)
    def test_prediction(self, predicted, case):
        self.expect_prediction(predicted(case))

    def test_many_rows(self, predicted):
        self.expect_prediction(predicted({
            'rows': 5001, 'network': (3, 'softmax'), 'style': 2,
            'verbose': None}))

    def test_remembers_nothing(self, predict):
        network = regularized_network((3, 'softmax', True))
        x, results = X[:9].copy(), []
        for _ in range(2):
            network.set_weights([RANDOM.normal(size=weights.shape)
                                 for weights in network.get_weights()])
            results.append(np.array(predict(network, x)))
        expect(not np.array_equal(*results), 'After the network has changed, '
               'it returned the prediction of before', 'a new prediction',
               'the rules: a call remembers nothing')

    def expect_prediction(self, done):
        done.expect(hasattr(done.got, 'shape'),
                    f'It returned {kind(done.got)}', 'an array', CLAUSE)
        got, want = np.asarray(done.got), done.want
        done.expect(got.shape == want.shape,
                    f'It returned an array of shape {got.shape}',
                    f"{want.shape}, the network's output for each row",
                    CLAUSE)
        done.expect(got.dtype.kind == 'f', f'It returned {got.dtype}',
                    'numbers as the network gives them', CLAUSE)
        good = np.allclose(got, want, rtol=1e-5, atol=1e-6)
        shown = differ_most(got, want) if not good else ('', '')
        done.expect(good, f'In what it returned, {shown[0]}',
                    f"the network's output, {shown[1]}", CLAUSE)

    @drawn(CASES, TESTS)
    def test_verbose(self, predicted, case):
        clause = 'task 13: verbose determines if output is printed'
        done = predicted(case)
        if case['verbose']:
            done.expect(done.printed, 'It printed nothing', 'output', clause)
        else:
            done.expect(not done.printed,
                        f'It printed {done.printed[:60]!r}', 'no output, '
                        'because verbose is False by default', clause)

    def test_main(self):
        expect_main(STEM)

    def test_changes_nothing_else(self, predicted):
        expect_untouched(13)
