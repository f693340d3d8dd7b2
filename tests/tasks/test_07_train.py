"""Task 7: task 6, and inverse time decay of the learning rate."""
import numpy as np
import tensorflow.keras as K

from tests.grader.expectations import rounded
from tests.tasks import test_06_train as task_6
from tests.tasks.test_04_train import RATE, ROWS

STEM = '7-train'
DECAY = ('task 7: inverse time decay, alpha / (1 + decay_rate * epoch), '
         'stepwise after each epoch')
COMPILED = f'the network was compiled with learning rate {RATE}'


class TestTask7(task_6.TestTask6):
    """Task 6's sentences, and what task 7 adds."""

    PARAMETERS = (task_6.TestTask6.PARAMETERS
                  + ', learning_rate_decay=False, alpha=0.1, decay_rate=1')
    CHOICES = task_6.TestTask6.CHOICES + [[{}, {'learning_rate_decay': True}]]
    ASKED = {**task_6.TestTask6.ASKED, 'learning_rate_decay': True,
             'alpha': 0.006, 'decay_rate': 0.5}

    def numbers(self, i):
        return {**super().numbers(i), 'alpha': 0.006 + 0.01 * (i % 5),
                'decay_rate': 0.5 + i % 3}

    def fit_full(self, train):
        history = super().fit_full(train, callbacks=[
            K.callbacks.LearningRateScheduler(
                lambda epoch: [0.006, 0.006 / 1.5][epoch])])
        return {name: values for name, values in history.items()
                if name not in ('lr', 'learning_rate')}

    def rates(self, seen, epochs):
        """Lists what the learning rates of a training are to be."""
        if not (seen.asked['valid'] and seen.asked.get('learning_rate_decay')):
            return [RATE] * epochs
        alpha = seen.asked.get('alpha', 0.1)
        decay_rate = seen.asked.get('decay_rate', 1)
        return [alpha / (1 + decay_rate * epoch) for epoch in range(epochs)]

    def rates_left(self, seen):
        return [RATE, *self.rates(seen, seen.epochs + 1)[-2:]]

    def expect_rates(self, seen, why, clause=DECAY):
        rates = self.rates(seen, len(seen.rates))
        for epoch, (got, rate) in enumerate(zip(seen.rates, rates)):
            seen.expect(np.allclose(got, got[0]), 'In the batches of epoch '
                        f'{epoch + 1}, the learning rates were '
                        f'{rounded(got)}', f'{rate:.4g} in each', clause)
            first = slice(max(epoch - 4, 0), epoch + 1)
            seen.expect(
                np.allclose(got, rate, rtol=1e-4, atol=0),
                f'The learning rates of the epochs {first.start + 1} to '
                f'{epoch + 1} were '
                f'{rounded(values[0] for values in seen.rates[first])}',
                f'{rounded(rates[first])}{why}', clause)

    def test_decay(self, train):
        for batch_size, epochs, alpha, decay_rate in (
                (20, 20, 0.04, 0.5), (ROWS, 100, 0.0001, 1),
                (ROWS, 12, 0.3, 0), (ROWS, 12, 2.0, 30.0)):
            self.expect_rates(
                train(batch_size, epochs, valid=True, verbose=False,
                      learning_rate_decay=True, alpha=alpha,
                      decay_rate=decay_rate), f' ({COMPILED})')

    def test_decay_by_default(self, train):
        self.expect_rates(
            train(20, 3, valid=True, learning_rate_decay=True),
            f' (alpha is 0.1 and decay_rate 1 by default, and {COMPILED})')

    def test_decay_in_each_combination(self, runs):
        for seen in runs:
            if seen.asked['valid'] and seen.asked.get('learning_rate_decay'):
                self.expect_rates(seen, f' ({COMPILED})')

    def test_message(self, runs):
        for seen in runs:
            count = seen.printed.count(
                'LearningRateScheduler setting learning rate')
            seen.expect(
                count == seen.epochs or not (
                    seen.asked['valid'] and seen.asked.get('verbose', True)
                    and seen.asked.get('learning_rate_decay')),
                f'Keras printed {count} messages about the learning rate',
                f'one for each of the {seen.epochs} epochs',
                'task 7: Keras prints a message at each update')

    def test_decays_only_if_asked(self, runs):
        for seen in runs:
            if not seen.asked.get('learning_rate_decay'):
                self.expect_rates(
                    seen, ', as learning_rate_decay is False by default and '
                    f'{COMPILED}', 'task 7: learning_rate_decay, whether '
                    'the learning rate decays')

    def test_decays_only_with_validation_data(self, runs):
        for seen in runs:
            if not seen.asked['valid']:
                self.expect_rates(
                    seen, f', as there is no validation data and {COMPILED}',
                    'task 7: only if validation_data exists')
