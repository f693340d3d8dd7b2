"""Task 4: mini-batch gradient descent.

The files of tasks 5 to 8 each add their own sentences to those of the task
before, as the solutions add to each other. Most runs of `train_model` follow
a script (see tests/grader/training.py); a few train.
"""
import contextlib
import functools
import io
import itertools
import os
import re

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader import training
from tests.grader.expectations import (
    TENSORFLOW,
    current,
    expect,
    expect_prototype,
    function,
    kind,
    rate_of,
    rounded,
    same,
    uncolored,
)

STEM = '4-train'
ROWS = 140
RATE = 0.0041  # that the networks are compiled with
FALLING = [1e6, 300, 20, 9, 8, 7, 6, 5, 4, 3, 2, 1]
FIT = 'task 4: mini-batch gradient descent with fit'
OWN = 'task 4: trains the network that it is given, and changes no more'


class TestTask4:
    """What task 4 asks for."""

    PARAMETERS = 'network, data, labels, batch_size, epochs'
    # What can be asked for besides, and not asked for.
    CHOICES = [[{}, {'verbose': False}], [{}, {'shuffle': True}]]
    SCRIPT = [2, 3, 2.5, 4, 3, 5]  # of a run for each combination of these

    @pytest.fixture(scope='class')
    def train(self, request, data, tmp_path_factory):
        """Trains a network in a new folder, and tells what happens.

        It takes what `train_model` takes after the labels, and the number
        of `rows` to train on. With `valid`, there is validation data; with
        `losses`, the training only follows this script.

        It returns what `training.watch` sees, with the network, what was
        returned and printed, the folder, and an `expect` that knows the call.
        """
        train_model = function(request.module.STEM, 'train_model')
        folders = tmp_path_factory.mktemp('runs')
        x, y = data.wrong
        # Not between 0 and 1, so that scaling the data or clipping it shows.
        parts = [0.2 - data.x[:ROWS, ::4], fives(data.y[:ROWS]),
                 0.2 - x[:, ::4], fives(y)]
        kept = []  # a network that a script has left as it was

        def train(batch_size, epochs, losses=FALLING, valid=False, rows=ROWS,
                  **kwargs):
            folder = folders / str(len(os.listdir(folders)))
            file = folder / kwargs.get('filepath', 'none')
            file.parent.mkdir(parents=True)
            os.chdir(folder)
            network = kept.pop() if losses and kept else new_network()
            seen = training.watch(network, losses, file)
            weights, settings = (network.get_weights(),
                                 training.settings(network))
            seen.asked = {'batch_size': batch_size, 'epochs': epochs,
                          'valid': valid, 'rows': rows, **kwargs}
            given = [part.copy() for part in parts]
            if valid:
                kwargs['validation_data'] = tuple(given[2:])
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                seen.returned = train_model(
                    network, given[0][:rows], given[1][:rows], batch_size,
                    epochs, **kwargs)
            seen.expect = functools.partial(expect, call=current.call)
            seen.expect(seen.calls, '`network.fit` was not called',
                        'training with fit', FIT)
            seen.expect(len(seen.calls) == 1,
                        f'`network.fit` was called {len(seen.calls)} times',
                        'one training with fit', FIT)
            seen.expect(isinstance(seen.returned, K.callbacks.History),
                        f'It returned {kind(seen.returned)}',
                        'the History of fit',
                        'task 4: returns the History object')
            seen.network, seen.folder = network, folder
            seen.arguments, = seen.calls
            seen.history = seen.returned.history
            seen.epochs = len(seen.history.get('loss', []))
            seen.printed = uncolored(printed.getvalue())
            # Callbacks tell what they do in lines of their own.
            seen.progress = re.sub(r'(?m)^Epoch \d+: .*', '',
                                   seen.printed).strip()
            seen.left = network.get_weights(), rate_of(network)
            after = training.settings(network)
            seen.changed = [name for name in settings if not (
                settings[name] == seen.before[1][name] == after[name])]
            seen.reset = not same(weights, seen.before[0])
            seen.spoilt = not all(map(np.array_equal, given, parts))
            if losses is not None and not seen.changed:
                network.set_weights(weights)
                network.optimizer.learning_rate = RATE
                network.optimizer.iterations.assign(0)
                kept.append(network)
            return seen

        train.train_model, train.parts = train_model, parts
        return train

    def numbers(self, i):
        """Gives what may be given whatever is asked for."""
        return {'batch_size': 70 + i % 5, 'epochs': 3 + i % 2}

    @pytest.fixture(scope='class')
    def attempts(self, train):
        """Runs for every combination of what can be asked for, or errors.

        The last is the first again, and has nothing from those between.
        """
        choices = [*itertools.product(*self.CHOICES)]
        runs, errors = [], []
        for i in (*range(len(choices)), 0):
            asked = {name: value for choice in choices[i]
                     for name, value in choice.items()}
            try:
                runs.append(train(**self.numbers(i), **asked,
                                  losses=self.SCRIPT))
            except (Exception, pytest.fail.Exception) as error:
                errors.append(error)
        return runs, errors

    @pytest.fixture(scope='class')
    def runs(self, attempts):
        """The runs that work, so that one that doesn't fails one test."""
        runs, errors = attempts
        if not runs:
            raise errors[0]
        return runs

    def test_prototype(self, request, train):
        expect_prototype(train.train_model, f'train_model({self.PARAMETERS}, '
                         'verbose=True, shuffle=False)',
                         request.module.STEM[0])

    def test_each_combination(self, attempts):
        for error in attempts[1]:
            raise error

    def test_epochs(self, train, runs):
        for seen in (*runs, train(70, 1), train(ROWS, 300, verbose=False)):
            epochs = seen.asked['epochs']
            seen.expect(seen.asked.get('early_stopping')
                        or seen.epochs == epochs,
                        f'It trained for {seen.epochs} epochs', f'{epochs}',
                        'task 4: epochs is the number of passes')

    def test_batch_size(self, train, runs):
        for seen in (*runs, *(train(size, 1) for size in (7, 130, 200)),
                     train(20, 1, rows=30)):
            size, rows = (seen.asked[name] for name in ('batch_size', 'rows'))
            got = [len(batch) for batch in training.batches(seen.arguments)]
            wanted = [min(size, rows - i) for i in range(0, rows, size)]
            seen.expect(
                got == wanted, f'Its batches were of {listed(got)} of the '
                f'{rows} rows', f'{listed(wanted)}', 'task 4: batch_size is '
                'the size of the batch for mini-batch gradient descent')

    def test_data(self, train, runs):
        rows = training.side_by_side(train.parts[:2])
        for seen in runs:
            got = np.vstack(training.batches(seen.arguments))
            seen.expect(np.array_equal(np.sort(got, axis=0),
                                       np.sort(rows, axis=0))
                        and (seen.asked.get('shuffle')
                             or np.array_equal(got, rows)),
                        'fit got other rows or labels',
                        'training on data and labels',
                        'task 4: trains with data and labels')
            for name, usual in (
                    ('validation_split', 0), ('class_weight', None),
                    ('sample_weight', None), ('initial_epoch', 0),
                    ('validation_freq', 1)):
                value = seen.arguments[name]
                seen.expect((value or 0) == (usual or 0),
                            f'fit got {name}={value!r}',
                            'training on all of data, in each epoch', FIT)

    def test_shuffle(self, train, runs):
        rows = training.side_by_side(train.parts[:2])
        for seen in runs:
            got, wanted = bool(seen.arguments['shuffle']), bool(
                seen.asked.get('shuffle'))
            if seen.arguments['y'] is None:  # batches, with their own order
                got = not np.array_equal(
                    np.vstack(training.batches(seen.arguments)), rows)
            seen.expect(
                got == wanted,
                f'fit {"shuffled" if got else "did not shuffle"} the batches',
                'shuffling' if wanted else 'no shuffling',
                'task 4: shuffle, by default False')

    def test_verbose(self, runs):
        clause = 'task 4: verbose determines if output is printed'
        for seen in runs:
            if seen.asked.get('verbose', True):
                seen.expect(seen.progress, 'It printed nothing of the '
                            'training', 'output, as verbose is True by '
                            'default', clause)
            else:
                seen.expect(not seen.progress,
                            f'It printed {seen.progress[:30]!r}',
                            'no output', clause)

    def test_history(self, runs):
        for seen in runs:
            losses = [1 / (1 + loss) for loss in self.SCRIPT[:seen.epochs]]
            got = seen.history['loss']
            seen.expect(got == losses,
                        f'The losses in the History are {listed(got)}',
                        f'those of the epochs, {listed(losses)}',
                        'task 4: returns the History object')

    def test_changes_no_more(self, train, runs):
        for seen in (*runs, train(ROWS, 30, verbose=False)):
            seen.expect(not seen.reset, 'The weights were other ones when '
                        'fit was called', 'training those that the network '
                        'has', OWN)
            seen.expect(not seen.changed, 'It changed the network\'s '
                        f'{" and its ".join(seen.changed)}',
                        'the network as it was compiled', OWN)
            seen.expect(not seen.spoilt, 'The arrays that it got are other '
                        'ones afterwards', 'data left as they are', OWN)
            seen.expect(any(same(seen.left[0], [*seen.before[0][:-1], bias])
                            for bias in self.biases_left(seen)),
                        'The weights afterwards are not those of the last '
                        'epoch', 'the trained network', OWN)
            seen.expect(any(np.isclose(seen.left[1], rate, rtol=1e-5)
                            for rate in self.rates_left(seen)),
                        f'The learning rate is {seen.left[1]:.4g} afterwards',
                        'the one that it was compiled with', OWN)

    def test_leaves_no_files(self, runs):
        for seen in runs:
            found = os.listdir(seen.folder)
            seen.expect(seen.asked.get('save_best') or not found,
                        f'It left {found}', 'no files', OWN)

    def biases_left(self, seen):
        """Lists the last biases that a network may have after a training."""
        return seen.biases[-1:]

    def rates_left(self, seen):
        """Lists the learning rates that it may have."""
        return [RATE]

    def test_same_as_fit(self, train):
        self.expect_history(train(72, 2, losses=None),
                            fit(*train.parts[:2], 72, 2))

    def expect_history(self, seen, history):
        """Fails a test, unless a training's numbers are those of another."""
        for name, values in history.items():
            got = seen.history.get(name, [])
            seen.expect(
                len(got) == len(values)
                and np.allclose(got, values, rtol=1e-4),
                f'The {name} of the epochs was {rounded(got)}',
                f'{rounded(values)}, as with fit, the same data and no '
                'shuffling', FIT)
        seen.expect('val_loss' in history or 'val_loss' not in seen.history,
                    'There are validation losses in the History',
                    'training alone, with no validation data', FIT)


def fives(labels):
    """Gives the one-hot labels of digits as those of five classes."""
    return labels[:, :5] + labels[:, 5:]


def new_network():
    """Builds and compiles the smallest network that learns digits.

    On TensorFlow it runs eagerly: for a dozen steps, tracing a graph takes
    longer.
    """
    network = K.Sequential([K.Input(shape=(196,)), K.layers.Dense(
        5, 'softmax', kernel_initializer=K.initializers.RandomUniform(
            -0.01, 0.01, seed=0))])
    network.compile(K.optimizers.Adam(RATE), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=TENSORFLOW)
    return network


def fit(*args, **kwargs):
    """Gives the history of plain `fit` on a new network."""
    return new_network().fit(*args, verbose=0, shuffle=False, **kwargs).history


def listed(numbers):
    """Lists numbers, where digits count."""
    return f"[{', '.join(f'{number:.9g}' for number in numbers)}]"
