"""Task 1: the same network with the functional API.

The sentences are those of task 0, in test_00_sequential.py, which also makes
the calls. What differs is the class, and the forbidden name.
"""
import tensorflow.keras as K

from grader.exam.student import kind, unlike

from . import test_00_sequential as task_0

STEM = '1-input'
PROTOTYPES = task_0.PROTOTYPES
runs, again = task_0.runs, task_0.again


class TestTask1(task_0.TestTask0):
    """Task 0's sentences, with another class and another forbidden name."""

    def test_class(self, runs):
        """Task 1: builds a neural network with Input and Model."""
        inputs = K.Input((1,))
        functional = type(K.Model(inputs, K.layers.Dense(1)(inputs)))
        for run in runs:
            self.test_network([run])
            good = isinstance(run.network, functional) and not isinstance(
                run.network, K.Sequential)
            assert good, unlike(
                f'It returned {kind(run.network)}, which is not what '
                'K.Model(inputs, outputs) gives', 'a K.Model of inputs and '
                'outputs')

    def test_forbidden_name(self, student):
        """Task 1: you are not allowed to use the Sequential class."""
        assert 'Sequential' not in task_0.used(student), unlike(
            'The file uses the name Sequential', 'a network without it')
