"""Task 13: predicting with a network."""
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st

from grader.exam.draw import drawn, flags, kept, styles
from grader.exam.expect import current, differ_most, expect, kind, uncolored
from grader.exam.task import Task

from .test_12_test import RANDOM, X, regularized_network

STEM = '13-predict'
CLAUSE = 'task 13: returns the prediction for the data'


class TestTask13(Task):
    """What task 13 asks for."""

    PROTOTYPES = ['predict(network, data, verbose=False)']
    CASES = st.fixed_dictionaries({
        'rows': st.sampled_from([40, 1, 31, 32, 33, 64, 111]),
        'network': st.sampled_from([(3, 'softmax'), (5, 'softmax'),
                                    (3, None), (1, 'tanh')]),
        'compiled': st.booleans(), 'style': styles, 'verbose': flags})
    DRAWS = 9

    @kept
    def call(self, case):
        """What a call returned and printed."""
        network = regularized_network(
            *case['network'], case['rows'] < 200, case['compiled'])
        x = X[-case['rows']:].copy()
        got = self.ask('predict', case['style'], network=network, data=x,
                       verbose=case['verbose'])
        return SimpleNamespace(got=got, want=np.asarray(network(x)),
                               printed=uncolored(current.printed))

    @drawn()
    def test_prediction(self, done):
        self.expect_prediction(done)

    def test_many_rows(self):
        self.expect_prediction(self.call({
            'rows': 5001, 'network': (3, 'softmax'), 'style': 2,
            'verbose': None, 'compiled': True}))

    def test_remembers_nothing(self):
        network = regularized_network(3, 'softmax', True)
        x, results = X[:9].copy(), []
        for _ in range(2):
            network.set_weights([RANDOM.normal(size=weights.shape)
                                 for weights in network.get_weights()])
            results.append(self.ask('predict', network=network, data=x))
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

    @drawn()
    def test_verbose(self, done, case):
        clause = 'task 13: verbose determines if output is printed'
        if case['verbose']:
            done.expect(done.printed, 'It printed nothing', 'output', clause)
        else:
            done.expect(not done.printed,
                        f'It printed {done.printed[:60]!r}', 'no output, '
                        'because verbose is False by default', clause)
