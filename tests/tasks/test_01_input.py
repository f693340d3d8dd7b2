"""Task 1: the same network with the functional API."""
import tensorflow.keras as K

from grader.exam.draw import drawn
from grader.exam.expect import kind

from . import test_00_sequential as task_0

STEM = '1-input'


class TestTask1(task_0.TestTask0):
    """Task 0's sentences, with another class and another forbidden name."""

    @drawn(count=1)
    def test_class(self, done):
        inputs = K.Input((1,))
        functional = type(K.Model(inputs, K.layers.Dense(1)(inputs)))
        done.expect(isinstance(done.network, functional)
                    and not isinstance(done.network, K.Sequential),
                    f'It returned {kind(done.network)}, which is not what '
                    'K.Model(inputs, outputs) gives', 'a K.Model of inputs '
                    'and outputs', 'task 1: builds a neural network with '
                    'Input and Model')

    def test_forbidden_name(self):
        self.expect_not_used('Sequential')
