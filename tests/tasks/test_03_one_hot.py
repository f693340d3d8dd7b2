"""Task 3: one-hot labels."""
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.exam.draw import drawn, kept, labels, styles
from grader.exam.expect import expect, kind
from grader.exam.task import Task

STEM = '3-one_hot'
MANY = {'labels': [*range(10)] * 6000 + [9], 'dtype': 'uint8',
        'classes': None, 'style': 1}


class TestTask3(Task):
    """What task 3 asks for."""

    PROTOTYPES = ['one_hot(labels, classes=None)']
    CASES = st.tuples(labels, styles).map(lambda case: {
        'labels': case[0][0], 'dtype': case[0][1], 'classes': case[0][2],
        'style': case[1]})
    DRAWS = 40

    @kept
    def call(self, case):
        """What a call returned."""
        matrix = self.ask(
            'one_hot', case['style'], classes=case['classes'],
            labels=np.array(case['labels'], case['dtype']))
        expect(hasattr(matrix, 'shape'), f'It returned {kind(matrix)}',
               'an array', 'task 3: returns the one-hot matrix')
        return SimpleNamespace(
            matrix=matrix, classes=case['classes'] or max(case['labels']) + 1)

    @drawn()
    def test_numbers(self, done):
        dtype = np.asarray(done.matrix).dtype
        done.expect(dtype.kind in 'iuf', f'It returned an array of {dtype}',
                    'numbers, 0 and 1', 'task 3: a one-hot matrix')

    @pytest.mark.parametrize('told, clause', [
        (True, 'the last dimension is the number of classes'),
        (False, 'classes, by default the largest label plus one')])
    @drawn()
    def test_shape(self, told, clause, done, case):
        want = len(case['labels']), done.classes
        shape = tuple(done.matrix.shape)
        done.expect(shape == want or told != (case['classes'] is not None),
                    f'It returned an array of shape {shape}', f'{want}',
                    f'task 3: {clause}')

    @drawn()
    def test_ones(self, done, case):
        self.expect_ones(done, case['labels'])

    def test_many_labels(self):
        self.expect_ones(self.call(MANY), MANY['labels'])

    def expect_ones(self, done, labels):
        matrix = np.asarray(done.matrix)
        want = np.eye(max(labels) + 1)[labels]
        got = matrix[..., :want.shape[1]]
        done.expect(
            np.array_equal(got, want)
            and np.count_nonzero(matrix) == len(labels),
            f'It returned {matrix[:20].tolist()}'[:300],
            f'a 1 in each row, at {labels[:20]}, and 0 elsewhere',
            'task 3: converts a label vector into a one-hot matrix')
