"""Task 7: task 6, and inverse time decay of the learning rate."""
import re

import numpy as np
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam import training
from grader.exam.draw import DECAY, STOP, drawn, focused, trainings
from grader.exam.expect import rounded

from . import test_06_train as task_6

STEM = '7-train'
CLAUSE = ('task 7: inverse time decay, alpha / (1 + decay_rate * epoch), in '
          'steps of one epoch')
MESSAGE = 'LearningRateScheduler setting learning rate'
DECAYS = focused(**{**DECAY, 'learning_rate_decay': st.just(True)})


class TestTask7(task_6.TestTask6):
    """Task 6's sentences, and what task 7 adds."""

    PARAMETERS = (task_6.TestTask6.PARAMETERS
                  + ', learning_rate_decay=False, alpha=0.1, decay_rate=1')
    CASES, DRAWS = trainings(**STOP, **DECAY), 16
    LONG = {**task_6.TestTask6.LONG, 'learning_rate_decay': True}
    FULL = {**task_6.TestTask6.FULL, 'learning_rate_decay': True,
            'alpha': 0.006, 'decay_rate': 0.5}

    def fit(self):
        history = training.fit(self.FULL, [K.callbacks.LearningRateScheduler(
            lambda epoch: [0.006, 0.006 / 1.5][epoch])])
        return {name: values for name, values in history.items()
                if name not in ('lr', 'learning_rate')}

    def allowed(self, done):
        """Allows Keras's message, which a scheduler may print anyway."""
        return done.asks('learning_rate_decay') and not re.sub(
            rf'(?m)^Epoch \d+: {MESSAGE} to .*', '', done.printed).strip()

    def rates(self, done, epochs):
        """Lists what the learning rates of a training are to be."""
        if not done.asks('learning_rate_decay'):
            return [training.RATE] * epochs
        alpha = done.case.get('alpha', 0.1)
        decay_rate = done.case.get('decay_rate', 1)
        return [alpha / (1 + decay_rate * epoch) for epoch in range(epochs)]

    def rates_left(self, done):
        return [training.RATE, *self.rates(done, done.epochs + 1)[-2:]]

    def expect_long(self, done):
        super().expect_long(done)
        self.expect_rates(done, '')

    def expect_rates(self, done, why, clause=CLAUSE):
        rates = self.rates(done, len(done.rates))
        wrong = ~np.isclose(done.rates, np.reshape(rates, (-1, 1)), rtol=1e-4,
                            atol=0).all(axis=1)
        epoch = int(wrong.argmax())  # the first that is wrong, if any
        got, first = done.rates[epoch], max(epoch - 4, 0)
        done.expect(not wrong.any() or np.ptp(got) == 0, 'In the batches of '
                    f'epoch {epoch + 1}, the learning rates were '
                    f'{rounded(got)}', f'{rates[epoch]:.4g} in each', clause)
        epochs = slice(first, epoch + 1)
        shown = [rounded(values) for values in (
            [batch[0] for batch in done.rates[epochs]], rates[epochs])]
        if epoch:
            what = f'rates of epochs {first + 1} to {epoch + 1} were'
        else:
            what, shown = 'rate of epoch 1 was', [each[0] for each in shown]
        done.expect(not wrong.any(), f'The learning {what} {shown[0]}',
                    f'{shown[1]}{why}', clause)

    @drawn(DECAYS, 8)
    def test_decay(self, done, case):
        self.expect_decay(done, case)

    def test_decay_rates(self):
        for alpha, decay_rate in (0.3, 0), (2.0, 30.0), (1e-6, 1):
            case = {'batch_size': 70, 'epochs': 14, 'rows': 30, 'valid': 3,
                    'style': 5, 'learning_rate_decay': True, 'alpha': alpha,
                    'decay_rate': decay_rate, 'verbose': False,
                    'losses': [1.0]}
            self.expect_decay(self.call(case), case)

    @drawn()
    def test_decay_in_each_call(self, done, case):
        self.expect_decay(done, case)

    def expect_decay(self, done, case):
        if done.asks('learning_rate_decay'):
            given = [f'{name} is {case[name]}' if name in case else
                     f'{name} is {usual} by default'
                     for name, usual in (('alpha', 0.1), ('decay_rate', 1))]
            self.expect_rates(done, f', because {" and ".join(given)}')

    @drawn()
    def test_message_in_each_call(self, done):
        self.expect_message(done)

    @drawn(DECAYS, 8)
    def test_message(self, done):
        self.expect_message(done)

    def expect_message(self, done):
        if done.asks('learning_rate_decay') and done.case.get('verbose', True):
            count = done.printed.count(MESSAGE)
            done.expect(
                count == done.epochs, f'Keras printed {count} messages about '
                'the learning rate', f'one for each of the {done.epochs} '
                'epochs', 'task 7: Keras prints a message at each update')

    @drawn()
    def test_decays_only_if_asked(self, done, case):
        if not case.get('learning_rate_decay'):
            self.expect_rates(
                done, ', because learning_rate_decay is False by default',
                'task 7: learning_rate_decay, whether the learning rate '
                'decays')

    @drawn()
    def test_decays_only_with_validation_data(self, done):
        if not done.valid:
            self.expect_rates(
                done, ', because there is no validation data',
                'task 7: only if validation_data exists')
