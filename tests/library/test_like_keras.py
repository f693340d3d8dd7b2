"""After `optimize_model`, each call of Keras's own does as it always does."""
import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

KERAS_3 = hasattr(K, 'ops')
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(20, 4)).astype('float32')
Y = np.eye(3, dtype='float32')[RANDOM.integers(0, 3, 20)]


def generator():
    while True:
        yield X[:10], Y[:10]


def one():
    return K.Sequential([
        K.Input((4,)), K.layers.Dense(3, activation='softmax')])


@pytest.fixture
def optimized():
    network = one()
    __import__('2-optimize').optimize_model(network, 0.01, 0.8, 0.9)
    return network


def test_a_generator_is_asked_for_the_steps_that_were_wanted(optimized):
    optimized.fit(generator(), steps_per_epoch=5, epochs=2, verbose=0,
                  shuffle=False)
    assert int(optimized.optimizer.iterations) == 10, (
        'fit(generator, steps_per_epoch=5, epochs=2) took '
        f'{int(optimized.optimizer.iterations)} steps, not 10.')


def test_predict_gives_the_steps_that_were_wanted(optimized):
    rows = len(optimized.predict(
        tf.data.Dataset.from_tensor_slices(np.tile(X, (3, 1))).batch(10),
        steps=3, verbose=0))
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
