"""Bad input to the training files: refused before anything is trained."""
from pathlib import Path
from types import SimpleNamespace

import graded
import numpy as np
import pytest
import tensorflow.keras as K

pytestmark = pytest.mark.extra
X, Y = np.zeros((6, 4), 'float32'), np.eye(3, dtype='float32')[[0, 1, 2] * 2]
NAN, INF = float('nan'), float('inf')
VALID = {'validation_data': (X, Y)}
STOP = {**VALID, 'early_stopping': True}
DECAY = {**VALID, 'learning_rate_decay': True}
BEST = {**VALID, 'save_best': True}
BAD = [  # the first task that has it, the argument's name, the arguments
    *[(4, name, {name: value}) for name in ('batch_size', 'epochs')
      for value in (0, -1, 2.5, None, 'a', NAN)],
    *[(4, 'data', {'data': value}) for value in (X[:0], None, 3)],
    *[(4, 'labels', {'labels': value}) for value in (Y[:5], Y[:0], None, 3)],
    *[(5, 'validation_data', {'validation_data': value}) for value in (
        X, (X,), (X, Y, Y), 'ab', 5, (X, Y[:5]), (X[:0], Y[:0]),
        (X[:, :3], Y), (X, Y[:, :2]), (Y, X), (X, None))],
    *[(6, 'patience', {**STOP, 'patience': value})
      for value in (-1, 2.5, None, 'a', NAN)],
    *[(7, 'alpha', {**DECAY, 'alpha': value})
      for value in (0, -1, NAN, INF, None, 'a')],
    *[(7, 'decay_rate', {**DECAY, 'decay_rate': value})
      for value in (-1, NAN, INF, None, 'a')],
    *[(8, 'filepath', {**BEST, 'filepath': value})
      for value in (None, 'best', 'best.txt', '', 3)],
    (8, 'filepath', {'save_best': True}),
]


@pytest.mark.parametrize('number, name, arguments', [
    pytest.param(number, name, arguments,
                 id=f'{number}-{name}-{str(arguments.get(name))[:12]}')
    for first, name, arguments in BAD for number in range(first, 9)])
def test_refused(number, name, arguments, scratch):
    train_model = graded.load(f'{number}-train').train_model
    calls = []
    network = SimpleNamespace(fit=lambda *args, **kwargs: calls.append(args))
    good = {'data': X, 'labels': Y, 'batch_size': 2, 'epochs': 1}
    with pytest.raises((ValueError, TypeError)) as caught:
        train_model(network, **{**good, **arguments})
    assert f'`{name}`' in str(caught.value)
    assert f'{name}=' in str(caught.value)
    assert not calls, 'A bad argument must be refused before training.'
    assert not list(scratch.iterdir())


@pytest.mark.parametrize('arguments', [
    {'patience': None, 'alpha': 0, 'decay_rate': NAN, 'filepath': 3},
    {'early_stopping': True, 'patience': -1},
    {'learning_rate_decay': True, 'alpha': -1}])
def test_values_that_are_not_used_are_not_checked(arguments):
    calls = []
    network = SimpleNamespace(fit=lambda *args, **kwargs: calls.append(args))
    graded.load('8-train').train_model(network, X, Y, 2, 1, **arguments)
    assert calls


def test_what_users_pass(scratch):
    """NumPy's numbers, lists, a path object, braces in a name."""
    network = K.Sequential([K.Input((4,)),
                            K.layers.Dense(3, activation='softmax')])
    network.compile('adam', 'categorical_crossentropy')
    file = scratch / '{epoch}' / 'best {x}.keras'
    history = graded.load('8-train').train_model(
        network, X, Y, np.int64(2), np.int32(2), [X, Y], True, np.int64(3),
        True, np.float32(0.5), np.float64(0.25), True, Path(file), False)
    assert len(history.history['loss']) == 2
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_loss_of_nan_is_not_the_best(scratch):
    """Keras 3.15 takes it for the best, and then saves no better one."""
    network = K.Sequential([K.Input((4,)),
                            K.layers.Dense(3, activation='softmax')])

    def fit(*args, callbacks, **kwargs):
        for callback in callbacks:
            callback.set_model(network)
        for epoch, loss in enumerate([NAN, 2.0, NAN, 1.0, 3.0]):
            for callback in callbacks:
                callback.on_epoch_end(epoch, {'val_loss': loss})
            saved.append(file.exists() and file.stat().st_mtime_ns)

    file, saved = scratch / 'best.keras', []
    (scratch / '.part-best.keras').write_bytes(b'left by a kill')
    graded.load('8-train').train_model(
        SimpleNamespace(fit=fit), X, Y, 2, 5, (X, Y), save_best=True,
        filepath=file)
    assert saved[0] is False and saved[1] == saved[2] < saved[3] == saved[4]
