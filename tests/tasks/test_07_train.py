"""Task 7: task 6, and inverse time decay of the learning rate.

The sentences of tasks 4 to 6 are inherited from test_06_train.py; what the
tables mean stands in test_04_train.py. What is tried here is each `alpha` and
`decay_rate` of the table DECAYS.
"""
import re

import numpy as np
import tensorflow.keras as K

from grader.exam import training
from grader.exam.cases import calls, cases
from grader.exam.student import rounded, unlike
from grader.exam.training import Run

from . import test_06_train as task_6

STEM = '7-train'
ARGUMENTS = (task_6.ARGUMENTS
             + ', learning_rate_decay=False, alpha=0.1, decay_rate=1')
PROTOTYPES = [f'train_model({ARGUMENTS}, verbose=True, shuffle=False)']
MAY_CHANGE = task_6.MAY_CHANGE
MESSAGE = 'LearningRateScheduler setting learning rate'
TABLES = {**task_6.TABLES, 'learning_rate_decay': [None, False, True],
          'alpha': [None, 0.02], 'decay_rate': [None, 0.5]}
DECAYS = {
    **{name: values[:1] for name, values in TABLES.items()},
    'learning_rate_decay': [True],
    'alpha': [0.02, None, 0.3, 1e-6, 0.00234, 10.0, 1.0],
    'decay_rate': [0.5, None, 0, 2, 30.0, 0.001],
    'epochs': [6, 14], 'rows': [140, 30], 'valid': [40, 3],
    'verbose': [None, True, False], 'shuffle': [None, True]}
STOPS = {**task_6.STOPS, 'losses': task_6.LOSSES[:5],
         'learning_rate_decay': [None, True], 'alpha': [None],
         'decay_rate': [None]}
ALONE = {**task_6.ALONE, 'learning_rate_decay': [True], 'alpha': [None],
         'decay_rate': [None]}
LONG = {**task_6.LONG, 'learning_rate_decay': True, 'decay_rate': 2}
WAITS = {**task_6.WAITS, 'learning_rate_decay': True}
LARGE = {**task_6.LARGE, 'learning_rate_decay': True}
FULL = {**task_6.FULL, 'learning_rate_decay': True, 'alpha': 0.006,
        'decay_rate': 0.5}

runs = calls(Run, cases(TABLES, pairs=4))
stops = calls(Run, cases(STOPS, pairs=4))
decays = calls(Run, cases(DECAYS, pairs=4))
alone = calls(Run, cases(ALONE))
long = calls(Run, [LONG, WAITS, LARGE])
full = calls(Run, [FULL])


class TestTask7(task_6.TestTask6):
    """Task 6's sentences, and what task 7 adds."""

    FULL = FULL
    NEW = ['test_decay', 'test_message', 'test_many_epochs',
           'test_same_as_fit']

    def test_decay(self, decays):
        """Task 7: inverse time decay, alpha / (1 + decay_rate * epoch)."""
        for run in decays:
            self.test_validation_data([run])
            self.test_shuffle([run])
            given = [f'{name} is {run.get(name, usual)}'
                     + ' by default' * (run.case.get(name) is None)
                     for name, usual in (('alpha', 0.1), ('decay_rate', 1))]
            look_at_rates(run, f', because {" and ".join(given)}')

    def test_decays_only_if_asked(self, runs):
        """Task 7: decays only if asked, and only with validation data."""
        for run in runs:
            if run.asks('learning_rate_decay'):
                self.test_decay([run])
                continue
            self.test_fit([run])
            why = ('there is no validation data' if not run.valid
                   else 'learning_rate_decay is False')
            look_at_rates(run, ', the rate that the network was compiled '
                          f'with, because {why}')

    def test_without_validation_data(self, alone):
        """Task 7: only if validation_data exists."""
        for run in alone:
            super().test_without_validation_data([run])
            self.test_decays_only_if_asked([run])

    def test_message(self, decays):
        """Task 7: Keras prints a message at each update."""
        for run in decays:
            self.test_decay([run])
            if run.get('verbose', True):
                count = run.printed.count(MESSAGE)
                assert count == run.epochs, unlike(
                    f'Keras printed {count} messages about the learning rate',
                    f'one for each of the {run.epochs} epochs')

    def test_message_in_each_call(self, runs):
        """Task 7: Keras prints a message at each update."""
        self.test_message([run for run in runs
                           if run.asks('learning_rate_decay')])

    def may_print(self, run):
        """Allows Keras's message, which a scheduler may print anyway."""
        return run.asks('learning_rate_decay') and not re.sub(
            rf'(?m)^Epoch \d+: {MESSAGE} to .*', '', run.printed).strip()

    def rates_left(self, run):
        """Allows the rate of the last epoch, or of the next one."""
        return [training.RATE, *rates(run, run.epochs + 1)[-2:]]

    def test_leaves_the_learning_rate(self, runs):
        """Task 7: decays only if asked."""
        for run in runs:
            self.test_decays_only_if_asked([run])
            super().test_leaves_the_learning_rate([run])

    def test_many_epochs(self, long):
        """Task 7: the formula holds for every epoch."""
        for run in long:
            super().test_many_epochs([run])
            self.test_message([run])

    def needs_of_fit(self, run):
        """Looks first at the learning rate."""
        super().needs_of_fit(run)
        self.test_decay([run])

    def fit(self):
        """Returns the history that FULL has with plain `fit`."""
        history = training.fit(self.FULL, [K.callbacks.LearningRateScheduler(
            lambda epoch: [0.006, 0.006 / 1.5][epoch])])
        return {name: values for name, values in history.items()
                if name not in ('lr', 'learning_rate')}


def rates(run, epochs):
    """Lists what the learning rates of a training are to be."""
    if not run.asks('learning_rate_decay'):
        return [training.RATE] * epochs
    alpha, decay_rate = run.get('alpha', 0.1), run.get('decay_rate', 1)
    return [alpha / (1 + decay_rate * epoch) for epoch in range(epochs)]


def look_at_rates(run, why):
    """Looks at the rates of a training, from the first epoch on."""
    __tracebackhide__ = True
    wanted = rates(run, len(run.rates))
    wrong = ~np.isclose(run.rates, np.reshape(wanted, (-1, 1)), rtol=1e-4,
                        atol=0).all(axis=1)
    epoch = int(wrong.argmax())  # the first that is wrong, if any
    if not wrong.any():
        return
    got, first = run.rates[epoch], max(epoch - 4, 0)
    assert np.ptp(got) == 0, unlike(
        f'In the batches of epoch {epoch + 1}, the learning rates were '
        f'{rounded(got)}', f'{wanted[epoch]:.4g} in each')
    shown = [rounded(values) for values in (
        [batch[0] for batch in run.rates[first:epoch + 1]],
        wanted[first:epoch + 1])]
    what = f'rates of epochs {first + 1} to {epoch + 1} were'
    if not epoch:
        what, shown = 'rate of epoch 1 was', [each[0] for each in shown]
    unlike(f'The learning {what} {shown[0]}', f'{shown[1]}{why}')
