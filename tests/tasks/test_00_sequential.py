"""Task 0: a network with Sequential."""
import building
import pytest
import tensorflow.keras as K
from graded import expect

STEM = '0-sequential'


@pytest.fixture(scope='module')
def build_model(task):
    return task(STEM, 'build_model')


class TestTask0(building.Builds):
    """The sentences of tasks 0 and 1, and those of task 0 alone."""

    TASK = 0

    def test_sequential(self, network):
        expect(isinstance(network, K.Sequential),
               f'It returned a {type(network).__name__}', 'a K.Sequential',
               'task 0: builds a neural network with Sequential')

    def test_no_input(self, build_model):
        expect('Input' not in building.names_in(build_model.module),
               'The file uses Input', 'a network without it',
               'task 0: you are not allowed to use the Input class',
               call='')
