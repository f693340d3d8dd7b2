"""Task 3: one-hot labels."""
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
)

STEM = '3-one_hot'
# The first ten of MNIST, labels that are missing, all of them one, none but
# 0, and more classes than labels. Their numbers of classes differ, and so do
# those of equal shape.
CALLS = [
    ([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], 'int64', None),
    ([7, 0, 3, 3, 0, 7], 'uint8', None),
    ([2, 2, 2, 2, 2, 2], 'int32', None),
    ([0, 0, 0], 'int8', None),
    ([1], 'int64', None),
    ([2, 0], 'int64', 5),
    ([1, 0, 1], 'uint8', 10),
    ([1, 0, 1], 'uint8', 2),
    ([1, 0, 1], 'int32', np.int64(12)),
    ([300, 0, 299], 'int64', None),
    ([200, 1], 'uint8', None),
    ([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 'int32', None),
    ([3, 1], 'int64', 4),
    (list(range(10)) * 30, 'uint8', 20),
]


@pytest.fixture(scope='module')
def one_hot():
    return function(STEM, 'one_hot')


@pytest.fixture(scope='module')
def returned(one_hot):
    """What each call returned, looked at after all of them."""
    cases = []
    for labels, dtype, classes in CALLS:
        given = np.array(labels, dtype)
        keywords = {} if classes is None else {'classes': classes}
        matrix = one_hot(given, **keywords)
        expect(hasattr(matrix, 'shape'), f'It returned {kind(matrix)}',
               'an array', 'task 3: returns the one-hot matrix')
        cases.append(SimpleNamespace(
            array=given, matrix=matrix, labels=labels, told=keywords,
            classes=classes or max(labels) + 1,
            expect=functools.partial(expect, call=current.call)))
    for case in cases:
        case.matrix = np.asarray(case.matrix)
    return cases


def test_prototype(one_hot):
    expect_prototype(one_hot, 'one_hot(labels, classes=None)', 3)


def test_numbers(returned):
    for case in returned:
        case.expect(case.matrix.dtype.kind in 'iuf',
                    f'It returned an array of dtype {case.matrix.dtype}',
                    'numbers, 0 and 1', 'task 3: a one-hot matrix')


@pytest.mark.parametrize('told, clause', [
    (True, 'the last dimension must be the number of classes'),
    (False, 'classes, by default the largest label plus one')])
def test_shape(returned, told, clause):
    for case in returned:
        want = len(case.labels), case.classes
        case.expect(case.matrix.shape == want or told != bool(case.told),
                    f'It returned an array of shape {case.matrix.shape}',
                    f'{want}', f'task 3: {clause}')


def test_ones(returned):
    for case in returned:
        want = np.eye(max(case.labels) + 1)[case.labels]
        got = case.matrix[..., :want.shape[1]]
        case.expect(
            np.array_equal(got, want)
            and np.count_nonzero(case.matrix) == len(case.labels),
            f'It returned {case.matrix.tolist()}'[:300],
            f'a 1 in each row, at {case.labels[:20]}, and 0 elsewhere',
            'task 3: converts a label vector into a one-hot matrix')


def test_labels_stay(returned):
    for case in returned:
        case.expect(case.array.shape == (len(case.labels),)
                    and case.array.tolist() == case.labels,
                    f'The labels were changed to {case.array.tolist()}',
                    'a new matrix', 'task 3: returns the one-hot matrix')
