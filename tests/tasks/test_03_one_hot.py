"""Task 3: one-hot labels."""
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.draw import called, drawn, kept, labels, styles
from grader.expect import (
    expect,
    expect_of_this_call,
    expect_untouched,
    function,
    kind,
)
from grader.mains import expect_main
from grader.prototype import expect_prototype

STEM = '3-one_hot'
CALLS = 40
CASES = st.tuples(labels, styles).map(lambda case: {
    'labels': case[0][0], 'dtype': case[0][1], 'classes': case[0][2],
    'style': case[1]})
MANY = {'labels': [*range(10)] * 6000 + [9], 'dtype': 'uint8',
        'classes': None, 'style': 1}


class TestTask3:
    """What task 3 asks for."""

    @pytest.fixture(scope='class')
    def one_hot(self):
        return function(STEM, 'one_hot')

    @pytest.fixture(scope='class')
    def returned(self, one_hot):
        """What a call returned, looked at after others."""
        @kept
        def call(case):
            values = {'labels': np.array(case['labels'], case['dtype'])}
            if case['classes'] is not None:
                values['classes'] = case['classes']
            matrix = called(one_hot, ['labels', 'classes'], values,
                            case['style'])
            expect(hasattr(matrix, 'shape'), f'It returned {kind(matrix)}',
                   'an array', 'task 3: returns the one-hot matrix')
            return SimpleNamespace(
                matrix=matrix, expect=expect_of_this_call(),
                classes=case['classes'] or max(case['labels']) + 1)

        return call

    def test_prototype(self, one_hot):
        expect_prototype(one_hot, 'one_hot(labels, classes=None)', 3)

    @drawn(CASES, CALLS)
    def test_each_call(self, returned, case):
        returned(case)  # so the sentences below see what others have changed

    @drawn(CASES, CALLS)
    def test_numbers(self, returned, case):
        done = returned(case)
        dtype = np.asarray(done.matrix).dtype
        done.expect(dtype.kind in 'iuf', f'It returned an array of {dtype}',
                    'numbers, 0 and 1', 'task 3: a one-hot matrix')

    @pytest.mark.parametrize('told, clause', [
        (True, 'the last dimension is the number of classes'),
        (False, 'classes, by default the largest label plus one')])
    @drawn(CASES, CALLS)
    def test_shape(self, returned, told, clause, case):
        done = returned(case)
        want = len(case['labels']), done.classes
        shape = tuple(done.matrix.shape)
        done.expect(shape == want or told != (case['classes'] is not None),
                    f'It returned an array of shape {shape}', f'{want}',
                    f'task 3: {clause}')

    @drawn(CASES, CALLS)
    def test_ones(self, returned, case):
        self.expect_ones(returned(case), case['labels'])

    def test_many_labels(self, returned):
        self.expect_ones(returned(MANY), MANY['labels'])

    def expect_ones(self, done, labels):
        matrix = np.asarray(done.matrix)
        want = np.eye(max(labels) + 1)[labels]
        got = matrix[..., :want.shape[1]]
        done.expect(
            np.array_equal(got, want)
            and np.count_nonzero(matrix) == len(labels),
            f'It returned {matrix.tolist()}'[:300],
            f'a 1 in each row, at {labels[:20]}, and 0 elsewhere',
            'task 3: converts a label vector into a one-hot matrix')

    def test_main(self):
        expect_main(STEM)

    def test_changes_nothing_else(self, returned):
        expect_untouched(3)
