"""Bad input: refused, with its name and value, before anything is done."""
import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

NAN = float('nan')
X, Y = np.zeros((6, 4), 'float32'), np.eye(3, dtype='float32')[[0, 1, 2] * 2]
VALID = {'validation_data': (X, Y)}
DECAY = {**VALID, 'learning_rate_decay': True}
BUILD = {'nx': 4, 'layers': [3, 2], 'activations': ['relu'] * 2,
         'lambtha': 0.1, 'keep_prob': 0.9}
OPTIMIZE = {'alpha': 0.1, 'beta1': 0.9, 'beta2': 0.99}
NO_ROWS = [X[:0], [], tf.constant(X[:0]),
           tf.data.Dataset.from_tensor_slices((X[:0], Y[:0])).batch(2)]
BAD = [  # the tasks, a name, and values that it can't have
    ((0, 1), BUILD, 'nx', [0, -1, None]),
    ((0, 1), BUILD, 'layers', [[], [3, 2, 2]]),
    ((0, 1), BUILD, 'activations', [['relu'], ['relu'] * 3]),
    ((0, 1), BUILD, 'keep_prob', [0, 1.5, -0.5, NAN]),
    ((2,), OPTIMIZE, 'alpha', [0, -0.1, NAN, None]),
    ((2,), OPTIMIZE, 'beta1', [1, 1.5, -0.1, NAN]),
    ((2,), OPTIMIZE, 'beta2', [1, 1.5, -0.1, NAN]),
    ((3,), {'classes': 3}, 'labels', [
        [-1, 2], [0.7], [NAN], [[0, 1], [1, -1]]]),
    ((3,), {}, 'labels', [[-1], [0.5]]),
    ((3,), {'labels': [0]}, 'classes', [0, np.uint8(0)]),
    (range(4, 9), {}, 'batch_size', [0, -1, NAN]),
    (range(4, 9), {}, 'epochs', [0, -1, NAN]),
    ((*range(4, 9), 12), {'labels': Y[:0]}, 'data', NO_ROWS),
    (range(5, 9), {}, 'validation_data', [
        (X[:0], Y[:0], Y[:0, 0]), [X[:0], Y[:0]], NO_ROWS[-1]]),
    (range(7, 9), DECAY, 'alpha', [0, -1, NAN]),
    ((8,), {'save_best': True}, 'filepath', [
        None, '', 'best', 'best.txt', 'gs://bucket/best.keras', 's3://b/d.h5'])]
FUNCTIONS = {0: ('0-sequential', 'build_model'),
             1: ('1-input', 'build_model'),
             2: ('2-optimize', 'optimize_model'), 3: ('3-one_hot', 'one_hot'),
             **{n: (f'{n}-train', 'train_model') for n in range(4, 9)},
             12: ('12-test', 'test_model')}


def function(number):
    stem, name = FUNCTIONS[number]
    return getattr(__import__(stem), name)


@pytest.fixture
def network():
    """A network that can't be trained, tested or asked by mistake."""
    network = K.Sequential([
        K.Input((4,)), K.layers.Dense(3, activation='softmax')])
    network.compile('adam', 'categorical_crossentropy')
    network.calls = []
    for name in ('compile', 'fit', 'evaluate', 'predict'):
        setattr(network, name, lambda *args, **kwargs: network.calls.append(
            args))
    return network


@pytest.mark.parametrize('number, arguments, name, value', [
    pytest.param(number, arguments, name, value,
                 id=f'{number}-{name}-{str(value)[:12]}')
    for numbers, arguments, name, values in BAD
    for number in numbers for value in values])
def test_refused(network, scratch, number, arguments, name, value):
    given = {**arguments, name: value}
    if number in range(4, 9):
        given = {'data': X, 'labels': Y, 'batch_size': 2, 'epochs': 1, **given}
    if number not in (0, 1, 3):
        given['network'] = network
    with pytest.raises((ValueError, TypeError)) as caught:
        function(number)(**given)
    assert value is None and not name == 'filepath' or (
        f'{name}=' in str(caught.value))
    assert not network.calls, 'Bad input must be refused before it is used.'
    assert not [*scratch.iterdir()]


def test_values_that_are_not_used_are_not_checked(network):
    function(8)(network, X, Y, 2, 1, patience=None, alpha=None,
                decay_rate=NAN, filepath=3)
    assert network.calls


@pytest.mark.parametrize('labels, classes, shape', [
    ([1, 0], 3, (2, 3)), ((1, 0), np.int8(3), (2, 3)), ([], 3, (0, 3)),
    (np.array([1.0, 0.0]), None, (2, 2)), ([True, False], None, (2, 2)),
    (np.array([[1], [0]], 'uint8'), np.uint8(3), (2, 3)),
    (['1', '0'], 2, (2, 2)),
    ([[1, 2], [0, 1]], None, (2, 2, 3)), (2, None, (3,)),
    ([3], np.int32(40000), (1, 40000)), (range(3), None, (3, 3)),
    (np.array([9, 255], 'uint8'), None, (2, 256))])
def test_one_hot_takes_what_keras_takes(labels, classes, shape):
    matrix = function(3)(labels, classes)
    assert type(matrix) is np.ndarray
    assert matrix.dtype == np.float32
    assert matrix.shape == shape
    assert matrix.argmax(axis=-1).tolist() == np.asarray(
        labels, int).reshape(shape[:-1]).tolist()
    assert matrix.sum() == np.size(labels)
