"""Task 8: task 7, and a file with the model of the best epoch.

The sentences of tasks 4 to 7 are inherited from test_07_train.py; what the
tables mean stands in test_04_train.py. What is tried here is each script of
validation losses and each name of the table BESTS.
"""
import zipfile

import numpy as np
import tensorflow.keras as K

from grader.exam import training
from grader.exam.cases import calls, cases
from grader.exam.student import same, trying, unlike
from grader.exam.training import Run, lasts, listed

from . import test_07_train as task_7

STEM = '8-train'
ARGUMENTS = task_7.ARGUMENTS + ', save_best=False, filepath=None'
PROTOTYPES = [f'train_model({ARGUMENTS}, verbose=True, shuffle=False)']
MAY_CHANGE = task_7.MAY_CHANGE
SAVING = {'save_best': [None], 'filepath': [None], 'over': [False]}
TABLES = {**task_7.TABLES, 'save_best': [None, False, True],
          'filepath': ['network.keras', './Network.h5'],
          'over': [False]}  # whether an older file lies there
BESTS = {
    **{name: values[:1] for name, values in TABLES.items()},
    'losses': [[3.0, 2.0, 2.5, 1.0, 4.0, 0.5, 1.0],
               task_7.task_6.LOSSES[5], *task_7.task_6.LOSSES[7:]],
    'save_best': [True], 'over': [False, True],
    'filepath': ['network.keras', '/best.h5', 'kept/modèle [1] $2.keras',
                 './v1.keras.h5'],
    'early_stopping': [None, True], 'learning_rate_decay': [None, True],
    'epochs': [7], 'rows': [30], 'verbose': [False, None],
    'shuffle': [None, True]}
ALONE = {**task_7.ALONE, **SAVING, 'save_best': [True],
         'filepath': ['network.keras']}
LONG, WAITS, LARGE = task_7.LONG, task_7.WAITS, task_7.LARGE
FULL = {**task_7.FULL, 'save_best': True, 'filepath': 'best.keras'}

runs = calls(Run, cases(TABLES, pairs=4))
stops = calls(Run, cases({**task_7.STOPS, **SAVING}))
decays = calls(Run, cases({**task_7.DECAYS, **SAVING}))
bests = calls(Run, cases(BESTS))
alone = calls(Run, cases(ALONE))
long = calls(Run, [LONG, WAITS, LARGE])
full = calls(Run, [FULL])


class TestTask8(task_7.TestTask7):
    """Task 7's sentences, and what task 8 adds."""

    FULL = FULL
    NEW = ['test_saves_the_best', 'test_file',
           'test_saves_the_trained_model']

    def test_saves_the_best(self, bests):
        """Task 8: saves after each epoch that is the best so far."""
        for run in bests:
            self.test_validation_data([run])
            self.test_shuffle([run])
            name = run.case['filepath'].lstrip('./')
            old = training.older_file(
                run.file.suffix) if run.case['over'] else None
            written = [epoch for epoch, (before, after) in enumerate(
                zip([old, *run.files], run.files), 1) if after != before]
            losses = run.script[:run.epochs]
            wanted = [epoch for epoch in range(1, run.epochs + 1)
                      if lasts(losses[:epoch], float('inf'))[1] == epoch]
            others = [each for each in run.saved if each != name]
            left = f'. It left {", ".join(others)}' if others else ''
            assert written or not wanted, unlike(
                f'An older {name} lay there, and was not replaced{left}'
                if old else f'There is no {name}{left}',
                f'the best model in {name}')
            assert written == wanted, unlike(
                f'The validation losses were {listed(losses)}. {name} was '
                f'written after the epochs {written}', f'{wanted}')
            assert not others, unlike(f'It left {", ".join(others)} too',
                                      f'{name} alone')

    def test_file(self, bests):
        """Task 8: saves the model."""
        for run in bests:
            self.test_saves_the_best([run])
            losses = run.script[:run.epochs]
            best = lasts(losses, float('inf'))[1]
            if not best:
                continue
            saved, name = load(run), run.case['filepath']
            zipped = zipfile.is_zipfile(run.file)
            assert zipped == (run.file.suffix == '.keras'), unlike(
                f'{name} is {"" if zipped else "not "}a zip file',
                'the format of its ending')
            epochs = [epoch for epoch, weights in enumerate(run.ended, 1)
                      if same(weights, saved.get_weights())]
            assert epochs == [best], unlike(
                'The saved weights are those of epoch '
                + (', '.join(map(str, epochs)) or 'none'), f"epoch {best}'s, "
                f'whose validation loss is the lowest of {listed(losses)}')
            assert getattr(saved, 'optimizer', None) is not None, unlike(
                'The saved model is not compiled', 'the whole model')

    def test_leaves_no_files(self, runs):
        """Task 8: save_best, whether to save."""
        for run in runs:
            self.test_fit([run])
            if run.asks('save_best'):
                self.test_saves_the_best([run])
                continue
            assert run.case['save_best'] or not run.saved, unlike(
                f'It left {", ".join(run.saved)}',
                'no files, because save_best is False')

    def test_saves_the_trained_model(self, full):
        """Task 8: saves the model."""
        for run in full:
            self.test_same_as_fit([run])
            saved, losses = load(run), run.history['val_loss']
            best = min(losses)
            steps, wanted = (int(getattr(saved.optimizer, 'iterations', 0)),
                             losses.index(best) + 1)
            assert steps == wanted, unlike(
                f'The saved optimizer took {steps} steps', 'the optimizer of '
                f'the network, with its {wanted} steps until the best epoch')
            _, valid = training.parts(self.FULL)
            with trying('evaluate of the saved model', 'a compiled model'):
                results = saved.evaluate(*valid, verbose=0, return_dict=True)
            assert np.isclose(results['loss'], best, rtol=1e-4), unlike(
                'The validation loss of the saved model is '
                f'{results["loss"]:.4g}', f'the lowest, {best:.4g}')
            assert len(results) == 2, unlike(
                f'The saved model has the metrics {[*results]}', 'the loss '
                'and the accuracy that the network was compiled with')


def load(run):
    """Loads the file that a training has left."""
    __tracebackhide__ = True
    name = run.case['filepath']
    assert run.file.exists(), unlike(f'There is no {name}',
                                     'the best model in filepath')
    with trying(f'K.models.load_model({name!r})',
                'a file with the whole model'):
        return K.models.load_model(run.file)
