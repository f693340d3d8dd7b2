"""Task 6: task 5, and an end when the validation loss stops improving."""
from math import inf, nan

from tests.tasks import test_05_train as task_5
from tests.tasks.test_04_train import FALLING, ROWS, listed

STEM = '6-train'
STOP = 'task 6: early stopping on the validation loss, with patience'
TINY = 2 ** -23  # of 1, the least that numbers of 32 bits show
RISING = [*range(1, 13)]
WAVES = [5, 3, 4, 3.5, 2, 6, 5, 4, 3, 2.5, 1.5, 7, 6, 5, 4, 3, 2]
SCRIPTS = [  # each with some patiences
    (FALLING, [0, 3]),
    (RISING, [0, 1, 10]),
    ([3] + [2] * 11, [0, 2]),
    (WAVES, [1, 2, 3, 5]),
    ([1 - TINY * epoch for epoch in range(12)], [1]),
    ([5, nan, 4, nan, nan, nan, 3, nan, nan], [2]),
]


def lasts(losses, patience):
    """Counts the epochs of a training that stops early.

    Returns:
        Tuple of this number, and the number of the best epoch.
    """
    lowest, best = inf, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, best = loss, epoch
        elif epoch - best >= patience:
            break
    return epoch, best


class TestTask6(task_5.TestTask5):
    """Task 5's sentences, and what task 6 adds."""

    PARAMETERS = (task_5.TestTask5.PARAMETERS
                  + ', early_stopping=False, patience=0')
    CHOICES = task_5.TestTask5.CHOICES + [[{}, {'early_stopping': True}]]
    EPOCHS, ASKED = 5, {'early_stopping': True, 'patience': 1}

    def numbers(self, i):
        return {**super().numbers(i), 'patience': 1 + i % 2}

    def biases_left(self, seen):
        """Allows the best weights too, where training looks for the best."""
        asked = seen.asked
        if asked['valid'] and (asked.get('early_stopping')
                               or asked.get('save_best')):
            best = lasts(self.SCRIPT[:seen.epochs], inf)[1]
            return [seen.biases[-1], seen.biases[best - 1]]
        return super().biases_left(seen)

    def expect_stop(self, seen, losses):
        patience = seen.asked.get('patience', 0)
        epochs, best = lasts(losses[:seen.asked['epochs']], patience)
        seen.expect(
            seen.epochs == epochs, 'In a training whose validation losses '
            f'are {listed(losses[:max(seen.epochs, epochs)])}, it trained '
            f'for {seen.epochs} epochs', f'{epochs}, as patience is '
            f'{patience} and the lowest so far is that of epoch {best}', STOP)

    def test_early_stopping(self, train):
        for losses, patiences in SCRIPTS:
            for patience in patiences:
                seen = train(ROWS, len(losses), losses, valid=True,
                             verbose=False, early_stopping=True,
                             patience=patience)
                self.expect_stop(seen, losses)

    def test_no_patience(self, train):
        for losses in (RISING, WAVES):
            seen = train(ROWS, len(losses), losses, valid=True, verbose=False,
                         early_stopping=True)
            self.expect_stop(seen, losses)

    def test_stops_in_each_combination(self, runs):
        for seen in runs:
            if seen.asked.get('early_stopping') and seen.asked['valid']:
                self.expect_stop(seen, self.SCRIPT)

    def test_only_if_asked(self, train):
        for losses in (RISING, WAVES):
            seen = train(ROWS, len(losses), losses, valid=True, verbose=False,
                         patience=1)
            seen.expect(
                seen.epochs == len(losses),
                'In a training whose validation losses are '
                f'{listed(losses)}, it trained for {seen.epochs} epochs',
                f'{len(losses)}, as early_stopping is False by default',
                'task 6: early_stopping, whether to stop early')

    def test_goes_on_without_validation_data(self, train, runs):
        for seen in (*runs, *(train(ROWS, len(losses), losses, verbose=False,
                                    early_stopping=True)
                              for losses in (FALLING, RISING))):
            epochs = seen.asked['epochs']
            seen.expect(
                seen.asked['valid'] or not seen.asked.get('early_stopping')
                or seen.epochs == epochs, 'In a training whose losses are '
                f"{listed(seen.history['loss'])}, it stopped after "
                f'{seen.epochs} epochs', f'{epochs}, as there is no '
                'validation data', 'task 6: only if validation_data exists')
