"""Task 5: task 4, and validation data after each epoch.

The sentences of task 4 are inherited from test_04_train.py, which also says
what the tables mean. They get another line here.
"""
import numpy as np

from grader.exam import training
from grader.exam.cases import calls, cases
from grader.exam.student import unlike
from grader.exam.training import Run, listed

from . import test_04_train as task_4

STEM = '5-train'
ARGUMENTS = task_4.ARGUMENTS + ', validation_data=None'
PROTOTYPES = [f'train_model({ARGUMENTS}, verbose=True, shuffle=False)']
MAY_CHANGE = task_4.MAY_CHANGE
TABLES = {**task_4.TABLES, 'valid': [40, 0, 3, 200]}  # rows to validate with
LONG = {**task_4.LONG, 'valid': 3, 'epochs': 300, 'losses': [1.0, 2.0]}
LARGE = {**task_4.LARGE, 'valid': 6000}
FULL = {**task_4.FULL, 'valid': 40}

runs = calls(Run, cases(TABLES, pairs=4))
long = calls(Run, [LONG, LARGE])
full = calls(Run, [FULL])


class TestTask5(task_4.TestTask4):
    """Task 4's sentences, and what task 5 adds."""

    FULL = FULL
    NEW = ['test_validation_data', 'test_validation_losses',
           'test_many_epochs', 'test_same_as_fit']

    def test_validation_data(self, runs):
        """Task 5: analyses validation_data, if there is any."""
        for run in runs:
            self.test_data([run])
            if not run.valid:
                assert run.arguments['validation_data'] is None, unlike(
                    'fit was given validation data',
                    'no validation without validation_data')
                continue
            _, (x, y) = training.parts(run.case)
            for rows in run.checked:
                assert rows is not None, unlike(
                    'fit was given no validation data', 'validation_data')
                assert len(rows) == len(x), unlike(
                    f'It validated on {len(rows)} of the {len(x)} rows'
                    if len(rows) < len(x) else
                    f'It validated on {len(rows)} rows', f'{len(x)}')
                assert np.array_equal(rows, np.hstack([x, y])), unlike(
                    'It validated with other rows or labels',
                    'validation_data as it is')

    def test_validation_losses(self, runs):
        """Task 5: there is a validation loss for each epoch."""
        for run in runs:
            self.test_validation_data([run])
            self.test_history([run])
            losses = run.script[:run.epochs] if run.valid else []
            got = run.history.get('val_loss', [])
            assert np.array_equal(got, losses, equal_nan=True), unlike(
                f'The validation losses in the History are {listed(got)}',
                f'those of the epochs, {listed(losses)}')

    def test_many_epochs(self, long):
        """Task 5: also analyses validation data."""
        for run in long:
            self.test_validation_data([run])
            super().test_many_epochs([run])

    def test_same_as_fit(self, full):
        """Task 5: also analyses validation data."""
        for run in full:
            self.needs_of_fit(run)
            super().test_same_as_fit([run])

    def needs_of_fit(self, run):
        """Looks first at what has an influence on the numbers."""
        self.test_fit([run])
        if run.arguments['validation_data'] is not None:
            run.checked = [training.validation_rows(run.arguments)]
        elif 'val_loss' not in run.history:
            run.checked = [None]
        self.test_validation_data([run])
