"""Task 7: task 6, and inverse time decay of the learning rate."""
import numpy as np
import pytest

from tests.grader.expectations import rounded
from tests.tasks import test_06_train as task_6
from tests.tasks.test_04_train import ROWS
from tests.tasks.test_05_train import EPOCHS

STEM = '7-train'
COMPILED = 'the network was compiled with learning rate 0.01'


class TestTask7(task_6.TestTask6):
    """Task 6's sentences, and what task 7 adds."""

    PARAMETERS = (task_6.TestTask6.PARAMETERS
                  + ', learning_rate_decay=False, alpha=0.1, decay_rate=1')

    @pytest.fixture(scope='class')
    def unvalidated(self, train):
        return train(ROWS, 2, early_stopping=True, learning_rate_decay=True)

    @pytest.fixture(scope='class')
    def decaying(self, train, right):
        """A run with decay alone."""
        return train(ROWS, EPOCHS, right, learning_rate_decay=True,
                     alpha=0.04, decay_rate=0.5)

    @pytest.fixture(scope='class')
    def together(self, train, wrong):
        return train(ROWS, EPOCHS, wrong, early_stopping=True,
                     learning_rate_decay=True, alpha=0.02)

    def expect_rates(self, seen, rates, why):
        seen.expect(len(seen.rates) == len(rates)
                    and np.allclose(seen.rates, rates),
                    'The learning rates of the epochs were '
                    f'{rounded(seen.rates)}', f'{rounded(rates)}{why}',
                    'task 7: inverse time decay, alpha / (1 + decay_rate * '
                    'epoch), stepwise after each epoch')

    def test_decay(self, decaying):
        self.expect_rates(decaying, [0.04, 0.04 / 1.5, 0.04 / 2],
                          f' ({COMPILED})')

    def test_message(self, decaying):
        count = decaying.printed.count(
            'LearningRateScheduler setting learning rate')
        decaying.expect(
            count == EPOCHS,
            f'Keras printed {count} messages about the learning rate',
            f'one for each of the {EPOCHS} epochs',
            'task 7: Keras prints a message at each update')

    def test_decay_with_early_stopping(self, together):
        rates = [0.02 / (1 + epoch) for epoch in range(len(together.rates))]
        self.expect_rates(together, rates,
                          f' (decay_rate is 1 by default, and {COMPILED})')

    def test_decays_only_if_asked(self, rising):
        self.expect_rates(
            rising, [0.01] * len(rising.rates),
            f', as learning_rate_decay is False by default and {COMPILED}')

    def test_decays_only_with_validation_data(self, unvalidated):
        self.expect_rates(
            unvalidated, [0.01] * len(unvalidated.rates),
            f', as there is no validation data and {COMPILED}')
