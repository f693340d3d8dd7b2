"""Task 1: the same network with the functional API."""
import building
import pytest
import tensorflow.keras as K
from graded import expect, same

STEM = '1-input'


@pytest.fixture(scope='module')
def build_model(task):
    return task(STEM, 'build_model')


class TestTask1(building.Builds):
    """The sentences of tasks 0 and 1, and those of task 1 alone."""

    TASK = 1

    def test_functional(self, network):
        expect(isinstance(network, K.Model)
               and not isinstance(network, K.Sequential),
               f'It returned a {type(network).__name__}', 'a K.Model',
               'task 1: builds a neural network with Input and Model')

    def test_no_sequential(self, build_model):
        expect('Sequential' not in building.names_in(build_model.module),
               'The file uses Sequential', 'a network without it',
               'task 1: you are not allowed to use the Sequential class',
               call='')
