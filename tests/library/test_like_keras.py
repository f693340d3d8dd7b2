"""What plain Keras takes and does right, this library takes and does alike."""
from functools import cache

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

KERAS_3 = hasattr(K, 'ops')
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(20, 4)).astype('float32')
Y = np.eye(3, dtype='float32')[RANDOM.integers(0, 3, 20)]
WEIGHTS = RANDOM.uniform(size=20).astype('float32')
optimize_model = __import__('2-optimize').optimize_model


class Batches(K.utils.Sequence):
    """Two batches of ten rows."""

    def __len__(self):
        """Counts the batches."""
        return 2

    def __getitem__(self, index):
        """Gives a batch."""
        rows = slice(10 * index, 10 * index + 10)
        return X[rows], Y[rows]


class Subclassed(K.Model):
    """A network written as a class."""

    def __init__(self):
        super().__init__()
        self.top = K.layers.Dense(3, activation='softmax')

    def call(self, inputs):
        return self.top(inputs)


def dataset(*parts):
    return tf.data.Dataset.from_tensor_slices(parts).batch(10)


def generator():
    while True:
        yield X[:10], Y[:10]


def one():
    """Builds a network of one input and one output."""
    network = K.Sequential([
        K.Input((4,)), K.layers.Dense(3, activation='softmax')])
    network.compile('adam', 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=True)
    return network


def subclassed():
    network = Subclassed()
    network(X)
    network.compile('adam', 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=True)
    return network


def two():
    """Builds a network of two inputs and two outputs, with loss weights."""
    inputs = [K.Input((4,), name='a'), K.Input((4,), name='b')]
    both = K.layers.Concatenate()(inputs)
    network = K.Model(inputs, {
        'digit': K.layers.Dense(3, 'softmax', name='digit')(both),
        'size': K.layers.Dense(1, name='size')(both)})
    network.compile(
        'adam', {'digit': 'categorical_crossentropy', 'size': 'mse'},
        metrics={'digit': ['accuracy']}, run_eagerly=True,
        loss_weights={'digit': 0.3, 'size': 2.0})
    return network


SIZES = X[:, :1]
BOTH = {'digit': Y, 'size': SIZES}
KINDS = {  # how to build, data, labels, batch size, validation data
    'arrays': (one, X, Y, 10, (X, Y)),
    'list': (one, X, Y, None, [X, Y]),
    'tensors': (one, tf.constant(X), tf.constant(Y), 10,
                (tf.constant(X), tf.constant(Y))),
    'other types': (one, X.astype('float64'), Y.astype('int8'), 10,
                    (X.astype('float16'), Y.astype('uint8'))),
    'dataset': (one, dataset(X, Y), None, None, dataset(X, Y)),
    'weights': (one, dataset(X, Y, WEIGHTS), None, None, (X, Y, WEIGHTS)),
    'Sequence': (one, Batches(), None, None, Batches()),
    'subclassed': (subclassed, X, Y, 10, (X, Y)),
    'lists': (two, [X, X ** 2], BOTH, 10, ([X, X], BOTH)),
    'dicts': (two, {'a': X, 'b': X ** 2}, BOTH, 10,
              ({'a': X, 'b': X}, BOTH)),
    'dataset of dicts': (two, dataset({'a': X, 'b': X ** 2}, BOTH), None,
                         None, dataset({'a': X, 'b': X}, BOTH)),
}


def result(build, run):
    """Does a thing with a new network, and gives all that it leaves."""
    network = build()
    network.set_weights([np.full(array.shape, 0.1) * (1 + np.arange(
        array.shape[-1])) for array in network.get_weights()])
    given = run(network)
    return getattr(given, 'history', given), network.get_weights()


@cache
def plain(kind, validate):
    build, x, y, batch, valid = KINDS[kind]
    return result(build, lambda network: network.fit(
        x, y, batch, verbose=0, shuffle=False,
        validation_data=valid if validate else None))


def assert_same(ours, keras):
    tf.nest.map_structure(
        lambda a, b: np.testing.assert_allclose(
            a, b, rtol=1e-6, atol=1e-7,
            err_msg='x is what this library gives, y what plain Keras does'),
        ours, keras)


@pytest.mark.parametrize('kind', KINDS)
@pytest.mark.parametrize('stem', ['4-train', '8-train'])  # of a chain
def test_it_trains_on_what_fit_takes(stem, kind):
    build, x, y, batch, valid = KINDS[kind]
    more = [] if stem == '4-train' else [valid]
    assert_same(result(build, lambda network: __import__(stem).train_model(
        network, x, y, batch, 1, *more, verbose=False)),
        plain(kind, bool(more)))


@pytest.mark.parametrize('kind, verbose', [
    ('weights', 'auto'), ('dataset', 2), ('dicts', True)])
def test_its_callbacks_see_what_keras_shows_them(kind, verbose):
    build, x, y, batch, valid = KINDS[kind]
    assert_same(
        result(build, lambda network: __import__('8-train').train_model(
            network, x, y, batch, 3, valid, True, 0, True, 0.1, 1,
            True, 'ours.keras', verbose)),
        result(build, lambda network: network.fit(
            x, y, batch, 3, verbose, shuffle=False, validation_data=valid,
            callbacks=[
                K.callbacks.EarlyStopping(),
                K.callbacks.LearningRateScheduler(
                    lambda epoch: 0.1 / (1 + epoch)),
                K.callbacks.ModelCheckpoint(
                    'plain.keras', save_best_only=True)])))
    assert_same(K.models.load_model('ours.keras').get_weights(),
                K.models.load_model('plain.keras').get_weights())


@pytest.mark.parametrize('kind', KINDS)
def test_it_tests_and_predicts_what_keras_takes(kind):
    build, x, y, *_ = KINDS[kind]
    network = build()
    assert_same(
        __import__('12-test').test_model(network, x, y, verbose=False),
        network.evaluate(x, y, verbose=0))
    assert_same(__import__('13-predict').predict(network, x),
                network.predict(x, verbose=0))


@pytest.mark.parametrize('stem', ['4-train', '12-test', '13-predict'])
def test_data_frames_are_data(stem):
    frame = pytest.importorskip('pandas').DataFrame(X)
    run = {'4-train': lambda data: __import__(stem).train_model(
               one(), data, Y, 10, 1, verbose=False).history,
           '12-test': lambda data: __import__(stem).test_model(
               one(), data, Y, verbose=False),
           '13-predict': lambda data: __import__(stem).predict(one(), data)}
    np.testing.assert_equal(run[stem](frame), run[stem](X))


# What Keras's own calls do after `optimize_model`.

@pytest.fixture
def optimized():
    network = one()
    optimize_model(network, 0.01, 0.8, 0.9)
    return network


def test_a_generator_is_asked_for_the_steps_that_were_wanted(optimized):
    optimized.fit(generator(), steps_per_epoch=5, epochs=2, verbose=0)
    assert int(optimized.optimizer.iterations) == 10, (
        'fit(generator, steps_per_epoch=5, epochs=2) took '
        f'{int(optimized.optimizer.iterations)} steps, not 10.')


def test_predict_gives_the_steps_that_were_wanted(optimized):
    rows = len(optimized.predict(
        dataset(np.tile(X, (3, 1))), steps=3, verbose=0))
    assert rows == 30, (
        f'predict(batches of 10, steps=3) gave {rows} rows, not 30.')


def test_a_callback_sees_every_batch(optimized):
    seen = []
    optimized.fit(X, Y, 10, 2, 0, callbacks=[K.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: seen.append(batch))])
    assert seen == [0, 1] * 2, (
        f'A callback of two epochs of two batches saw the batches {seen}.')


@pytest.mark.parametrize('ending', ['.keras', '.h5'])
def test_plain_keras_loads_what_was_saved(optimized, ending):
    optimized.fit(X, Y, 10, 1, 0)
    optimized.save('network' + ending)
    loaded = K.models.load_model('network' + ending)
    np.testing.assert_array_equal(
        loaded.predict(X, verbose=0), optimized.predict(X, verbose=0))
    config = loaded.optimizer.get_config()
    plain = K.optimizers.Adam(0.01, 0.8, 0.9).get_config()
    assert {**config, 'name': ''} == {**plain, 'name': ''}, (
        f'The optimizer was loaded as {config}, not {plain}.')
    if ending == '.keras' or not KERAS_3:  # a fault of Keras 3's
        assert int(loaded.optimizer.iterations) == 2


def test_the_optimizer_is_plain_adam(optimized):
    optimized.fit(X, Y, 10, 1, 0)
    adam = K.optimizers.Adam(0.01, 0.8, 0.9)
    plain = one()
    plain.compile(adam, 'categorical_crossentropy', metrics=['accuracy'])
    plain.fit(X, Y, 10, 1, 0)
    mine = optimized.optimizer
    assert type(mine) is type(adam), f'It is a {type(mine)}.'
    saved = [K.optimizers.serialize(kind) for kind in (mine, adam)]
    for each in saved:
        each['config'].pop('name')  # it counts the optimizers
    assert saved[0] == saved[1], f'It is {saved[0]}, not {saved[1]}.'
    assert len(list(mine.variables)) == len(list(adam.variables)), (
        'Its number of variables is not that of Adam.')


def test_lr_is_the_learning_rate_as_it_changes(optimized):
    for rate in (0.01, 0.25):
        optimized.optimizer.learning_rate = rate
        assert float(optimized.optimizer.lr) == pytest.approx(rate), (
            f'The learning rate is {rate}, but optimizer.lr says '
            f'{float(optimized.optimizer.lr)}.')
