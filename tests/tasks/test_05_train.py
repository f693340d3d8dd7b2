"""Task 5: task 4, and a look at validation data after each epoch."""
import numpy as np
import pytest

from tests.grader import training
from tests.tasks import test_04_train as task_4

STEM = '5-train'
EPOCHS = 2


class TestTask5(task_4.TestTask4):
    """Task 4's sentences, and what task 5 adds."""

    PARAMETERS = task_4.TestTask4.PARAMETERS + ', validation_data=None'
    CHOICES = task_4.TestTask4.CHOICES + [[{}, {'valid': True}]]
    EPOCHS, ASKED = EPOCHS, {}  # of a training with all there is

    @pytest.fixture(scope='class')
    def full(self, train):
        """A training with all that can be asked for.

        The labels of its validation data are wrong on purpose, so that the
        validation loss rises.
        """
        return train(72, self.EPOCHS, losses=None, valid=True, **self.ASKED)

    def fit_full(self, train, **kwargs):
        """Gives the history that such a training has with plain `fit`."""
        return task_4.fit(*train.parts[:2], 72, EPOCHS,
                          validation_data=tuple(train.parts[2:]), **kwargs)

    def test_validation_data(self, train, runs):
        rows = training.side_by_side(train.parts[2:])
        for seen in runs:
            got = seen.arguments['validation_data']
            if seen.asked['valid']:
                seen.expect(got is not None, 'fit got no validation data',
                            'a look at validation_data after each epoch',
                            'task 5: validation_data, if not None')
                seen.expect(
                    np.array_equal(training.side_by_side(got), rows),
                    'fit got other validation data', 'validation_data',
                    'task 5: validation_data, if not None')
            else:
                seen.expect(got is None, 'fit got validation data',
                            'no validation without validation_data',
                            'task 5: validation_data is None by default')

    def test_validation_losses(self, runs):
        for seen in runs:
            losses = self.SCRIPT[:seen.epochs] if seen.asked['valid'] else []
            got = seen.history.get('val_loss', [])
            seen.expect(got == losses, 'The validation losses in the History '
                        f'are {task_4.listed(got)}',
                        f'those of the epochs, {task_4.listed(losses)}',
                        'task 4: returns the History object')

    def test_same_as_fit(self, train, full):
        self.expect_history(full, self.fit_full(train))
