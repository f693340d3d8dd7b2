"""Task 4: mini-batch gradient descent.

A training is made for each case of the tables below, and every sentence of
the class goes through all of them: `for run in runs`. `Run`, in
grader/exam/training.py, makes the call. Most trainings follow a script of
losses: `fit` gives way to one that trains nothing, and tells what it was
given. Those of FULL train.

In the tables, None means that an argument is left out. These are no arguments:
`losses`, the validation losses of the epochs (the last one goes on); `rows`
and `valid`, how many rows to train and to validate with; `used`, how many
steps the network has taken before; `style`, how many arguments are given by
position. `run.case` holds them all, `run.get` gives an argument or its
default, and `run.asks` tells whether a flag is set, with validation data.

The files of tasks 5 to 8 each inherit the sentences of the task before, and
add their own, as the solutions add to each other. They name the same fixtures,
and the sentences that the answer to the task before fails: `NEW`.
"""
import numpy as np
import tensorflow.keras as K

from grader.exam import training
from grader.exam.cases import calls, cases
from grader.exam.student import apart, kind, same, unlike
from grader.exam.surroundings import FILES, RATE, STEPS, WEIGHTS
from grader.exam.task import Task, only_silence
from grader.exam.training import Run, listed

STEM = '4-train'
ARGUMENTS = 'network, data, labels, batch_size, epochs'
PROTOTYPES = [f'train_model({ARGUMENTS}, verbose=True, shuffle=False)']
MAY_CHANGE = {'train_model': [WEIGHTS, STEPS, RATE, FILES]}
NAN = float('nan')
TABLES = {
    'losses': [[2.0, 3.0, 1.0], [3.0, NAN, 2.0], [1e12, 0.5, 0.0]],
    'batch_size': [72, 70, 7, 300, 140, 1],
    'epochs': [3, 1, 5, 14],
    'rows': [140, 30, 1, 600],
    'valid': [0],
    'verbose': [None, False, True],
    'shuffle': [None, True, False],
    'used': [0, 9],  # a network that has trained before, and other data
    'style': [0, 5, 7, 6]}
LONG = {'losses': [3.0, NAN, 2.0], 'batch_size': 200, 'epochs': 1000,
        'rows': 140, 'valid': 0, 'style': 5}
LARGE = {**LONG, 'epochs': 2, 'batch_size': 5000, 'rows': 11000}
FULL = {'batch_size': 72, 'epochs': 2, 'rows': 72, 'valid': 0, 'style': 3,
        'verbose': None, 'shuffle': None}  # it trains

runs = calls(Run, cases(TABLES, pairs=4))
long = calls(Run, [LONG, LARGE])
full = calls(Run, [FULL])


class TestTask4(Task):
    """What task 4 asks for."""

    FULL = FULL

    def test_fit(self, runs):
        """Task 4: mini-batch gradient descent with one call of fit."""
        for run in runs:
            assert run.fits, unlike('`network.fit` was not called',
                                    'training with fit')
            assert len(run.fits) == 1, unlike(
                f'`network.fit` was called {len(run.fits)} times', 'once')
            assert run.arguments['self'] is run.network, unlike(
                'It trained another network', 'the network that it is given')

    def test_returns_history(self, runs):
        """Task 4: returns the History object."""
        for run in runs:
            self.test_fit([run])
            good = isinstance(run.returned, K.callbacks.History)
            assert good, unlike(
                f'It returned {kind(run.returned)}', 'the History of fit')

    def test_data(self, runs):
        """Task 4: trains with data and labels, all of them in each epoch."""
        for run in runs:
            self.test_fit([run])
            for name, usual in (
                    ('validation_split', 0), ('class_weight', None),
                    ('sample_weight', None), ('initial_epoch', 0),
                    ('validation_freq', 1)):
                value = run.arguments[name]
                assert (value or 0) == (usual or 0), unlike(
                    f'fit was given {name}={value!r}', 'fit without it')
            (x, y), _ = training.parts(run.case)
            rows = np.hstack([x, y])
            got = training.stacked(training.batches(run.arguments))
            assert len(got) == len(rows), unlike(
                f'fit was given {len(got)} rows', f'{len(rows)}')
            good = np.array_equal(ordered(got), ordered(rows))
            assert good, unlike('fit was given other rows or labels',
                                'data and labels as they are')
            good = run.case['shuffle'] or np.array_equal(got, rows)
            assert good, unlike('fit was given the rows in another order',
                                'data and labels as they are')

    def test_epochs(self, runs):
        """Task 4: epochs is the number of passes."""
        for run in runs:
            self.test_returns_history([run])
            self.test_data([run])
            assert run.epochs == run.case['epochs'], unlike(
                f'It trained for {run.epochs} epochs', f'{run.case["epochs"]}')

    def test_batch_size(self, runs):
        """Task 4: batch_size is the size of the batch."""
        for run in runs:
            self.test_data([run])
            size, rows = run.case['batch_size'], run.case['rows']
            got = [len(batch) for batch in training.batches(run.arguments)]
            wanted = [min(size, rows - i) for i in range(0, rows, size)]
            assert got == wanted, unlike(
                f'Its batches have {listed(got)} of the {rows} rows',
                f'{listed(wanted)}')

    def test_shuffle(self, runs):
        """Task 4: shuffle, by default False."""
        for run in runs:
            self.test_data([run])
            if run.case['shuffle'] is None:
                self.test_prototypes(run.student)
            got = bool(run.arguments['shuffle'])
            wanted = bool(run.case['shuffle'])
            if run.arguments['y'] is None:  # batches, with their own order
                (x, y), _ = training.parts(run.case)
                passes, given = [], run.arguments['x']
                for epoch in range(2):
                    getattr(given, 'on_epoch_begin', int)()
                    passes.append(training.stacked(
                        training.batches(run.arguments, epoch)))
                    getattr(given, 'on_epoch_end', int)()
                got = not np.array_equal(
                    passes[0], np.hstack([x, y])) or wanted and len(x) == 1
                if hasattr(given, '__getitem__'):  # fit shuffles its batches
                    got = got or bool(run.arguments['shuffle'])
                assert not wanted or len(x) == 1 or not np.array_equal(
                    *passes), unlike('The order of the rows is the same in '
                                     'each epoch', 'shuffling every epoch')
            assert run.arguments['shuffle'] != 'batch', unlike(
                "fit was given shuffle='batch'", 'True or False')
            assert got == wanted, unlike(
                f'fit {"shuffled" if got else "did not shuffle"} the batches',
                'shuffling' if wanted else 'no shuffling')

    def test_verbose(self, runs):
        """Task 4: verbose determines if output is printed."""
        for run in runs:
            self.test_fit([run])
            if run.case['verbose'] is None:
                self.test_prototypes(run.student)
            if run.get('verbose', True):
                assert run.printed, unlike(
                    'It printed nothing of the training',
                    'output, because verbose is True' + ' by default' * (
                        run.case['verbose'] is None))
            elif not self.may_print(run):
                only_silence(run.printed)

    def may_print(self, run):
        """Tells whether all that was printed may be, without verbose."""
        return False

    def test_history(self, runs):
        """Task 4: returns the History object."""
        for run in runs:
            self.test_returns_history([run])
            self.test_epochs([run])
            wanted = [1 / (1 + loss) for loss in run.script][:run.epochs]
            got = run.history['loss']
            assert np.array_equal(got, wanted, equal_nan=True), unlike(
                f'The losses in the History are {listed(got)}',
                f'those of the epochs, {listed(wanted)}')

    def test_starts_from_the_weights(self, runs):
        """Task 4: trains the network that it is given."""
        for run in runs:
            self.test_fit([run])
            assert not run.reset, unlike(
                'The weights were other ones when fit was called',
                'training that starts from the weights of the network')
            steps = run.case['used'] or 0
            assert run.steps == steps, unlike(
                f'The optimizer was at step {run.steps} when fit was called',
                f'step {steps}, where the training before has ended')

    def test_leaves_the_trained_network(self, runs):
        """Task 4: trains the network that it is given, and changes no more."""
        for run in runs:
            self.test_starts_from_the_weights([run])
            self.test_history([run])
            good = any(same(run.left[0], weights)
                       for weights in self.weights_left(run))
            assert good, unlike(
                'The weights afterwards are not those of the last epoch',
                'the trained network')

    def test_leaves_the_learning_rate(self, runs):
        """Task 4: trains the network that it is given, and changes no more."""
        for run in runs:
            self.test_history([run])
            rates = self.rates_left(run)
            good = any(np.isclose(run.left[1], rate, rtol=1e-5, atol=0)
                       for rate in rates)
            assert good, unlike(
                f'The learning rate is {run.left[1]:.4g} afterwards',
                f'{rates[-1]:.4g}')

    def test_leaves_no_files(self, runs):
        """Task 4: trains the network that it is given, and changes no more."""
        for run in runs:
            assert not run.saved, unlike(
                f'It left {", ".join(run.saved)}', 'no files')

    def weights_left(self, run):
        """Lists the weights that a network may have after a training."""
        return run.ended[-1:]

    def rates_left(self, run):
        """Lists the learning rates that it may have."""
        return [training.RATE]

    def test_many_epochs(self, long):
        """Task 4: epochs is the number of passes."""
        for run in long:
            self.test_data([run])
            epochs = run.case['epochs']
            assert run.epochs == epochs, unlike(
                f'It trained for {run.epochs} epochs', f'{epochs}')
            assert run.printed or not run.get('verbose', True), unlike(
                'It printed nothing of the training',
                'output, because verbose is True by default')

    def test_same_as_fit(self, full):
        """Task 4: mini-batch gradient descent with fit."""
        for run in full:
            for needed in (self.test_returns_history, self.test_epochs,
                           self.test_batch_size, self.test_shuffle,
                           self.test_starts_from_the_weights):
                needed([run])
            history = self.fit()
            for name, values in history.items():
                got = run.history.get(name, [])
                good = len(got) == len(values) and np.allclose(
                    got, values, rtol=1e-4)
                shown = apart(got, values)
                assert good, unlike(
                    f'The {name} of the epochs was {shown[0]}',
                    f'{shown[1]}, as with fit, the same data and no '
                    'shuffling')
            more = [*{*run.history} - {*history, 'lr', 'learning_rate'}]
            assert not more, unlike(
                f'The History has {", ".join(more)} too',
                ', '.join(history))

    def fit(self):
        """Returns the history that FULL has with plain `fit`."""
        return training.fit(self.FULL)


def ordered(rows):
    """Sorts rows, which stay together."""
    return rows[np.lexsort(rows.T)]
