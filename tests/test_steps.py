"""Several batches at a call: the same numbers, to the last digit."""
import graded
import numpy as np
import pytest
import tensorflow.keras as K
from graded import same

pytestmark = pytest.mark.extra


def results(data, rows, eagerly, fast):
    """Trains, tests and predicts, with `optimize_model` or plain compile."""
    K.backend.clear_session()  # as names change the order of Keras 2's sums
    K.utils.set_random_seed(0)
    network = graded.load('1-input').build_model(
        784, [32, 10], ['relu', 'softmax'], 0.0001, 0.9)
    if fast:
        graded.load('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)
    else:
        network.compile(K.optimizers.Adam(0.001, 0.9, 0.999),
                        'categorical_crossentropy', metrics=['accuracy'])
    network.run_eagerly = eagerly
    x, y = data.x[:rows], data.y[:rows]
    history = graded.load('8-train').train_model(
        network, x, y, 4, 2, data.right, True, 1, True, 0.001, shuffle=True,
        verbose=False).history
    return (history, network.get_weights(),
            graded.load('12-test').test_model(network, x, y, False),
            graded.load('13-predict').predict(network, x))


@pytest.mark.parametrize('rows, eagerly', [
    (3, False), (4, False), (47, False), (48, False), (199, False),
    (51, True)])
def test_same_numbers(data, rows, eagerly):
    """One batch, less than one, a dozen, and what is no multiple of any."""
    plain, fast = (results(data, rows, eagerly, way) for way in (False, True))
    assert fast[0] == plain[0]
    assert same(fast[1], plain[1])
    assert fast[2] == plain[2]
    assert np.array_equal(fast[3], plain[3])


def test_progress_counts_every_batch(data, capsys):
    network = graded.load('1-input').build_model(784, [10], ['softmax'], 0, 1)
    graded.load('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)
    graded.load('4-train').train_model(network, data.x, data.y, 8, 1)
    assert '25/25' in capsys.readouterr().out
