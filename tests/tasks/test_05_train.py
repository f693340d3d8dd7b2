"""Task 5: task 4, and a look at validation data after each epoch."""
import numpy as np
import pytest

from tests.tasks import test_04_train as task_4
from tests.tasks.test_04_train import BATCH, ROWS

STEM = '5-train'
EPOCHS = 3


class TestTask5(task_4.TestTask4):
    """Task 4's sentences, and what task 5 adds."""

    PARAMETERS = task_4.TestTask4.PARAMETERS + ', validation_data=None'

    @pytest.fixture(scope='class')
    def right(self, data):
        """Validation data whose loss falls: the first of the rows."""
        return data.x[:BATCH], data.y[:BATCH]

    @pytest.fixture(scope='class')
    def wrong(self, right):
        """The same with wrong labels, so that its loss rises."""
        return right[0], np.roll(right[1], 1, axis=1)

    @pytest.fixture(scope='class')
    def rising(self, train, wrong):
        """A run whose validation loss rises, and nothing is asked."""
        return train(ROWS, EPOCHS, wrong)

    def test_validation_data(self, rising, wrong):
        clause = 'task 5: validation_data, if not None'
        values = rising.history.get('val_loss', [])
        rising.expect(
            len(values) == len(rising.history['loss']),
            f'The History holds {len(values)} validation losses',
            'one for each epoch', clause)
        loss = rising.network.evaluate(*wrong, verbose=0)[0]
        rising.expect(
            np.isclose(values[-1], loss, rtol=1e-4),
            f'The last validation loss is {values[-1]:.4g}',
            f'that of the validation data, {loss:.4g} (high, as their labels '
            'are wrong on purpose)', clause)

    def test_without_validation_data(self, plain):
        plain.expect(
            not any(name.startswith('val_') for name in plain.history),
            f'The History holds {sorted(plain.history)}',
            'no validation without validation_data',
            'task 5: validation_data is None by default')
