"""Task 3: one-hot labels.

A call is made of each of the CASES below, and every sentence of the class goes
through all of them: `for run in runs`. To try other labels, add a line.
"""
import os
import tempfile
from types import SimpleNamespace

import numpy as np

from grader.exam.cases import calls
from grader.exam.student import KERAS_3, kind, unlike
from grader.exam.task import Task

STEM = '3-one_hot'
PROTOTYPES = ['one_hot(labels, classes=None)']
TRIED = [  # labels, their type, classes, and how many are given by position
    ([2, 0, 1, 4], 'int64', None, 0), ([2, 0, 1, 1, 4], 'int64', 5, 0),
    ([2, 0, 1], 'int64', 6, 2),  # more classes than labels
    ([0], 'int64', None, 1), ([0], 'uint8', 256, 1), ([3], 'int64', None, 0),
    ([1, 0], 'uint8', 2, 2), ([5, 5, 5], 'int32', None, 0),
    ([0, 0], 'int8', 1, 0), ([7, 2, 9, 9, 0, 3], 'uint8', 10, 1),
    ([12, 299, 3], 'uint16', None, 1), ([200, 1], 'uint8', None, 0),
    ([126, 0], 'int8', None, 2), ([4, 3, 2, 1, 0], 'int32', 5, 0),
    ([6, 1], 'int64', np.int64(12), 2), ([0, 1, 0, 1], 'uint8', 300, 0),
    # With NumPy 1, the largest of uint64 plus one is a float.
    ([*range(30)], 'int64', None, 1),
    ([8, 0, 8], 'uint64' if KERAS_3 else 'uint32', None, 0),
    ([1, 299, 150], 'int64', 301, 2), ([10, 11, 12], 'int32', 20, 0),
    ([*range(10)] * 7000 + [9], 'uint8', None, 1)]  # as many as MNIST has
CASES = [dict(zip(('labels', 'dtype', 'classes', 'style'), case))
         for case in TRIED]


def one_hot(student, case):
    """Calls the function; keeps what it returned."""
    labels = np.array(case['labels'], case['dtype'])
    matrix = student.ask('one_hot', case['style'], labels=labels,
                         classes=case['classes'])
    return SimpleNamespace(matrix=matrix)


def one_hot_again(student, case):
    """Calls the function again, after its first result was changed."""
    first = np.asarray(one_hot(student, case).matrix)
    if first.flags.writeable:
        first[...] = 7
    os.chdir(tempfile.mkdtemp())  # the first call may have deleted the folder
    return one_hot(student, case)


runs = calls(one_hot, CASES)
again = calls(one_hot_again, CASES[:1])


class TestTask3(Task):
    """What task 3 asks for."""

    def test_matrix(self, runs):
        """Task 3: returns the one-hot matrix."""
        for run in runs:
            assert hasattr(run.matrix, 'shape'), unlike(
                f'It returned {kind(run.matrix)}', 'an array')

    def test_rows(self, runs):
        """Task 3: a row for each label."""
        for run in runs:
            self.test_matrix([run])
            count, shape = len(run.case['labels']), tuple(run.matrix.shape)
            assert (len(shape), *shape[:1]) == (2, count), unlike(
                f'For {count} labels, it returned shape {shape}',
                f'({count}, {classes(run)}), a row for each label')

    def test_classes(self, runs):
        """Task 3: the last dimension is the number of classes."""
        for run in runs:
            self.test_rows([run])
            (rows, columns), wanted = run.matrix.shape, classes(run)
            why = ('classes' if run.case['classes'] else
                   'the largest label plus one')
            assert columns == wanted, unlike(
                f'It returned shape ({rows}, {columns})',
                f'({rows}, {wanted}), because {why} is {wanted}')

    def test_numbers(self, runs):
        """Task 3: a one-hot matrix of numbers, 0 and 1."""
        for run in runs:
            self.test_matrix([run])
            dtype = np.asarray(run.matrix).dtype
            assert dtype.kind in 'iuf', unlike(
                f'It returned an array of {dtype}', 'numbers')

    def test_ones(self, runs):
        """Task 3: converts a label vector into a one-hot matrix."""
        for run in runs:
            self.test_classes([run])
            self.test_numbers([run])
            matrix, labels = np.asarray(run.matrix), run.case['labels']
            wanted = np.eye(classes(run))[labels]
            wrong = (matrix != wanted).any(axis=1)
            row = int(wrong.argmax())  # the first, if any
            ones = ', '.join(map(str, np.flatnonzero(matrix[row])[:5]))
            assert not wrong.any(), unlike(
                f'Row {row}, of label {labels[row]}, '
                + (f'has {matrix[row].max():g} in column {ones}' if ones
                   else 'has zeros alone'),
                f'a 1 in column {labels[row]}, and 0 elsewhere')

    def test_again(self, again):
        """Task 3: no call depends on earlier ones."""
        self.test_ones(again)


def classes(run):
    """Returns the number of columns that a call asks for."""
    return int(run.case['classes'] or max(run.case['labels']) + 1)
