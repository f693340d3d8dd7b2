"""Trainings that follow a script, in milliseconds.

`fit` gives way to one that trains nothing: it takes the callbacks through
epochs whose losses are told beforehand, by Keras's own list of callbacks. So
the exam sees hundreds of epochs, and losses of any course.
"""
import collections
import contextlib
import copy
import functools
import inspect
import itertools
import tempfile
from pathlib import Path
from unittest import mock

import numpy as np
import tensorflow as tf
import tensorflow.keras as K

from grader.exam.student import (
    KERAS_3,
    TENSORFLOW,
    Fault,
    rate_of,
    same,
    uncolored,
    unlike,
)

RATE = 0.0041  # that the networks are compiled with
SOME = np.random.default_rng(0)
# Not between 0 and 1, so that scaling the data or clipping it shows.
X = SOME.normal(0, 2, (17500, 12)).astype('float32')
X[:, 3] *= 40
Y = np.eye(5, dtype='float32')[SOME.integers(0, 5, len(X))]
WHOLE = np.abs(X).clip(0, 255).astype('uint8')  # numbers, as in an image
VALID = 11200  # the first row to validate with
marks = itertools.count(1)  # no two epochs have the same weights
networks = []  # as they were before, for the next run


def new_network():
    """Builds and compiles a small network, with a layer that is frozen.

    On TensorFlow it runs eagerly: for a dozen steps, tracing a graph takes
    longer.
    """
    network = K.Sequential([K.Input(shape=(12,)), K.layers.Dense(
        5, 'softmax', kernel_regularizer=K.regularizers.L2(0.01),
        kernel_initializer=K.initializers.RandomUniform(
            -0.01, 0.01, seed=0)),
        K.layers.BatchNormalization(trainable=False)])
    network.compile(K.optimizers.Adam(RATE), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=TENSORFLOW)
    return network


def parts(case):
    """Returns copies of a case's data, and of what it validates with.

    For a network that was used before they are other data of the same shape,
    whole numbers as in an image.
    """
    first = case.get('used') or 0
    rows, valid = (slice(start, start + count) for start, count in (
        (first, case['rows']), (VALID + first, case['valid'] or 0)))
    x = WHOLE if first else X
    return [x[rows].copy(), Y[rows].copy()], tuple(
        [x[valid].copy(), Y[valid].copy()] if case['valid'] else [])


@functools.cache
def older_file(suffix):
    """Returns what is in the file of a model that was saved before."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f'older{suffix}')
        new_network().save(file)
        return file.read_bytes()


class Run:
    """A training by `train_model`: what was asked, and what came of it.

    Args:
        student: `Student`. It calls `train_model`.
        case: dict. The arguments after `labels`, None where they are left
            out, with `style` (see `Student.ask`), the number of `rows`, that
            of rows to validate with as `valid`, the `losses` of the script
            (None if it trains), how many steps the network has `used` before,
            and whether an older file lies there already, as `over`.

    Attributes:
        case: dict, as above.
        fits: list of dicts. What `fit` was given, each time it was called.
        returned: what `train_model` returned.
        history: dict. Of the returned History.
        epochs: int. How many there were.
        rates: list. For each epoch, the learning rate of its first batch,
            the lowest, the highest, and that of the last batch.
        ended: list. For each epoch, the weights that it ended with.
        files: list. For each epoch, what `filepath` then held, or None.
        checked: list. For each epoch, the rows that it was validated with.
        printed: str. On both streams.
        left: list. The weights and the learning rate afterwards.
        saved: list of str. The files that it left.
    """

    def __init__(self, student, case):
        self.case = collections.defaultdict(lambda: None, case)
        self.student = student
        self.fits = []
        self.rates, self.ended, self.files = [], [], []
        self.checked, self.results = [], None
        asked = {name: case[name] for name in case if name not in (
            'rows', 'valid', 'losses', 'used', 'over')}
        self.losses = case.get('losses')
        name = case.get('filepath') or 'none'
        self.file = Path.cwd() / name.lstrip('/')
        if name[0] == '/':  # an absolute name, as far as a table can tell it
            asked['filepath'] = str(self.file)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if case.get('over'):
            self.file.write_bytes(older_file(self.file.suffix))
        self.network = network = networks.pop() if (
            self.losses and networks) else new_network()
        network.optimizer.iterations.assign(case.get('used') or 0)
        weights = network.get_weights()
        (x, y), valid = parts(case)
        if valid:
            asked['validation_data'] = valid
        original, evaluate = K.Model.fit, K.Model.evaluate

        def fit(network, *args, **kwargs):
            bound = inspect.signature(original).bind(network, *args, **kwargs)
            bound.apply_defaults()
            if bound.arguments['validation_data'] == () and not KERAS_3:
                bound.arguments['validation_data'] = None  # to Keras 2
            given = dict(bound.arguments)
            if hasattr(given['x'], '__next__'):  # a copy, as it may end
                given['x'], found = itertools.tee(given['x'])
                bound.arguments['x'] = (batch for batch in found)
            self.fits.append(given)
            self.before = network.get_weights()
            self.steps = int(getattr(network.optimizer, 'iterations', 0))
            if (self.losses and network is self.network
                    and readable(given)):
                return self.follow(given)
            callbacks = bound.arguments['callbacks']
            note = K.callbacks.LambdaCallback(
                on_epoch_begin=lambda epoch, logs: self.rates.append(
                    [rate_of(network)]))
            if isinstance(callbacks, K.callbacks.CallbackList):
                callbacks.callbacks.append(note)
            else:
                bound.arguments['callbacks'] = [*callbacks_in(callbacks), note]
            return original(*bound.args, **bound.kwargs)

        def test(network, *args, **kwargs):
            """Gives the script's results, as a callback may ask for them."""
            if self.results is None or network is not self.network:
                return evaluate(network, *args, **kwargs)
            bound = inspect.signature(evaluate).bind(network, *args, **kwargs)
            given = bound.arguments
            self.checked[-1] = stacked(in_batches(
                given.get('x'), given.get('y'), 10 ** 6))
            return dict(self.results) if given.get('return_dict') else [
                *self.results.values()]

        with mock.patch.object(K.Model, 'fit', fit), mock.patch.object(
                K.Model, 'evaluate', test):
            self.returned = student.ask('train_model', network=network, data=x,
                                        labels=y, **asked)
        if case.get('shuffle'):
            student.changes = [each for each in student.changes
                               if 'random state' not in each[-1]]
        history = getattr(self.returned, 'history', None)
        self.history = history if isinstance(history, dict) else {}
        self.epochs = len(self.history.get('loss', []))
        self.printed = uncolored(student.printed)
        self.reset = self.fits and not same(weights, self.before)
        self.left = network.get_weights(), rate_of(network)
        self.saved = [path.as_posix() for path in sorted(Path().rglob('*'))
                      if path.is_file()]
        if self.losses is not None and not student.changes:
            with contextlib.suppress(TypeError):  # it has a schedule now
                network.set_weights(weights)
                network.optimizer.learning_rate = RATE
                networks.append(network)

    @property
    def arguments(self):
        """What `fit` was given."""
        return self.fits[0]

    @property
    def valid(self):
        """Tells whether there is validation data."""
        return bool(self.case['valid'])

    def asks(self, name):
        """Tells whether a flag is set, and there is validation data."""
        return self.valid and bool(self.case.get(name))

    def get(self, name, usual):
        """Returns an argument, or its default if it was left out."""
        value = self.case.get(name)
        return usual if value is None else value

    @property
    def script(self):
        """The losses of the epochs that were asked for."""
        epochs = self.case['epochs']
        return (self.losses + self.losses[-1:] * epochs)[:epochs]

    def follow(self, given):
        """Does as `fit` does, but for the training.

        The training loss rises as the validation loss falls, and accuracies
        rise with it, so that what goes by another number shows.
        """
        network, verbose = self.network, given['verbose']
        verbose = 1 if verbose == 'auto' else int(verbose)
        callbacks, steps = given['callbacks'], len(batches(given))
        for each in callbacks_in(callbacks):
            name = getattr(each, '__name__', type(each).__name__)
            good = hasattr(each, 'set_model') and not isinstance(each, type)
            assert good, unlike(
                f'fit was given {name} as a callback, and not an object of '
                'that class' if isinstance(each, type) else f'fit was given '
                f'{name} as a callback', 'objects, such as '
                f'{name}(...)' if isinstance(each, type) else 'callbacks')
        if not isinstance(callbacks, K.callbacks.CallbackList):
            callbacks = K.callbacks.CallbackList(
                callbacks, add_history=True, add_progbar=verbose != 0,
                model=network, verbose=verbose, epochs=given['epochs'],
                steps=steps)
        moving = {1: network.layers[0].bias,  # by their place in get_weights
                  4: network.layers[1].moving_mean}
        taken = self.case.get('used') or 0
        network.stop_training = False
        callbacks.on_train_begin()
        logs = {}
        for epoch in range(given['initial_epoch'], given['epochs']):
            if epoch % 100 == 99:  # a callback may take its time
                self.student.announce(self.student.call)
            loss = self.losses[min(epoch, len(self.losses) - 1)]
            results = {'loss': loss, 'accuracy': loss / (1 + loss)}
            logs = {**results, 'loss': 1 / (1 + loss)}
            callbacks.on_epoch_begin(epoch)
            self.rates.append([])
            self.checked.append(None)
            self.results = results
            for batch in range(steps):
                callbacks.on_train_batch_begin(batch)
                self.rates[-1].append(rate_of(network))
                callbacks.on_train_batch_end(batch, dict(logs))
                if network.stop_training:
                    break
            rates = self.rates[-1]
            self.rates[-1] = [rates[0], min(rates), max(rates), rates[-1]]
            taken += steps
            if given['epochs'] < 500:  # it takes a while, too
                network.optimizer.iterations.assign(taken)
            if given['epochs'] < 100:
                self.ended.append([*self.before])
                for place, variable in moving.items():
                    self.ended[-1][place] = np.full(
                        variable.shape, next(marks), 'float32')
                    variable.assign(self.ended[-1][place])
            if given['validation_data'] is not None:
                self.checked[-1] = validation_rows(given)
                callbacks.on_test_begin()
                callbacks.on_test_end(dict(results))
                logs.update({f'val_{key}': results[key] for key in results})
            callbacks.on_epoch_end(epoch, logs)
            if self.case.get('filepath'):
                self.files.append(self.file.read_bytes()
                                  if self.file.is_file() else None)
            if network.stop_training:
                break
        self.results = None
        callbacks.on_train_end(logs)
        return network.history


def readable(given):
    """Tells whether there are rows in what `fit` was given.

    If there are none, Keras knows better what is wrong with it.
    """
    try:
        batches(given)
        if given['validation_data'] is not None:
            validation_rows(given)
    except Fault:
        return False
    return True


def callbacks_in(callbacks):
    """Lists callbacks, in any form that `fit` takes."""
    if isinstance(callbacks, K.callbacks.CallbackList):
        return callbacks.callbacks
    return [] if callbacks is None else tf.nest.flatten(callbacks)


def batches(given, epoch=0):
    """Lists the batches of an epoch, with inputs and labels side by side."""
    return in_batches(given['x'], given['y'], given['batch_size'] or 32,
                      given['steps_per_epoch'], epoch)


def in_batches(x, y, size, steps=None, epoch=0):
    """Lists the batches of data in any form that `fit` takes."""
    try:
        if isinstance(x, tf.data.Dataset):
            found = x.as_numpy_iterator()
        elif y is None and hasattr(x, '__getitem__') and not isinstance(
                x, (tuple, list, np.ndarray)):
            count = getattr(x, 'num_batches', None) or len(x)
            found = (x[i] for i in range(count))
        elif y is None and hasattr(x, '__next__'):
            found = itertools.islice(copy.copy(x), epoch * (steps or 0), None)
        else:  # a list may hold the one array that the network takes
            x, y = (each[0] if each.ndim == 3 and len(each) == 1 else each
                    for each in (np.asarray(x), np.asarray(y)))
            if len(x) != len(y):
                raise ValueError(f'Data cardinality is ambiguous: {len(x)} '
                                 f'rows of data, and {len(y)} of labels')
            rows = np.hstack([x, y])
            return [rows[i:i + size]
                    for i in range(0, len(rows), size)][:steps]
        return [np.hstack([np.asarray(part) for part in batch[:2]])
                for batch in itertools.islice(found, steps)]
    except ValueError:
        raise  # as Keras does
    except Exception as error:
        raise Fault(f'Can make nothing of what fit was given: {error}'
                    ) from error


def stacked(batches):
    """Returns batches as one array."""
    return np.vstack(batches) if batches else np.zeros((0, 17))


def validation_rows(given):
    """Returns what `fit` was given to validate with, as one array."""
    data = given['validation_data']
    x, y = (K.utils.unpack_x_y_sample_weight(data)[:2]
            if isinstance(data, (tuple, list)) else (data, None))
    return stacked(in_batches(
        x, y, given['validation_batch_size'] or given['batch_size'] or 32,
        given['validation_steps']))


def fit(case, callbacks=()):
    """Returns the history of plain `fit` on a new network."""
    (x, y), validation_data = parts(case)
    return new_network().fit(
        x, y, case['batch_size'], case['epochs'], verbose=0, shuffle=False,
        validation_data=validation_data or None,
        callbacks=list(callbacks)).history


def lasts(losses, patience):
    """Counts the epochs of a training that stops early.

    Returns:
        Tuple of this number, and the number of the best epoch.
    """
    lowest, best = float('inf'), 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, best = loss, epoch
        elif epoch - best >= patience:
            break
    return epoch, best


def listed(numbers):
    """Lists numbers, where digits count, and not too many."""
    numbers = [f'{number:.9g}' for number in numbers]
    if len(numbers) > 16:
        numbers[8:-8] = ['...']
    return f"[{', '.join(numbers)}]"
