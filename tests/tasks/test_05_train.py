"""Task 5: task 4, and validation data after each epoch."""
import numpy as np

from grader.exam import training
from grader.exam.draw import drawn, trainings
from grader.exam.training import listed

from . import test_04_train as task_4

STEM = '5-train'


class TestTask5(task_4.TestTask4):
    """Task 4's sentences, and what task 5 adds."""

    PARAMETERS = task_4.TestTask4.PARAMETERS + ', validation_data=None'
    CASES, DRAWS = trainings(), 16
    LONG = {**task_4.TestTask4.LONG, 'valid': 3, 'epochs': 100,
            'losses': [1 / (1 + epoch) for epoch in range(100)],
            'verbose': False}
    FULL = {**task_4.TestTask4.FULL, 'valid': 40}

    @drawn()
    def test_validation_data(self, done, case):
        got = done.arguments['validation_data']
        if done.valid:
            done.expect(got is not None, 'fit was given no validation data',
                        'validation_data', 'task 5: analyses validation_data')
            _, (x, y) = training.parts(case)
            done.expect(
                np.array_equal(training.validation_rows(done.arguments),
                               np.hstack([x, y])),
                'fit was given other validation data',
                'validation_data as it is',
                'task 5: analyses validation_data')
        else:
            done.expect(got is None, 'fit was given validation data',
                        'no validation without validation_data',
                        'task 5: validation_data is None by default')

    @drawn()
    def test_validation_losses(self, done):
        losses = training.script(done)[:done.epochs] if done.valid else []
        got = done.history.get('val_loss', [])
        done.expect(np.array_equal(got, losses, equal_nan=True),
                    f'The validation losses in the History are {listed(got)}',
                    f'those of the epochs, {listed(losses)}',
                    'task 4: returns the History object')
