"""Task 6: task 5, and it stops when the validation loss stops improving.

The sentences of tasks 4 and 5 are inherited from test_05_train.py; what the
tables mean stands in test_04_train.py. What is tried here are scripts of
validation losses, for each patience: to try another one, add it to LOSSES.
`lasts(losses, patience)` returns how many epochs such a training lasts, and
which is the best.
"""
from grader.exam.cases import calls, cases
from grader.exam.student import unlike
from grader.exam.training import Run, lasts, listed

from . import test_05_train as task_5

STEM = '6-train'
ARGUMENTS = task_5.ARGUMENTS + ', early_stopping=False, patience=0'
PROTOTYPES = [f'train_model({ARGUMENTS}, verbose=True, shuffle=False)']
MAY_CHANGE = task_5.MAY_CHANGE
NAN = float('nan')
LOSSES = [  # of the validation, epoch by epoch; the last one goes on
    [3.0, 2.0, 2.5, 2.2, 1.5, 1.7, 1.6, 1.8, 1.9, 1.4, 9.0],
    [1.0, 2.0, 3.0],  # the first is the best
    [2.0, 1.0, 1.0],  # equal is no improvement
    [3.0, 2.0, 1.0, 0.5, 0.25, 0.125, 0.5, 1.0, 0.0625, 4.0],
    [2.0, NAN, 1.0, NAN, NAN, 3.0], [1.0, NAN, 2.0, NAN, NAN, 0.5],
    [500.0, 2.5, 2.0, 500.0, 2.0, 1.0],
    [1 - n * 2.0 ** -23 for n in (0, 1, 0, 3, 2, 5, 4, 4, 4)],  # only just
    [9e22, 8e22, 7e22, 6e22, 7e22, 0.5, 0.0, 0.0, 0.5, 0.0],
    [4e-8, 3.5e-8, 3e-8, 2.5e-8, 2e-8, 3e-8]]
TABLES = {**task_5.TABLES, 'early_stopping': [None, False, True],
          'patience': [None, 1, 3]}
STOPS = {
    **{name: values[:1] for name, values in TABLES.items()},
    'losses': LOSSES, 'patience': [2, None, 1, 3, 0, 5, 13],
    'early_stopping': [True], 'epochs': [18], 'rows': [30],
    'verbose': [False, None], 'valid': [40, 3], 'shuffle': [None, True]}
ALONE = {  # without validation data
    **STOPS, 'valid': [0], 'losses': [[1.0, 2.0, 3.0, 4.0],
                                      [4.0, 3.0, 2.0, 1.0]],
    'epochs': [4], 'patience': [None, 1]}
LONG = {**task_5.LONG, 'early_stopping': True, 'patience': 1,
        'losses': [1 / (1 + epoch) for epoch in range(300)]}
WAITS = {**LONG, 'patience': 110, 'epochs': 120, 'losses': [1.0, 2.0],
         'verbose': False}
LARGE = {**task_5.LARGE, 'early_stopping': True, 'patience': 1}
FULL = {**task_5.FULL, 'early_stopping': True, 'patience': 2}

runs = calls(Run, cases(TABLES, pairs=4))
stops = calls(Run, cases(STOPS, pairs=4))
alone = calls(Run, cases(ALONE))
long = calls(Run, [LONG, WAITS, LARGE])
full = calls(Run, [FULL])


class TestTask6(task_5.TestTask5):
    """Task 5's sentences, and what task 6 adds."""

    FULL = FULL
    NEW = ['test_early_stopping']

    def test_early_stopping(self, stops):
        """Task 6: early stopping on the validation loss, with patience."""
        for run in stops:
            self.test_validation_data([run])
            self.test_returns_history([run])
            self.test_shuffle([run])
            patience = run.get('patience', 0)
            epochs, best = lasts(run.script, patience)
            shown = listed(run.script[:max(run.epochs, epochs)])
            assert run.epochs == epochs, unlike(
                f'The validation losses were {shown}. It trained for '
                f'{run.epochs} epochs', f'{epochs}, because patience is '
                f'{patience} and the lowest so far is that of epoch {best}')

    def test_epochs(self, runs):
        """Task 6: stops early only if asked, and only with validation data."""
        for run in runs:
            if run.asks('early_stopping'):
                if run.losses:
                    self.test_early_stopping([run])
                continue
            self.test_returns_history([run])
            self.test_data([run])
            epochs = run.case['epochs']
            why = ('there is no validation data' if not run.valid
                   else 'early_stopping is False')
            assert run.epochs == epochs, unlike(
                f'It trained for {run.epochs} epochs',
                f'{epochs}, because {why}')

    def test_many_epochs(self, long):
        """Task 6: stops early only if the losses no longer improve."""
        for run in long:
            self.test_early_stopping([run])
            if run.epochs == run.case['epochs']:
                super().test_many_epochs([run])

    def test_without_validation_data(self, alone):
        """Task 6: only if validation_data exists."""
        for run in alone:
            self.test_epochs([run])
            self.test_shuffle([run])

    def weights_left(self, run):
        """Allows the best weights too, where training looks for the best."""
        if run.asks('early_stopping') or run.asks('save_best'):
            best = lasts(run.script[:run.epochs], float('inf'))[1]
            return [run.ended[-1], run.ended[best - 1]]
        return super().weights_left(run)
