"""What 4-train.py asks for, and what each of 5 to 8 adds to it.

Each class holds one task's sentences, and a task's test file puts together
those that are true of it.
"""
import contextlib
import functools
import io

import numpy as np
import pytest
import tensorflow.keras as K
from graded import (
    describe,
    expect,
    expect_prototype,
    kind,
    last_call,
    new_network,
    rounded,
    same,
    uncolored,
    watch,
)

BATCH, EPOCHS = 64, 3


def train(train_model, *args, rate=0.01, file=None, **kwargs):
    """Trains a new network, and records what happens.

    Args:
        train_model: the function under test.
        *args: its arguments after the network.
        rate: float. Learning rate that the network is compiled with.
        file: path object. A file that is noted after each epoch.
        **kwargs: its keyword arguments.

    Returns:
        What `watch` sees, with the network, what is returned and printed,
        and an `expect` that knows this call.
    """
    network = new_network(rate)
    seen = watch(network, file)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        seen.returned = train_model(network, *args, **kwargs)
    seen.expect = functools.partial(expect, call=last_call[0])
    seen.expect(seen.arguments, '`network.fit` was not called',
                'training with fit', 'task 4: mini-batch gradient descent')
    seen.expect(isinstance(seen.returned, K.callbacks.History),
                f'It returned {kind(seen.returned)}', 'the History of fit',
                'task 4: returns the History object')
    seen.network, seen.printed = network, uncolored(printed.getvalue())
    seen.history = seen.returned.history
    return seen


def callbacks(seen, kind):
    """Lists the callbacks of one kind that fit was given."""
    return [callback for callback in seen.arguments['callbacks'] or []
            if isinstance(callback, kind)]


class Trains:
    """Task 4: mini-batch gradient descent."""

    PARAMETERS = 'network, data, labels, batch_size, epochs'

    def test_prototype(self, request, train_model):
        expect_prototype(train_model, f'train_model({self.PARAMETERS}, '
                         'verbose=True, shuffle=False)',
                         request.module.STEM.split('-')[0])

    def test_epochs(self, plain, silent):
        for seen, epochs in ((plain, EPOCHS), (silent, 2)):
            count = len(seen.history['loss'])
            seen.expect(count == epochs, f'It trained for {count} epochs',
                        f'{epochs}', 'task 4: epochs is the number of passes')

    def test_batch_size(self, plain, silent):
        for seen, batches in ((plain, 4), (silent, 5)):
            seen.expect(
                set(seen.batches) == {batches},
                f'Its epochs had {seen.batches} batches of the 200 rows',
                f'{batches} in each', 'task 4: batch_size is the '
                'size of the batch for mini-batch gradient descent')

    def test_same_as_fit(self, plain, data):
        network = new_network()
        history = network.fit(data.x, data.y, BATCH, EPOCHS, verbose=0,
                              shuffle=False).history
        plain.expect(
            np.allclose(plain.history['loss'], history['loss'], rtol=1e-5),
            f"The losses were {rounded(plain.history['loss'])}",
            f"those of fit on the same data without shuffling, "
            f"{rounded(history['loss'])}", 'task 4: trains with data and '
            'labels; shuffle is off by default')

    def test_shuffle(self, plain, silent):
        clause = 'task 4: shuffle, by default False'
        plain.expect(not plain.arguments['shuffle'],
                     'fit shuffled the batches', 'no shuffling', clause)
        silent.expect(silent.arguments['shuffle'],
                      'fit did not shuffle the batches', 'shuffling', clause)

    def test_verbose(self, plain, silent):
        clause = 'task 4: verbose determines if output is printed'
        plain.expect(plain.printed, 'It printed nothing',
                     'output, as verbose is True by default', clause)
        silent.expect(not silent.printed,
                      f'It printed {silent.printed[:30]!r}',
                      'no output', clause)


class Validates(Trains):
    """Task 5: a look at validation data after each epoch."""

    PARAMETERS = Trains.PARAMETERS + ', validation_data=None'

    def test_validation_data(self, rising, data):
        clause = 'task 5: validation_data, if not None'
        values = rising.history.get('val_loss', [])
        rising.expect(
            len(values) == len(rising.history['loss']),
            f'The History holds {len(values)} validation losses',
            'one for each epoch', clause)
        loss = rising.network.evaluate(*data.wrong, verbose=0)[0]
        rising.expect(
            np.isclose(values[-1], loss, rtol=1e-4),
            f'The last validation loss is {values[-1]}',
            f"that of the validation data, {loss}", clause)

    def test_without_validation_data(self, plain):
        plain.expect(
            not any(name.startswith('val_') for name in plain.history),
            f'The History holds {sorted(plain.history)}',
            'no validation without validation_data',
            'task 5: validation_data is None by default')


class StopsEarly(Validates):
    """Task 6: an end when the validation loss stops improving."""

    PARAMETERS = Validates.PARAMETERS + ', early_stopping=False, patience=0'
    STOP = 'task 6: early stopping on the validation loss, with patience'

    def test_stops(self, patient):
        count = len(patient.history['loss'])
        patient.expect(
            count == 3, f'It trained for {count} epochs',
            '3 epochs, as the validation loss is lowest after the first and '
            'the patience is 2', self.STOP)

    def test_keeps_last_weights(self, patient):
        patient.expect(
            same(patient.network.get_weights(), patient.weights[-1]),
            'The weights at the end are not those of the last epoch',
            'early stopping alone, without restoring weights', self.STOP)

    def test_no_patience(self, train_model, data):
        seen = train(train_model, data.x, data.y, BATCH, 6, data.wrong,
                     early_stopping=True)
        count = len(seen.history['loss'])
        seen.expect(
            count == 2, f'It trained for {count} epochs',
            '2 epochs, as the validation loss rises and patience is 0 by '
            'default', self.STOP)

    def test_goes_on_while_loss_falls(self, train_model, data):
        # So slow that the loss falls and the accuracy stays.
        seen = train(train_model, data.x, data.y, BATCH, EPOCHS, data.right,
                     early_stopping=True, rate=1e-5)
        count = len(seen.history['loss'])
        seen.expect(
            count == EPOCHS, f'It trained for {count} epochs',
            f'all {EPOCHS}, as the validation loss falls in each',
            self.STOP)

    def test_only_if_asked(self, rising):
        count = len(rising.history['loss'])
        rising.expect(
            count == EPOCHS, f'It stopped after {count} epochs',
            f'all {EPOCHS}, as early_stopping is False by default',
            'task 6: early_stopping indicates whether to stop early')

    def test_only_with_validation_data(self, train_model, data):
        seen = train(train_model, data.x, data.y, BATCH, 1,
                     early_stopping=True)
        seen.expect(
            not callbacks(seen, K.callbacks.EarlyStopping),
            'fit was given an EarlyStopping callback',
            'none without validation data',
            'task 6: only if validation_data exists')


class Decays(StopsEarly):
    """Task 7: inverse time decay of the learning rate."""

    PARAMETERS = (StopsEarly.PARAMETERS
                  + ', learning_rate_decay=False, alpha=0.1, decay_rate=1')
    DECAY = ('task 7: inverse time decay, alpha / (1 + decay_rate * epoch), '
             'stepwise after each epoch')

    def expect_rates(self, seen, rates, why):
        seen.expect(len(seen.rates) == len(rates)
                    and np.allclose(seen.rates, rates),
                    'The learning rates of the epochs were '
                    f'{rounded(seen.rates)}',
                    f'{rounded(rates)}{why}', self.DECAY)

    def test_default_decay(self, decaying):
        self.expect_rates(decaying, [0.1, 0.1 / 2, 0.1 / 3],
                          ' (alpha is 0.1 and decay_rate 1 by default)')

    def test_decay(self, train_model, data):
        seen = train(train_model, data.x, data.y, BATCH, EPOCHS, data.right,
                     learning_rate_decay=True, alpha=0.04, decay_rate=0.5)
        self.expect_rates(seen, [0.04, 0.04 / 1.5, 0.04 / 2], '')

    def test_message(self, decaying):
        count = decaying.printed.count(
            'LearningRateScheduler setting learning rate')
        decaying.expect(
            count == EPOCHS,
            f'Keras printed {count} messages about the learning rate',
            f'one for each of the {EPOCHS} epochs',
            'task 7: Keras prints a message at each update')

    def test_decay_with_early_stopping(self, train_model, data):
        seen = train(train_model, data.x, data.y, BATCH, EPOCHS, data.wrong,
                     early_stopping=True, patience=1,
                     learning_rate_decay=True, alpha=0.01)
        self.expect_rates(seen, [0.01, 0.01 / 2],
                          ', with decay and an early end together')

    def test_decays_only_if_asked(self, rising):
        self.expect_rates(rising, [0.01] * EPOCHS,
                          ', as learning_rate_decay is False by default')

    def test_decays_only_with_validation_data(self, train_model, data):
        seen = train(train_model, data.x, data.y, BATCH, 2,
                     learning_rate_decay=True)
        self.expect_rates(seen, [0.01] * 2, ' without validation data')


class SavesBest(Decays):
    """Task 8: a file with the model of the best epoch."""

    PARAMETERS = Decays.PARAMETERS + ', save_best=False, filepath=None'
    BEST = ('task 8: saves after each epoch whose validation loss is '
            'the lowest so far')

    def train_and_save(self, train_model, folder, data, valid, **kwargs):
        file = folder / kwargs.pop('name', 'best.keras')
        return file, train(train_model, data.x, data.y, BATCH, EPOCHS, valid,
                           save_best=True, filepath=file.name, file=file,
                           **kwargs)

    def expect_saved(self, file, seen, best):
        seen.expect(file.exists(), f'There is no {file.name}',
                    'the best model in filepath', self.BEST)
        try:
            saved = K.models.load_model(file)
        except Exception as error:
            seen.expect(False, f'K.models.load_model({file.name!r}) raised '
                        f'{describe(error)}',
                        'a file with the whole model', 'task 8: the model')
        epochs = [epoch for epoch, weights in enumerate(seen.weights, 1)
                  if same(weights, saved.get_weights())]
        seen.expect(
            epochs == [best],
            'The saved weights are those of epoch '
            + (', '.join(map(str, epochs)) or 'none'),
            f"epoch {best}'s, whose validation loss is the lowest of "
            f"{rounded(seen.history['val_loss'])}", self.BEST)
        seen.expect(getattr(saved, 'optimizer', None) is not None,
                    'The saved model is not compiled', 'the whole model',
                    'task 8: saves the model')

    def test_best_is_first(self, train_model, scratch, data):
        file, seen = self.train_and_save(train_model, scratch, data,
                                         data.wrong)
        self.expect_saved(file, seen, best=1)
        seen.expect(len(set(seen.files)) == 1,
                    'The file was written again after a worse epoch',
                    'saving better models only', self.BEST)

    @pytest.mark.parametrize('name', ['best.keras', 'best.h5'])
    def test_best_is_last(self, train_model, scratch, data, name):
        file, seen = self.train_and_save(train_model, scratch, data,
                                         data.right, name=name)
        self.expect_saved(file, seen, best=EPOCHS)
        seen.expect(None not in seen.files and len(set(seen.files)) == EPOCHS,
                    'The file was not written after each better epoch',
                    'saving after each epoch that is the best so far',
                    self.BEST)

    def test_best_is_by_loss(self, train_model, scratch, data):
        # So slow that the loss falls and the accuracy stays.
        file, seen = self.train_and_save(train_model, scratch, data,
                                         data.right, rate=1e-5)
        self.expect_saved(file, seen, best=EPOCHS)

    def test_best_with_all_the_rest(self, train_model, scratch, data):
        file, seen = self.train_and_save(
            train_model, scratch, data, data.wrong, early_stopping=True,
            patience=1, learning_rate_decay=True, alpha=0.01)
        self.expect_saved(file, seen, best=1)
        self.expect_rates(seen, [0.01, 0.01 / 2],
                          ', with decay and an early end together')

    def test_saves_only_if_asked(self, train_model, scratch, data):
        file = scratch / 'best.keras'
        seen = train(train_model, data.x, data.y, BATCH, 1, data.right,
                     filepath=file.name)
        seen.expect(not list(scratch.iterdir()), f'{file.name} was saved',
                    'nothing saved, as save_best is False by default',
                    'task 8: save_best indicates whether to save')

    def test_saves_only_with_validation_data(self, train_model, scratch,
                                             data):
        file, seen = self.train_and_save(train_model, scratch, data, None)
        seen.expect(not list(scratch.iterdir()), f'{file.name} was saved',
                    'nothing saved without validation data',
                    'task 8: there is no best without validation data')
