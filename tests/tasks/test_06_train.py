"""Task 6: task 5, and an end when the validation loss stops improving."""
import pytest

from tests.tasks import test_05_train as task_5
from tests.tasks.test_04_train import ROWS
from tests.tasks.test_05_train import EPOCHS

STEM = '6-train'
STOP = 'task 6: early stopping on the validation loss, with patience'
WHY = ('the labels of the validation data are wrong on purpose, so that '
       'their loss is lowest after the first epoch')


class TestTask6(task_5.TestTask5):
    """Task 5's sentences, and what task 6 adds."""

    PARAMETERS = (task_5.TestTask5.PARAMETERS
                  + ', early_stopping=False, patience=0')

    @pytest.fixture(scope='class')
    def unvalidated(self, train):
        """A run that is asked for all, without validation data."""
        return train(ROWS, 2, early_stopping=True)

    @pytest.fixture(scope='class')
    def falling(self, train, right):
        """A run so slow that the loss falls and the accuracy stays."""
        return train(ROWS, EPOCHS, right, early_stopping=True, rate=1e-5)

    @pytest.fixture(scope='class')
    def together(self, train, wrong):
        """A run that stops early, with all the rest that can be asked."""
        return train(ROWS, EPOCHS, wrong, early_stopping=True)

    def expect_epochs(self, seen, epochs, why, clause=STOP):
        count = len(seen.history['loss'])
        seen.expect(count == epochs, f'It trained for {count} epochs',
                    f'{epochs}, as {why}', clause)

    def test_patience(self, train, wrong):
        self.expect_epochs(train(ROWS, 5, wrong, True, 2), 3,
                           f'patience is 2 and {WHY}')

    def test_no_patience(self, together):
        self.expect_epochs(together, 2,
                           f'patience is 0 by default and {WHY}')

    def test_goes_on_while_loss_falls(self, falling):
        self.expect_epochs(falling, EPOCHS,
                           'the validation loss falls in each')

    def test_only_if_asked(self, rising):
        self.expect_epochs(rising, EPOCHS,
                           'early_stopping is False by default',
                           'task 6: early_stopping, whether to stop early')

    def test_goes_on_without_validation_data(self, unvalidated):
        self.expect_epochs(unvalidated, 2, 'there is no validation data',
                           'task 6: only if validation_data exists')
