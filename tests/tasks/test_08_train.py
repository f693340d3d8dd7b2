"""Task 8: task 7, and a file with the model of the best epoch."""
import pytest
import tensorflow.keras as K

from tests.grader.expectations import describe, rounded, same
from tests.tasks import test_06_train as task_6
from tests.tasks import test_07_train as task_7
from tests.tasks.test_04_train import ROWS
from tests.tasks.test_05_train import EPOCHS

STEM = '8-train'
BEST = ('task 8: saves after each epoch whose validation loss is the lowest '
        'so far')


class TestTask8(task_7.TestTask7):
    """Task 7's sentences, and what task 8 adds."""

    PARAMETERS = (task_7.TestTask7.PARAMETERS
                  + ', save_best=False, filepath=None')

    @pytest.fixture(scope='class')
    def rising(self, train, wrong):
        return train(ROWS, EPOCHS, wrong, filepath='best.keras')

    @pytest.fixture(scope='class')
    def unvalidated(self, train):
        return train(ROWS, 2, early_stopping=True, learning_rate_decay=True,
                     save_best=True, filepath='best.keras')

    @pytest.fixture(scope='class')
    def falling(self, train, right):
        return train(ROWS, EPOCHS, right, early_stopping=True,
                     save_best=True, filepath='best.keras', rate=1e-5)

    @pytest.fixture(scope='class')
    def decaying(self, train, right):
        return train(ROWS, EPOCHS, right, learning_rate_decay=True,
                     alpha=0.04, decay_rate=0.5, save_best=True,
                     filepath='best.h5')

    @pytest.fixture(scope='class')
    def together(self, train, wrong):
        return train(ROWS, EPOCHS, wrong, early_stopping=True,
                     learning_rate_decay=True, alpha=0.02, save_best=True,
                     filepath='best.keras')

    def expect_saved(self, seen, name, best, why=''):
        seen.expect((seen.folder / name).exists(), f'There is no {name}',
                    'the best model in filepath', BEST)
        try:
            saved = K.models.load_model(seen.folder / name)
        except Exception as error:
            seen.expect(False, f'K.models.load_model({name!r}) raised '
                        f'{describe(error)}',
                        'a file with the whole model', 'task 8: the model')
        epochs = [epoch for epoch, weights in enumerate(seen.weights, 1)
                  if same(weights, saved.get_weights())]
        seen.expect(
            epochs == [best],
            'The saved weights are those of epoch '
            + (', '.join(map(str, epochs)) or 'none'),
            f"epoch {best}'s, whose validation loss is the lowest of "
            f"{rounded(seen.history['val_loss'])}{why}", BEST)
        seen.expect(getattr(saved, 'optimizer', None) is not None,
                    'The saved model is not compiled', 'the whole model',
                    'task 8: saves the model')

    def test_best_is_first(self, together):
        self.expect_saved(together, 'best.keras', best=1,
                          why=f' ({task_6.WHY})')
        together.expect(len(set(together.files)) == 1,
                        'The file was written again after a worse epoch',
                        'saving better models only', BEST)

    def test_best_is_last(self, falling):
        self.expect_saved(falling, 'best.keras', best=EPOCHS)
        falling.expect(
            None not in falling.files and len(set(falling.files)) == EPOCHS,
            'The file was not written after each better epoch',
            'saving after each epoch that is the best so far', BEST)

    def test_best_without_early_stopping(self, decaying):
        losses = decaying.history['val_loss']
        self.expect_saved(decaying, 'best.h5',
                          best=losses.index(min(losses)) + 1)

    @pytest.mark.parametrize('run, why', [
        ('rising', 'as save_best is False by default'),
        ('unvalidated', 'without validation data, as there is no best')])
    def test_saves_nothing(self, request, run, why):
        seen = request.getfixturevalue(run)
        seen.expect(not list(seen.folder.iterdir()), 'best.keras was saved',
                    f'nothing saved {why}',
                    'task 8: save_best, whether to save the best')
