"""Task 3: one-hot labels."""
import numpy as np
import pytest

from tests.grader.expectations import expect, expect_prototype, function

STEM = '3-one_hot'
FIRST_TEN = [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]


@pytest.fixture(scope='module')
def one_hot():
    return function(STEM, 'one_hot')


def test_prototype(one_hot):
    expect_prototype(one_hot, 'one_hot(labels, classes=None)', 3)


def test_first_ten_labels(one_hot, mnist):
    labels = mnist.y_train[:10].astype(int)
    matrix = np.asarray(one_hot(labels))
    want = np.eye(10)[FIRST_TEN]
    expect(matrix.dtype.kind in 'iuf',
           f'It returned an array of dtype {matrix.dtype}',
           'numbers, 0 and 1', 'task 3: a one-hot matrix')
    expect(np.array_equal(matrix, want),
           f'It returned an array of shape {matrix.shape} with ones at '
           f'{np.argwhere(matrix)[:, -1].tolist()}',
           f'shape (10, 10) and ones at {FIRST_TEN}',
           'task 3: converts a label vector into a one-hot matrix')


def test_classes(one_hot):
    matrix = np.asarray(one_hot(np.array([2, 0]), 5))
    expect(matrix.shape == (2, 5),
           f'It returned an array of shape {matrix.shape}', '(2, 5)',
           'task 3: the last dimension must be the number of classes')
    expect(matrix.argmax(axis=1).tolist() == [2, 0],
           f'It returned {matrix.tolist()}', 'ones at 2 and 0',
           'task 3: converts a label vector into a one-hot matrix')


def test_default_classes(one_hot):
    matrix = np.asarray(one_hot(np.array([2, 0, 2])))
    expect(matrix.shape == (3, 3),
           f'It returned an array of shape {matrix.shape}',
           '(3, 3), as the largest label is 2',
           'task 3: classes, by default the largest label plus one')


def test_labels_stay(one_hot):
    labels = np.array([2, 0, 2])
    one_hot(labels)
    expect(labels.tolist() == [2, 0, 2],
           f'The labels were changed to {labels}', 'a new matrix',
           'task 3: returns the one-hot matrix')
