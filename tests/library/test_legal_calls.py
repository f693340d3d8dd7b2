"""Unusual but legal calls: this library does what the plain answer key does.

Each call is made twice, with this library's files and with those of
`tests/grader/solutions/plain`, on networks of equal weights. What comes of it
must be equal. What plain Keras refuses, which REFUSED lists, may be refused,
or may work.
"""
import copy
import importlib.util
import os
import pickle
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

ROOT = Path(__file__).parents[2]
PLAIN = ROOT / 'tests' / 'grader' / 'solutions' / 'plain'
KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(12, 4)).astype('float32')
DIGITS = RANDOM.integers(0, 3, 12)
Y = np.eye(3, dtype='float32')[DIGITS]
WEIGHTS = RANDOM.uniform(size=12).astype('float32')
CALLS = {}
FILES = {}


def call(test):
    """Puts a call into the table: a function of `task`, which gives a file."""
    CALLS[test.__name__] = test
    return test


def calls(values):
    """Puts a call into the table for each of several values."""
    def add(test):
        for name, value in values.items():
            CALLS[f'{test.__name__}, {name}'] = (
                lambda task, test=test, value=value: test(task, value))
    return add


def plain(stem):
    """Loads a file of the plain answer key."""
    if stem not in FILES:
        spec = importlib.util.spec_from_file_location(
            f'plain {stem}', PLAIN / f'{stem}.py')
        FILES[stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(FILES[stem])
    return FILES[stem]


def outcome(test, task, folder):
    """Makes a call; gives what it returns as arrays, or what it raises."""
    folder.mkdir()
    os.chdir(folder)
    K.utils.set_random_seed(1)
    try:
        found = test(task)
    except Exception as error:
        return error
    finally:
        tf.keras.mixed_precision.set_global_policy('float32')
        os.chdir(folder.parent)
    return [np.asarray(each) for each in tf.nest.flatten(found)]


# Networks.

def one(compiled=True, **settings):
    network = K.Sequential([
        K.Input((4,)), K.layers.Dense(5, activation='tanh'),
        K.layers.Dense(3, activation='softmax')])
    if compiled:
        network.compile(**{
            'optimizer': K.optimizers.SGD(0.1), 'metrics': ['accuracy'],
            'loss': 'categorical_crossentropy', 'run_eagerly': True,
            **settings})
    return network


def two():
    inputs = [K.Input((4,), name='a'), K.Input((4,), name='b')]
    both = K.layers.Concatenate()(inputs)
    network = K.Model(inputs, {
        'digit': K.layers.Dense(3, 'softmax', name='digit')(both),
        'size': K.layers.Dense(1, name='size')(both)})
    network.compile(
        'sgd', {'digit': 'categorical_crossentropy', 'size': 'mse'},
        metrics={'digit': ['accuracy']}, run_eagerly=True,
        loss_weights={'digit': 0.3, 'size': 2.0})
    return network


class Subclassed(K.Model):
    """A network written as a class, built by its first data."""

    def __init__(self):
        super().__init__()
        self.top = K.layers.Dense(3, activation='softmax')

    def call(self, inputs):
        return self.top(inputs)


class Autoencoder(Subclassed):
    """A network with steps of its own, which need no labels."""

    def __init__(self):
        super().__init__()
        self.top = K.layers.Dense(4)

    def test_step(self, data):
        x = data[0] if isinstance(data, (tuple, list)) else data
        return {'loss': tf.reduce_mean((self(x) - x) ** 2)}


def subclassed(kind=Subclassed, loss='categorical_crossentropy', **settings):
    network = kind()
    network.compile('sgd', loss, run_eagerly=True, **settings)
    return network


def sequences(length=None):
    """Builds a network for sequences of any length."""
    network = K.Sequential([
        K.Input((length,)), K.layers.Embedding(9, 4),
        K.layers.GlobalAveragePooling1D(), K.layers.Dense(3, 'softmax')])
    network.compile('sgd', 'categorical_crossentropy', run_eagerly=True)
    return network


def stateful():
    network = K.Sequential([
        K.layers.InputLayer(**{
            'batch_shape' if KERAS_3 else 'batch_input_shape': (6, 2, 2)}),
        K.layers.SimpleRNN(3, stateful=True, activation='softmax')])
    network.compile('sgd', 'categorical_crossentropy', metrics=['accuracy'],
                    run_eagerly=True)
    return network


def left(network, history=None):
    """Gives what a training leaves: the History, and the weights."""
    history = dict(sorted((history or network.history).history.items()))
    return [*history, history, network.get_weights()]


def dataset(*parts):
    return tf.data.Dataset.from_tensor_slices(
        parts[0] if len(parts) == 1 else parts).batch(6)


class Batches(K.utils.Sequence):
    """Two batches of six rows."""

    def __len__(self):
        """Counts the batches."""
        return 2

    def __getitem__(self, index):
        """Gives a batch."""
        rows = slice(6 * index, 6 * index + 6)
        return X[rows], Y[rows]


def generator():
    for rows in slice(0, 6), slice(6, 12):
        yield X[rows], Y[rows]


class Somewhere:
    """A path object of somebody else's."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        """Gives the path."""
        return self.path


# Task 2, and what Keras does afterwards.

def optimized(task, alpha=0.01, beta1=0.9, beta2=0.99, network=None):
    network = network or one(False)
    task('2-optimize').optimize_model(network, alpha, beta1, beta2)
    network.run_eagerly = TENSORFLOW  # tracing a graph takes longer
    return network


schedule = K.optimizers.schedules.InverseTimeDecay(0.1, 1, 0.5)
NUMBERS = {
    'float32': np.float32(0.5), 'float64': np.float64(0.5),
    'an array': np.array(0.5), 'a tensor': tf.constant(0.5),
    'a variable': tf.Variable(0.5), 'a text': '0.5', 'None': None}


@calls({**NUMBERS, 'a schedule': schedule, 'an int': 1, 'true': True,
        'a function': lambda: 0.25, 'tiny': 1e-12, 'huge': 1e6})
def a_rate_that_is(task, alpha):
    network = optimized(task, alpha)
    return left(network, network.fit(X, Y, 6, 1, verbose=0))


@calls({**NUMBERS, 'nought': 0, 'false': False})
def a_decay_of_moments_that_is(task, beta):
    network = optimized(task, 0.1, beta, beta)
    return left(network, network.fit(X, Y, 6, 1, verbose=0))


@calls({'two outputs': two, 'a class': Subclassed,
        'compiled before': one, 'sequences': sequences})
def optimizing(task, build):
    network = optimized(task, network=build())
    return network.optimizer.get_config()['learning_rate'], [
        str(network.loss), type(network.optimizer).__name__]


@call
def optimizing_twice(task):
    network = optimized(task, 0.5, network=optimized(task))
    return left(network, network.fit(X, Y, verbose=0))


@calls({'deepcopy': copy.deepcopy,
        'pickle': lambda network: pickle.loads(pickle.dumps(network)),
        'nothing': lambda network: network})
def an_optimized_network_after(task, copied):
    network = optimized(task)
    network.fit(X, Y, verbose=0)
    copy = copied(network)
    return left(copy, copy.fit(X, Y, 6, 1, verbose=0)), int(
        copy.optimizer.iterations)


@calls({'a schedule': schedule, 'a number': 0.5})
def a_rate_changed_to(task, rate):
    network = optimized(task)
    network.fit(X, Y, verbose=0)
    network.compile(K.optimizers.Adam(rate), network.loss)
    return left(network, network.fit(X, Y, 6, 1, verbose=0))


@calls({'.keras': '.keras', '.h5': '.h5'})
def an_optimized_network_saved_as(task, ending):
    network = optimized(task)
    network.fit(X, Y, verbose=0)
    network.save('network' + ending)
    loaded = K.models.load_model('network' + ending)
    return loaded.predict(X, verbose=0), sorted(
        loaded.optimizer.get_config())


@call
def optimizing_for_mixed_precision(task):
    tf.keras.mixed_precision.set_global_policy('mixed_float16')
    network = optimized(task)
    return type(network.optimizer).__name__, left(
        network, network.fit(X, Y, 6, 1, verbose=0))


# Task 3.

@calls({
    'a range': (range(3), None), 'a tuple': ((2, 0), None),
    'a number': (2, None), 'a matrix': ([[1, 2], [0, 1]], None),
    'a column': (np.array([[1], [0]]), 3), 'bytes': (
        np.array([9, 255], 'uint8'), None), 'truth': ([True, False], None),
    'floats': (np.array([1.0, 0.0]), None), 'texts': (['1', '0'], 2),
    'no labels': ([], 3), 'int8 classes': ([1, 0], np.int8(3)),
    'many classes': ([3], np.int32(40000)), 'a tensor': (
        tf.constant([1, 0]), 3), 'a variable': (tf.Variable([1, 0]), 3),
    'too few classes': ([3], 3), 'none': (None, None),
    'negative classes': ([1], -1), 'long': ([2 ** 20], None)})
def one_hot_of(task, labels):
    rows = np.asarray(task('3-one_hot').one_hot(*labels))
    return rows.shape, rows


# Tasks 4 to 8.

def train(task, network, *data, stem='8-train', batch_size=6, epochs=2,
          **options):
    options.setdefault('verbose', False)
    if options.get('save_best'):
        options.setdefault('filepath', 'best.keras')
    task(stem).train_model(network, *data, batch_size, epochs, **options)
    return left(network)


ALL = {'early_stopping': True, 'patience': 1, 'learning_rate_decay': True,
       'save_best': True}
BOTH = {'digit': Y, 'size': X[:, :1]}
LONG, LONGER = (RANDOM.integers(0, 9, (12, size)) for size in (5, 8))
PAIRS = X.reshape(12, 2, 2)


@calls({stem: stem for stem in ('4-train', '5-train', '6-train', '7-train')})
def rows_of_a_generator(task, stem):
    return train(task, one(), generator(), None, stem=stem, batch_size=None,
                 epochs=1)


@calls({
    'lists of lists': lambda: (X.tolist(), Y.tolist()),
    'float64': lambda: (X.astype('float64'), Y.astype('int8')),
    'tensors': lambda: (tf.constant(X), tf.constant(Y)),
    'a dataset': lambda: (dataset(X, Y), None),
    'a weighted dataset': lambda: (dataset(X, Y, WEIGHTS), None),
    'batches': lambda: (Batches(), None),
    'a list of one array': lambda: ([X], [Y]),
    'too many rows': lambda: (X, Y[:5]),
    'a column too few': lambda: (X[:, :3], Y)})
def training_on(task, data):
    batch_size = None if data()[1] is None else 6
    return train(task, one(), *data(), batch_size=batch_size)


@calls({
    'a list': lambda: [X, Y], 'weights': lambda: (X, Y, WEIGHTS),
    'no weights': lambda: (X, Y, None), 'a dataset': lambda: dataset(X, Y),
    'a weighted dataset': lambda: dataset(X, Y, WEIGHTS),
    'batches': Batches, 'tensors': lambda: (tf.constant(X), tf.constant(Y)),
    'lists of lists': lambda: (X.tolist(), Y.tolist()),
    'one row': lambda: (X[:1], Y[:1]), 'another type': lambda: (
        X.astype('float16'), Y.astype('uint8')),
    'an array': lambda: X, 'a text': lambda: 'ab', 'a number': lambda: 5,
    'four parts': lambda: (X, Y, Y, Y), 'too few labels': lambda: (X, Y[:5]),
    'a column too few': lambda: (X[:, :3], Y)})
def validating_with(task, validation_data):
    return train(task, one(), X, Y, validation_data=validation_data(), **ALL)


@call
def sequences_of_another_length_to_validate(task):
    return train(task, sequences(), LONG, Y, validation_data=(LONGER, Y),
                 **ALL)


@call
def labels_of_another_length_to_validate(task):
    def loss(y_true, y_pred):
        return tf.reduce_mean(y_pred, -1) * tf.reduce_mean(y_true, -1)

    return train(task, one(loss=loss, metrics=None), X, X,
                 validation_data=(X, X[:, :2]), early_stopping=True)


@calls({'a tuple of one': lambda: (X,), 'an array': lambda: X,
        'a pair without labels': lambda: (X, None),
        'a dataset': lambda: dataset(X)})
def steps_of_its_own_with(task, validation_data):
    return train(task, subclassed(Autoencoder, 'mse'), X, X,
                 validation_data=validation_data(), early_stopping=True,
                 learning_rate_decay=True)


@calls({
    'as dicts': lambda: ({'a': X, 'b': X ** 2}, BOTH, (
        {'a': X, 'b': X}, BOTH)),
    'as lists': lambda: ([X, X ** 2], BOTH, ([X, X], BOTH)),
    'as a dataset': lambda: (dataset({'a': X, 'b': X ** 2}, BOTH), None,
                             dataset({'a': X, 'b': X}, BOTH))})
def two_inputs_and_outputs(task, data):
    x, y, valid = data()
    return train(task, two(), x, y, validation_data=valid,
                 batch_size=None if y is None else 6, **ALL)


@call
def inputs_built_as_a_dict(task):
    inputs = {name: K.Input((4,), name=name) for name in 'ab'}
    network = K.Model(inputs, K.layers.Dense(3, 'softmax')(
        K.layers.Add()(list(inputs.values()))))
    network.compile('sgd', 'categorical_crossentropy', run_eagerly=True)
    data = {'a': X, 'b': X}
    return train(task, network, data, Y, validation_data=(data, Y), **ALL)


@call
def a_class_not_built_yet(task):
    return train(task, subclassed(), X, Y, validation_data=(X, Y),
                 early_stopping=True)


@call
def a_stack_not_built_yet(task):
    network = K.Sequential([K.layers.Dense(3, activation='softmax')])
    network.compile('sgd', 'categorical_crossentropy', run_eagerly=True)
    return train(task, network, X, Y, validation_data=(X, Y), **ALL)


@call
def a_state_that_goes_on(task):
    return train(task, stateful(), PAIRS, Y, validation_data=(PAIRS, Y), **ALL)


@call
def labels_as_numbers(task):
    network = one(loss='sparse_categorical_crossentropy')
    return train(task, network, X, DIGITS, validation_data=(X, DIGITS), **ALL)


@call
def training_for_mixed_precision(task):
    tf.keras.mixed_precision.set_global_policy('mixed_float16')
    return train(task, one(), X, Y, validation_data=(X, Y),
                 early_stopping=True, learning_rate_decay=True)


@calls({'as a graph': {'run_eagerly': False},
        'in steps': {'run_eagerly': False, 'steps_per_execution': 2},
        'without metrics': {'metrics': None},
        'with a loss object': {'loss': K.losses.MeanSquaredError()}})
def a_network_compiled(task, settings):
    return train(task, one(**settings), X, Y, validation_data=(X, Y), **ALL)


@calls({
    'NumPy sizes': {'batch_size': np.int64(6), 'epochs': np.int32(2)},
    'arrays as sizes': {'batch_size': np.array(6), 'epochs': np.array(2)},
    'tensors as sizes': {'batch_size': tf.constant(6),
                         'epochs': tf.constant(2)},
    'one batch': {'batch_size': 1000},
    'batches of one': {'batch_size': 1, 'epochs': 1},
    'no size of batches': {'batch_size': None},
    'truth as sizes': {'batch_size': True, 'epochs': True},
    'whole floats as sizes': {'epochs': 2.0},
    'patience of NumPy': {'patience': np.int64(1)},
    'patience as an array': {'patience': np.array(1)},
    'patience as a tensor': {'patience': tf.constant(1)},
    'endless patience': {'patience': float('inf')},
    'half a patience': {'patience': 1.5}, 'no patience': {'patience': 0},
    'decay of float32': {'alpha': np.float32(0.5)},
    'decay of an array': {'alpha': np.array(0.5)},
    'decay of a tensor': {'alpha': tf.constant(0.5)},
    'decay of an int': {'alpha': 1, 'decay_rate': 2},
    'no decay': {'decay_rate': 0}, 'silence in numbers': {'verbose': 0},
    'a line each': {'verbose': 2}, 'what Keras prefers': {'verbose': 'auto'},
    'shuffled': {'shuffle': True},
    'bad values that are not used': {
        'early_stopping': False, 'patience': None, 'alpha': None,
        'learning_rate_decay': False, 'save_best': False, 'filepath': 3}})
def training_with(task, options):
    return train(task, one(), X, Y, validation_data=(X, Y),
                 **{**ALL, **options})


@call
def everything_without_validation_data(task):
    return train(task, one(), X, Y, **{**ALL, 'save_best': False})


@calls({
    'a path': Path('best.keras'), 'somebody else\'s': Somewhere('best.keras'),
    'an epoch': 'best-{epoch:02d}.keras', 'a loss': '{val_loss:.2f}.h5',
    'a folder': 'new/deep/best.keras', 'a folder an epoch': '{epoch}/b.keras',
    'up and down': '../ours-or-plain.keras', 'braces': 'a{{b}}.keras',
    'a metric': 'best-{val_accuracy:.1f}.keras',
    'dots': 'a.b.c/best.keras', 'no such name': 'best-{nothing}.keras'})
def saving_the_best_to(task, filepath):
    found = train(task, one(), X, Y, validation_data=(X, Y), save_best=True,
                  filepath=filepath)
    names = sorted(str(path) for path in Path().rglob('*') if path.is_file())
    return found, names, [K.models.load_model(name).get_weights()
                          for name in names]


# Tasks 9 to 11.

@calls({'a path': Path('a.keras'), 'another ending': 'a.hdf5',
        'somebody else\'s path': Somewhere('a.keras'), 'h5': 'a.h5',
        'a folder that is missing': 'new/deep/a.h5', 'dots': '../x.y.keras'})
def a_model_in(task, filename):
    network = one()
    task('9-model').save_model(network, filename)
    return task('9-model').load_model(filename).get_weights()


@calls({'never compiled': lambda: one(False), 'two outputs': two,
        'a state': stateful, 'sequences': sequences})
def a_model_that_is(task, build):
    task('9-model').save_model(build(), 'a.keras')
    return task('9-model').load_model('a.keras').get_weights()


@call
def a_class_in_a_scope(task):
    with K.utils.custom_object_scope({'Subclassed': Subclassed}):
        network = subclassed()
        network.fit(X, Y, verbose=0)
        task('9-model').save_model(network, 'a.keras')
        return task('9-model').load_model('a.keras').get_weights()


@calls({'never compiled': lambda: one(False), 'never trained': one,
        'two outputs': two, 'a state': stateful, 'sequences': sequences})
def weights_of(task, build):
    network, other = build(), build()
    task('10-weights').save_weights(network, 'w')
    task('10-weights').load_weights(other, 'w')
    return other.get_weights()


@call
def weights_of_a_class(task):
    network, other = subclassed(), subclassed()
    for each in network, other:
        each.fit(X, Y, verbose=0)
    task('10-weights').save_weights(network, 'w')
    task('10-weights').load_weights(other, 'w')
    return other.get_weights()


@call
def weights_into_a_network_with_another_optimizer(task):
    network, other = one(), one(optimizer='adam')
    for each in network, other:
        each.fit(X, Y, verbose=0)
    task('10-weights').save_weights(network, 'w.weights.h5')
    task('10-weights').load_weights(other, 'w.weights.h5')
    return left(other, other.fit(X, Y, verbose=0))


@calls({'a stack': lambda: one(False), 'two outputs': two, 'a state': stateful,
        'a stack not built': lambda: K.Sequential([K.layers.Dense(2)]),
        'sequences': sequences})
def a_configuration_of(task, build):
    network = build()
    task('11-config').save_config(network, 'a.json')
    loaded = task('11-config').load_config('a.json')
    return [type(layer).__name__ for layer in loaded.layers], [
        weights.shape for weights in loaded.get_weights()]


@call
def a_configuration_from_a_pipe(task):
    text = one(False).to_json()
    os.mkfifo('pipe')
    threading.Thread(target=lambda: Path('pipe').write_text(
        text, encoding='utf-8'), daemon=True).start()
    return task('11-config').load_config('pipe').count_params()


# Tasks 12 and 13.

DATA = {
    'arrays': lambda: (one(), X, Y), 'lists': lambda: (
        one(), X.tolist(), Y.tolist()),
    'tensors': lambda: (one(), tf.constant(X), tf.constant(Y)),
    'a dataset': lambda: (one(), dataset(X, Y), None),
    'a weighted dataset': lambda: (one(), dataset(X, Y, WEIGHTS), None),
    'batches': lambda: (one(), Batches(), None),
    'a generator': lambda: (one(), generator(), None),
    'a class': lambda: (subclassed(metrics=['accuracy']), X, Y),
    'two inputs': lambda: (two(), {'a': X, 'b': X}, BOTH),
    'sequences': lambda: (sequences(), LONGER, Y),
    'no metrics': lambda: (one(metrics=None), X, Y),
    'steps of its own': lambda: (subclassed(Autoencoder, 'mse'), X, None),
    'never compiled': lambda: (one(False), X, Y)}


@calls(DATA)
def testing(task, data):
    network, x, y = data()
    return task('12-test').test_model(network, x, y, verbose=False)


@calls(DATA)
def predicting(task, data):
    network, x, _ = data()
    return task('13-predict').predict(network, x)


# Those of the functions that only call one of Keras's: CI tries them.
SLOW = ('rows_of', 'training', 'validating', 'sequences', 'labels', 'steps',
        'two_inputs', 'inputs', 'a_class_not', 'a_stack_not', 'a_state_that',
        'a_network_compiled', 'everything', 'testing', 'predicting')


# What plain Keras refuses, by the stacks that do so.
STACK = ('Keras 2' if not KERAS_3 else 'Keras 3' if TENSORFLOW else 'JAX')
REFUSED = {
    'Keras 2, Keras 3, JAX': [
        'a_rate_that_is, a text', 'a_rate_that_is, None',
        'a_decay_of_moments_that_is, a text',
        'a_decay_of_moments_that_is, None', 'one_hot_of, too few classes',
        'one_hot_of, none', 'one_hot_of, negative classes',
        'training_on, too many rows', 'training_on, a column too few',
        'validating_with, a column too few', 'validating_with, an array',
        'validating_with, a text', 'validating_with, a number',
        'validating_with, four parts', 'validating_with, too few labels',
        'training_with, whole floats as sizes',
        'saving_the_best_to, no such name', 'testing, never compiled'],
    'Keras 3, JAX': [
        'a_rate_that_is, float32', 'a_rate_that_is, an array',
        'a_rate_that_is, a tensor', 'a_rate_that_is, a variable',
        'a_rate_that_is, an int', 'a_rate_that_is, true',
        'training_on, lists of lists', 'validating_with, lists of lists',
        'training_with, decay of a tensor', 'a_class_in_a_scope',
        "a_model_in, somebody else's path", 'testing, lists',
        'predicting, lists'],
    'Keras 2': [
        'training_on, a list of one array', 'training_with, tensors as sizes',
        'saving_the_best_to, a path', "saving_the_best_to, somebody else's",
        'a_configuration_of, a stack not built'],
    'Keras 2, JAX': ['steps_of_its_own_with, an array'],
    'JAX': [
        'labels_of_another_length_to_validate',
        'steps_of_its_own_with, a tuple of one',
        'steps_of_its_own_with, a pair without labels',
        'steps_of_its_own_with, a dataset', 'testing, steps of its own']}


@pytest.mark.parametrize('name', [
    pytest.param(name, marks=pytest.mark.slow) if name.startswith(SLOW)
    else name for name in CALLS])
def test_it_does_what_keras_does(name, scratch, monkeypatch):
    monkeypatch.setenv('PYTHONWARNINGS', 'ignore')
    wanted = outcome(CALLS[name], plain, scratch / 'plain')
    if isinstance(wanted, Exception):
        assert any(name in names for stacks, names in REFUSED.items()
                   if STACK in stacks), (
            f'{name}: plain Keras raises {wanted!r}, so nothing is compared. '
            'If it is right, add the call to REFUSED.')
        pytest.skip('what Keras refuses may be refused, or may work')
    got = outcome(CALLS[name], __import__, scratch / 'ours')
    assert not isinstance(got, Exception), (
        f'{name}: this library raises {got!r}; plain Keras does not.')
    assert len(got) == len(wanted)
    for mine, keras in zip(got, wanted):
        if mine.dtype.kind in 'OUS':
            assert mine.tolist() == keras.tolist()
        else:
            np.testing.assert_allclose(mine, keras, rtol=1e-5, atol=1e-6)
