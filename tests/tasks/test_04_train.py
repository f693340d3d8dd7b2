"""Task 4: mini-batch gradient descent.

The files of tasks 5 to 8 each add their own sentences to those of the task
before, as the solutions add to each other. A run of `train_model` serves as
many sentences as it can.
"""
import contextlib
import functools
import io
import os

import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    current,
    expect,
    expect_prototype,
    function,
    kind,
    new_network,
    rounded,
    uncolored,
    watch,
)

STEM = '4-train'
ROWS, BATCH = 16, 8  # where batches are no matter, all rows are one


class TestTask4:
    """What task 4 asks for."""

    PARAMETERS = 'network, data, labels, batch_size, epochs'

    @pytest.fixture(scope='class')
    def train(self, request, data, tmp_path_factory):
        """Trains a new network in a new folder, and tells what happens.

        Its arguments are those of `train_model` after the labels, and the
        learning rate that the network is compiled with.

        It returns what `watch` sees, with the network, what was returned and
        printed, the folder, and an `expect` that knows the call.
        """
        train_model = function(request.module.STEM, 'train_model')

        def train(*args, rate=0.01, **kwargs):
            folder = tmp_path_factory.mktemp('run')
            os.chdir(folder)
            network = new_network(rate)
            seen = watch(network, folder / kwargs.get('filepath', 'none'))
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                seen.returned = train_model(
                    network, data.x[:ROWS], data.y[:ROWS], *args, **kwargs)
            seen.expect = functools.partial(expect, call=current.call)
            seen.expect(seen.arguments, '`network.fit` was not called',
                        'training with fit',
                        'task 4: mini-batch gradient descent')
            seen.expect(isinstance(seen.returned, K.callbacks.History),
                        f'It returned {kind(seen.returned)}',
                        'the History of fit',
                        'task 4: returns the History object')
            seen.network, seen.folder = network, folder
            seen.printed = uncolored(printed.getvalue())
            seen.history = seen.returned.history
            return seen

        train.train_model = train_model
        return train

    @pytest.fixture(scope='class')
    def plain(self, train):
        """A run with nothing but the arguments that must be given."""
        return train(BATCH, 2)

    @pytest.fixture(scope='class')
    def silent(self, train):
        """A run with `verbose` and `shuffle` the other way round."""
        return train(batch_size=6, epochs=1, verbose=False, shuffle=True)

    def test_prototype(self, request, train):
        expect_prototype(train.train_model, f'train_model({self.PARAMETERS}, '
                         'verbose=True, shuffle=False)',
                         request.module.STEM[0])

    def test_epochs(self, plain, silent):
        for seen, epochs in ((plain, 2), (silent, 1)):
            count = len(seen.history['loss'])
            seen.expect(count == epochs, f'It trained for {count} epochs',
                        f'{epochs}', 'task 4: epochs is the number of passes')

    def test_batch_size(self, plain, silent):
        for seen, batches in ((plain, 2), (silent, 3)):
            seen.expect(
                set(seen.batches) == {batches},
                f'Its epochs had {seen.batches} batches of the {ROWS} rows',
                f'{batches} in each', 'task 4: batch_size is the '
                'size of the batch for mini-batch gradient descent')

    def test_same_as_fit(self, plain, data):
        network = new_network()
        history = network.fit(data.x[:ROWS], data.y[:ROWS], BATCH, 2,
                              verbose=0, shuffle=False).history
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
