"""Task 8: task 7, and a file with the model of the best epoch."""
import zipfile

import numpy as np
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam import training
from grader.exam.draw import DECAY, SAVE, STOP, drawn, focused, trainings
from grader.exam.expect import KERAS_3, Unmet, expect, same, trying
from grader.exam.training import lasts, listed, script

from . import test_07_train as task_7

STEM = '8-train'
BEST = ('task 8: saves after each epoch whose validation loss is the lowest '
        'so far')
WHOLE = 'task 8: saves the model'
BESTS = focused(**{**SAVE, 'save_best': st.just(True)})


class TestTask8(task_7.TestTask7):
    """Task 7's sentences, and what task 8 adds."""

    PARAMETERS = (task_7.TestTask7.PARAMETERS
                  + ', save_best=False, filepath=None')
    CASES, DRAWS = trainings(**STOP, **DECAY, **SAVE), 14
    FULL = {**task_7.TestTask7.FULL, 'save_best': True,
            'filepath': 'best.keras'}

    def saves(self, done):
        return bool(done.case.get('save_best') or done.case.get('over'))

    def load(self, done):
        """Loads the file that a training has left."""
        name = done.case['filepath']
        done.expect(done.file.exists(), f'There is no {name}',
                    'the best model in filepath', BEST)
        with trying(f'K.models.load_model({name!r})',
                    'a file with the whole model', WHOLE):
            return K.models.load_model(done.file)

    @drawn(BESTS, 10)
    def test_saves_the_best(self, done, case):
        self.expect_saves(done, case)

    @drawn()
    def test_saves_in_each_call(self, done, case):
        if done.asks('save_best'):
            self.expect_saves(done, case)

    def expect_saves(self, done, case):
        old = training.older_file(
            done.file.suffix) if case.get('over') else None
        written = [epoch for epoch, (before, after) in enumerate(
            zip([old, *done.files], done.files), 1) if after != before]
        losses = script(done)[:done.epochs]
        wanted = [epoch for epoch in range(1, done.epochs + 1)
                  if lasts(losses[:epoch], float('inf'))[1] == epoch]
        name = case['filepath']
        done.expect(
            written == wanted, 'In a training whose validation losses are '
            f'{listed(losses)}, {name} was written after the epochs '
            f'{written}', f'{wanted}', BEST)
        done.expect(done.saved == [name.removeprefix('./')] * bool(
                        wanted or case.get('over')),
                    f'It left {done.saved}', f'[{name!r}]',
                    'task 8: filepath, where the model is saved')

    @drawn(BESTS, 4)
    def test_file(self, done, case):
        losses = script(done)[:done.epochs]
        best = lasts(losses, float('inf'))[1]
        if not done.asks('save_best') or not best:
            return
        saved = self.load(done)
        zipped = zipfile.is_zipfile(done.file)
        done.expect(zipped == (done.file.suffix == '.keras'),
                    f'{case["filepath"]} is {"" if zipped else "not "}a zip '
                    'file', 'the format of its ending', WHOLE)
        epochs = [epoch for epoch, bias in enumerate(done.biases, 1)
                  if same([*done.before[:-1], bias], saved.get_weights())]
        done.expect(
            epochs == [best], 'The saved weights are those of epoch '
            + (', '.join(map(str, epochs)) or 'none'), f"epoch {best}'s, "
            f'whose validation loss is the lowest of {listed(losses)}', BEST)
        done.expect(getattr(saved, 'optimizer', None) is not None,
                    'The saved model is not compiled', 'the whole model',
                    WHOLE)

    @drawn()
    def test_saves_only_if_asked(self, done, case):
        done.expect(case.get('save_best') or case.get('over')
                    or not done.saved,
                    f'It left {done.saved}', 'no files, because save_best is '
                    'False by default', 'task 8: save_best, whether to save')

    def test_saves_the_trained_model(self):
        full = self.call(self.FULL)
        saved = self.load(full)
        losses = full.history['val_loss']
        best = min(losses)
        steps, wanted = (int(getattr(saved.optimizer, 'iterations', 0)),
                         losses.index(best) + 1)
        full.expect(steps == wanted, f'The saved optimizer took {steps} '
                    'steps', f'the optimizer of the network, with its '
                    f'{wanted} steps until the best epoch', WHOLE)
        _, valid = training.parts(self.FULL)
        with trying('evaluate of the saved model', 'a compiled model', WHOLE):
            results = saved.evaluate(*valid, verbose=0, return_dict=True)
        full.expect(np.isclose(results['loss'], best, rtol=1e-4),
                    'The validation loss of the saved model is '
                    f'{results["loss"]:.4g}', f'the lowest, {best:.4g}', BEST)
        full.expect(len(results) == 2, 'The saved model has the metrics '
                    f'{[*results]}', 'the loss and the accuracy that the '
                    'network was compiled with', WHOLE)

    def test_needs_a_filepath(self):
        (x, y), valid = training.parts(self.FULL)
        network = training.new_network()
        weights = network.get_weights()
        try:
            self.ask('train_model', 5, network=network, data=x, labels=y,
                     batch_size=10, epochs=1, validation_data=valid,
                     save_best=True, verbose=False)
        except Unmet as unmet:
            if unmet.failure['kind'] != 'raised':
                raise
            # Keras 2 itself tells only when it saves.
            expect(not KERAS_3 or same(weights, network.get_weights()),
                   'It trained before it raised an error', 'an error before '
                   'training, because there is no filepath',
                   'task 8: save_best needs a filepath')
            return
        expect(False, 'It raised no error', 'an error, because there is no '
               'filepath', 'task 8: save_best needs a filepath')
