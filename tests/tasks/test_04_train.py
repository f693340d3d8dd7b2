"""Task 4: mini-batch gradient descent.

The files of tasks 5 to 8 each add their own sentences to those of the task
before, as the solutions add to each other. Most runs of `train_model` follow
a script (see grader/training.py); a few train.
"""
import numpy as np

from grader.exam import training
from grader.exam.draw import drawn, kept, trainings
from grader.exam.expect import rounded
from grader.exam.surroundings import FILES, RATE, STEPS, WEIGHTS
from grader.exam.task import Task
from grader.exam.training import FIT, Run, listed

STEM = '4-train'
OWN = 'task 4: trains the network that it is given, and changes no more'


class TestTask4(Task):
    """What task 4 asks for."""

    PARAMETERS = 'network, data, labels, batch_size, epochs'
    MAY_CHANGE = {'train_model': [WEIGHTS, STEPS, RATE, FILES]}
    CASES, DRAWS = trainings(valid=False), 28
    # A training of many epochs, and what else it asks for.
    LONG = {'batch_size': 200, 'epochs': 1000, 'rows': 140, 'valid': 0,
            'style': 5, 'losses': [3.0, float('nan'), 2.0]}
    # One that trains.
    FULL = {'batch_size': 72, 'epochs': 2, 'rows': 72, 'valid': 0, 'style': 3}

    @property
    def PROTOTYPES(self):
        """Its function."""
        return [f'train_model({self.PARAMETERS}, verbose=True, shuffle=False)']

    @kept
    def call(self, case):
        """A training, by a script or by `fit`."""
        return Run(self.ask, case)

    @drawn()
    def test_epochs(self, done, case):
        done.expect(done.asks('early_stopping')
                    or done.epochs == case['epochs'],
                    f'It trained for {done.epochs} epochs',
                    f'{case["epochs"]}',
                    'task 4: epochs is the number of passes')

    def test_many_epochs(self):
        self.expect_long(self.call(self.LONG))

    def expect_long(self, done):
        epochs = done.case['epochs']
        done.expect(done.epochs == epochs, 'It trained for '
                    f'{done.epochs} epochs', f'{epochs}',
                    'task 4: epochs is the number of passes')
        done.expect(done.printed or not done.case.get('verbose', True),
                    'It printed nothing of the training', 'output, because '
                    'verbose is True by default',
                    'task 4: verbose determines if output is printed')

    def test_all_at_once(self):
        for shuffle in True, False:
            done = self.call({**self.FULL, 'losses': [3.0, 2.0, 1.0],
                              'shuffle': shuffle, 'verbose': False,
                              'epochs': 3})
            done.expect(
                bool(done.arguments['shuffle']) == shuffle
                or done.arguments['y'] is None,
                f'fit {"did not shuffle" if shuffle else "shuffled"} the '
                'batches', 'shuffling' if shuffle else 'no shuffling',
                'task 4: shuffle, by default False')

    @drawn()
    def test_batch_size(self, done, case):
        size, rows = case['batch_size'], case['rows']
        got = [len(batch) for batch in training.batches(done.arguments)]
        wanted = [min(size, rows - i) for i in range(0, rows, size)]
        done.expect(
            got == wanted, f'Its batches have {listed(got)} of the {rows} '
            'rows', f'{listed(wanted)}', 'task 4: batch_size is the size of '
            'the batch for mini-batch gradient descent')

    @drawn()
    def test_data(self, done):
        self.expect_data(done)

    @drawn(count=2)
    def test_other_data_of_one_shape(self, case):
        for used in 0, 9:
            self.expect_data(self.call({**case, 'used': used}))

    def expect_data(self, done):
        case = done.case
        (x, y), _ = training.parts(case)
        rows = np.hstack([x, y])
        got = np.vstack(training.batches(done.arguments))
        done.expect(
            np.array_equal(np.sort(got, axis=0), np.sort(rows, axis=0))
            and (case.get('shuffle') or np.array_equal(got, rows)),
            'fit was given other rows or labels', 'data and labels as they '
            'are', 'task 4: trains with data and labels')
        for name, usual in (
                ('validation_split', 0), ('class_weight', None),
                ('sample_weight', None), ('initial_epoch', 0),
                ('validation_freq', 1), ('validation_steps', None)):
            value = done.arguments[name]
            done.expect(
                (value or 0) == (usual or 0) or name == 'validation_steps'
                and not hasattr(done.arguments['validation_data'], 'shape')
                and not isinstance(done.arguments['validation_data'], tuple),
                f'fit was given {name}={value!r}', 'all of data in each '
                'epoch', FIT)

    @drawn()
    def test_shuffle(self, done, case):
        got, wanted = bool(done.arguments['shuffle']), bool(
            case.get('shuffle'))
        if done.arguments['y'] is None:  # batches, with their own order
            (x, y), _ = training.parts(case)
            got = not np.array_equal(np.vstack(
                training.batches(done.arguments)), np.hstack([x, y])) or (
                    wanted and case['rows'] == 1)
        done.expect(
            got == wanted,
            f'fit {"shuffled" if got else "did not shuffle"} the batches',
            'shuffling' if wanted else 'no shuffling',
            'task 4: shuffle, by default False')

    @drawn()
    def test_verbose(self, done, case):
        clause = 'task 4: verbose determines if output is printed'
        if case.get('verbose', True):
            done.expect(done.printed, 'It printed nothing of the training',
                        'output, because verbose is True by default', clause)
        else:
            done.expect(self.allowed(done) or not done.printed,
                        f'It printed {done.printed[:60]!r}', 'no output',
                        clause)

    def allowed(self, done):
        """Tells whether all that was printed may be, without verbose."""
        return False

    @drawn()
    def test_history(self, done):
        losses = [1 / (1 + loss) for loss in training.script(done)]
        got = done.history['loss']
        done.expect(np.array_equal(got, losses[:done.epochs],
                                   equal_nan=True),
                    f'The losses in the History are {listed(got)}',
                    f'those of the epochs, {listed(losses)}',
                    'task 4: returns the History object')

    @drawn()
    def test_leaves_the_trained_network(self, done):
        done.expect(not done.reset, 'The weights were other ones when fit '
                    'was called', 'training that starts from the weights of '
                    'the network', OWN)
        done.expect(any(np.array_equal(done.left[0][-1], bias)
                        for bias in self.biases_left(done)),
                    'The weights afterwards are not those of the last epoch',
                    'the trained network', OWN)
        done.expect(any(np.isclose(done.left[1], rate, rtol=1e-5, atol=0)
                        for rate in self.rates_left(done)),
                    f'The learning rate is {done.left[1]:.4g} afterwards',
                    'the one that it was compiled with', OWN)

    @drawn()
    def test_leaves_no_files(self, done):
        done.expect(self.saves(done) or not done.saved,
                    f'It left {done.saved}', 'no files', OWN)

    def saves(self, done):
        """Tells whether a training may leave files."""
        return False

    def biases_left(self, done):
        """Lists the weights that a network may have after a training."""
        return done.biases[-1:]

    def rates_left(self, done):
        """Lists the learning rates that it may have."""
        return [training.RATE]

    def fit(self):
        """Returns the history that FULL has with plain `fit`."""
        return training.fit(self.FULL)

    def test_same_as_fit(self):
        done, history = self.call(self.FULL), self.fit()
        for name, values in history.items():
            got = done.history.get(name, [])
            done.expect(
                len(got) == len(values)
                and np.allclose(got, values, rtol=1e-4),
                f'The {name} of the epochs was {rounded(got)}',
                f'{rounded(values)}, as with fit, the same data and no '
                'shuffling', FIT)
        done.expect('val_loss' in history or 'val_loss' not in done.history,
                    'There are validation losses in the History',
                    'training alone, with no validation data', FIT)
