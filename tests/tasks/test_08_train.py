"""Task 8: task 7, and a file with the model of the best epoch."""
from math import inf, nan

import numpy as np
import tensorflow.keras as K

from tests.grader.expectations import describe, same
from tests.tasks import test_07_train as task_7
from tests.tasks.test_04_train import ROWS, listed
from tests.tasks.test_06_train import TINY, lasts

STEM = '8-train'
BEST = ('task 8: saves after each epoch whose validation loss is the lowest '
        'so far')
WHOLE = 'task 8: saves the model'
SCRIPTS = [
    ('best.keras', [0.5, 0.4]),
    # All are worse than 0.4.
    ('kept/best.keras', [5, 3, 4, nan, 3.5, 2, 6, 5, 2.5]),
    ('best.h5', [1, 1 - TINY, 1 - 2 * TINY]),
    ('best.h5', [*range(1, 6)]),
]


class TestTask8(task_7.TestTask7):
    """Task 7's sentences, and what task 8 adds."""

    PARAMETERS = (task_7.TestTask7.PARAMETERS
                  + ', save_best=False, filepath=None')
    CHOICES = task_7.TestTask7.CHOICES + [[{}, {'save_best': True}]]
    ASKED = {**task_7.TestTask7.ASKED, 'save_best': True,
             'filepath': 'best.keras'}

    def numbers(self, i):
        return {**super().numbers(i), 'filepath': f'best{i % 2}.keras'}

    def load(self, seen):
        """Loads the file that a training has left."""
        name = seen.asked['filepath']
        seen.expect((seen.folder / name).exists(), f'There is no {name}',
                    'the best model in filepath', BEST)
        try:
            return K.models.load_model(seen.folder / name)
        except Exception as error:
            seen.expect(False, f'K.models.load_model({name!r}) raised '
                        f'{describe(error)}',
                        'a file with the whole model', WHOLE)

    def expect_saves(self, seen, losses):
        """Fails a test, unless the file was written after the right epochs."""
        written = [epoch for epoch, (before, after) in enumerate(
            zip([None, *seen.files], seen.files), 1) if after != before]
        losses = losses[:seen.epochs]
        wanted = [epoch for epoch in range(1, seen.epochs + 1)
                  if lasts(losses[:epoch], inf)[1] == epoch]
        name = seen.asked['filepath']
        seen.expect(
            written == wanted, 'In a training whose validation losses are '
            f'{listed(losses)}, {name} was written after the epochs '
            f'{written}', f'{wanted}', BEST)

    def test_saves_the_best(self, train):
        for name, losses in SCRIPTS:
            seen = train(ROWS, len(losses), losses, valid=True, verbose=False,
                         save_best=True, filepath=name)
            self.expect_saves(seen, losses)
            best = lasts(losses, inf)[1]
            saved = self.load(seen)
            epochs = [epoch for epoch, bias in enumerate(seen.biases, 1)
                      if same([*seen.before[0][:-1], bias],
                              saved.get_weights())]
            seen.expect(
                epochs == [best], 'The saved weights are those of epoch '
                + (', '.join(map(str, epochs)) or 'none'),
                f"epoch {best}'s, whose validation loss is the lowest of "
                f'{listed(losses)}', BEST)
            seen.expect(getattr(saved, 'optimizer', None) is not None,
                        'The saved model is not compiled',
                        'the whole model', WHOLE)

    def test_saves_in_each_combination(self, runs):
        for seen in runs:
            if seen.asked['valid'] and seen.asked.get('save_best'):
                self.expect_saves(seen, self.SCRIPT)

    def test_saves_the_trained_model(self, train, full):
        saved = self.load(full)
        losses = full.history['val_loss']
        best = min(losses)
        steps, wanted = (int(getattr(saved.optimizer, 'iterations', 0)),
                         2 * (losses.index(best) + 1))
        full.expect(steps == wanted, f'The saved optimizer has {steps} steps '
                    'behind it', f'the optimizer of the network, with its '
                    f'{wanted} steps until the best epoch', WHOLE)
        loss = saved.evaluate(*train.parts[2:], verbose=0)[0]
        full.expect(np.isclose(loss, best, rtol=1e-4),
                    f'The validation loss of the saved model is {loss:.4g}',
                    f'the lowest, {best:.4g}', BEST)

    def test_saves_nothing_else(self, runs):
        for seen in runs:
            found = sorted(path.name for path in seen.folder.iterdir())
            name = seen.asked['filepath']
            seen.expect(found == [name] or not (
                seen.asked['valid'] and seen.asked.get('save_best')),
                f'It left {found}', f"['{name}']",
                'task 8: filepath, where the model is saved')
