"""Task 6: task 5, and it stops when the validation loss stops improving."""
from hypothesis import strategies as st

from grader.exam.draw import STOP, drawn, focused, trainings
from grader.exam.training import lasts, listed, script

from . import test_05_train as task_5

STEM = '6-train'
EARLY = 'task 6: early stopping on the validation loss, with patience'


class TestTask6(task_5.TestTask5):
    """Task 5's sentences, and what task 6 adds."""

    PARAMETERS = (task_5.TestTask5.PARAMETERS
                  + ', early_stopping=False, patience=0')
    CASES, DRAWS = trainings(**STOP), 16
    LONG = {**task_5.TestTask5.LONG, 'early_stopping': True, 'patience': 1}
    FULL = {**task_5.TestTask5.FULL, 'early_stopping': True, 'patience': 2}

    def biases_left(self, done):
        """Allows the best weights too, where training looks for the best."""
        if done.asks('early_stopping') or done.asks('save_best'):
            best = lasts(script(done)[:done.epochs], float('inf'))[1]
            return [done.biases[-1], done.biases[best - 1]]
        return super().biases_left(done)

    @drawn(focused(**{**STOP, 'early_stopping': st.just(True)}), 14)
    def test_early_stopping(self, done, case):
        self.expect_stop(done, case)

    @drawn()
    def test_early_stopping_in_each_call(self, done, case):
        if done.asks('early_stopping'):
            self.expect_stop(done, case)

    def expect_stop(self, done, case):
        done.expect(case.get('verbose', True) or self.allowed(done)
                    or not done.printed, f'It printed {done.printed[:60]!r}',
                    'no output', 'task 4: verbose determines if output is '
                    'printed')
        patience, losses = case.get('patience', 0), script(done)
        epochs, best = lasts(losses, patience)
        done.expect(
            done.epochs == epochs, 'In a training whose validation losses '
            f'are {listed(losses[:max(done.epochs, epochs)])}, it trained '
            f'for {done.epochs} epochs', f'{epochs}, because patience is '
            f'{patience} and the lowest so far is that of epoch {best}',
            EARLY)

    @drawn(focused(**{**STOP, 'early_stopping': st.sampled_from(
        [False, None])}), 8)
    def test_stops_only_if_asked(self, done, case):
        losses = script(done)
        done.expect(
            done.epochs == case['epochs'], 'In a training whose '
            f'validation losses are {listed(losses)}, it trained for '
            f'{done.epochs} epochs', f'{case["epochs"]}, because '
            'early_stopping is False by default',
            'task 6: early_stopping, whether to stop early')

    def test_without_patience(self):
        for losses in [1.0, 2.0, 3.0], [2.0, 1.0, 1.0]:
            case = {'batch_size': 70, 'epochs': 3, 'rows': 30, 'valid': 3,
                    'style': 5, 'early_stopping': True, 'losses': losses,
                    'verbose': False}
            self.expect_stop(self.call(case), case)

    def test_all_without_validation_data(self):
        for losses in [1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0]:
            done = self.call({**self.FULL, 'valid': 0, 'losses': losses,
                              'epochs': 4, 'patience': 1})
            done.expect(
                done.epochs == 4, 'In a training whose losses are '
                f"{listed(done.history['loss'])}, it stopped after "
                f'{done.epochs} epochs', '4, because there is no validation '
                'data', 'task 6: only if validation_data exists')

    @drawn()
    def test_goes_on_without_validation_data(self, done, case):
        done.expect(
            done.valid or not case.get('early_stopping')
            or done.epochs == case['epochs'], 'In a training whose losses '
            f"are {listed(done.history['loss'])}, it stopped after "
            f'{done.epochs} epochs', f'{case["epochs"]}, because there is no '
            'validation data', 'task 6: only if validation_data exists')
