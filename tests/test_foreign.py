"""Files that other versions of Keras wrote, opened on this one.

tests/data/foreign/README.md says which version wrote which.
"""
import shutil
from pathlib import Path
from types import SimpleNamespace

import graded
import numpy as np
import pytest
import tensorflow.keras as K
from graded import expect, rate_of, same

pytestmark = pytest.mark.extra

FOREIGN = Path(__file__).parent / 'data' / 'foreign'
CLAUSE = 'whichever Keras wrote the file, and whatever its name'


def files(*patterns):
    """Lists the fixtures of these names as parameters."""
    paths = [path for pattern in patterns for path in FOREIGN.glob(pattern)]
    return [pytest.param(path, id=f'{path.parent.name}/{path.name}')
            for path in sorted(paths)]


MODELS = files('*/*-model.*')
WEIGHTS = files('*/*w.h5', '*/*.weights.h5')
CONFIGS = files('*/*-config.json')


@pytest.fixture(scope='module')
def maker():
    """The script that made the fixtures: the network and its data."""
    return graded.run_file(FOREIGN / 'make_fixtures.py')


def truth(path):
    """What is true of the network in a fixture."""
    with np.load(path.with_name(f'{path.name[0]}-true.npz')) as file:
        return SimpleNamespace(
            x=file['x'], y=file['y'],
            momenta=[file[f'm{i}'] for i in range(len(file.files) - 2)])


def expect_predictions(network, path):
    true = truth(path)
    off = np.abs(np.array(network(true.x)) - true.y).max()
    expect(off < 1e-6, f'The predictions are off by {off:.0e}',
           'those of the network that was saved, to 1e-6', CLAUSE)


def expect_whole(network, path, maker):
    """Expects all that a whole model is: settings, state, and training."""
    expect_predictions(network, path)
    penalties = len(network.losses)
    expect(penalties == 2, f'The network has {penalties} L2 losses',
           '2, one for each Dense layer', CLAUSE)
    rate = rate_of(network)
    expect(np.isclose(rate, maker.RATE), f'The learning rate is {rate:.5f}',
           f'{maker.RATE}, as it was saved', CLAUSE)
    steps = int(np.array(network.optimizer.iterations))
    expect(steps == maker.STEPS, f'The optimizer has taken {steps} steps',
           f'{maker.STEPS}, as it was saved', CLAUSE)
    momenta = maker.momenta(network)
    expect(same(momenta, truth(path).momenta), "Adam's moments differ",
           'those that were saved, to the last digit', CLAUSE)
    x, y = maker.data()
    before = network.get_weights()
    # A graph takes longer to make than to run: two will do.
    network.run_eagerly = not path.match('keras-?.15/f-model.h5')
    history = network.fit(x, y, batch_size=40, epochs=1, verbose=0).history
    expect('accuracy' in history, f'Training on, it reports {list(history)}',
           'the loss and the accuracy, as it was compiled', CLAUSE)
    expect(not any(map(np.array_equal, before, network.get_weights())),
           'Training on changes no weights, or some only',
           'a network that trains on', CLAUSE)
    runs = [np.array(network(x, training=True)) for _ in range(2)]
    expect(not np.array_equal(*runs),
           'Two passes in training give the same outputs',
           'dropout that is still on in training', CLAUSE)


@pytest.mark.parametrize('path', MODELS)
def test_model(load_model, load_weights, maker, path):
    expect_whole(load_model(path), path, maker)
    network = maker.build(path.name[0])
    load_weights(network, path)
    expect_predictions(network, path)


@pytest.mark.parametrize('path', WEIGHTS)
def test_weights(load_weights, maker, path):
    network = maker.build(path.name[0])
    load_weights(network, path)
    expect_predictions(network, path)


@pytest.mark.parametrize('path', CONFIGS)
def test_config(load_config, load_weights, maker, path):
    network = load_config(path)
    optimizer = getattr(network, 'optimizer', None)
    expect(optimizer is None, 'The network is compiled',
           'one that is not, as a configuration has no settings', CLAUSE)
    expect(len(network.losses) == 2,
           f'The network has {len(network.losses)} L2 losses',
           '2, one for each Dense layer', CLAUSE)
    load_weights(network, path.with_name(f'{path.name[0]}-model.h5'))
    expect_predictions(network, path)
    network.compile('sgd', 'categorical_crossentropy')
    x, y = maker.data()
    network.train_on_batch(x, y)


@pytest.mark.parametrize('name, other', [
    ('keras-2.15/s-model.keras', 'a.h5'),
    ('keras-3.15/f-model.keras', 'a'),
    ('keras-2.1.6-tf/f-model.h5', 'a'),
    ('keras-2.15/f-model.h5', 'a.keras'),
    ('keras-3.15/s-model.h5', 'a.weights.h5')])
def test_model_of_another_name(load_model, load_weights, maker, name, other):
    shutil.copy(FOREIGN / name, other)
    expect_predictions(load_model(other), FOREIGN / name)
    network = maker.build(Path(name).name[0])
    load_weights(network, other)
    expect_predictions(network, FOREIGN / name)


@pytest.mark.parametrize('other', ['a.keras', 'a', 'a.h5', 'a.weights.h5'])
@pytest.mark.parametrize('name', [
    'keras-2.1.6-tf/f-w.h5', 'keras-2.15/f-w.h5',
    'keras-2.15/f-v3.weights.h5', 'keras-3.15/f-v3.weights.h5'])
def test_weights_of_another_name(load_weights, maker, name, other):
    shutil.copy(FOREIGN / name, other)
    network = maker.build('f')
    load_weights(network, other)
    expect_predictions(network, FOREIGN / name)


def test_config_of_another_name(load_config):
    for other in ('a', 'a.h5', 'a.keras'):
        shutil.copy(FOREIGN / 'keras-2.15' / 'f-config.json', other)
        assert load_config(other).count_params() == 53


def strangers():
    """Builds networks of other architectures than that of the fixtures."""
    for units in ([5], [4, 3], [5, 2], [5, 3, 3]):
        yield K.Sequential([K.Input((6,)), *map(K.layers.Dense, units)])
    yield K.Sequential([K.Input((7,)), K.layers.Dense(5), K.layers.Dense(3)])


@pytest.mark.parametrize('name', [
    'keras-2.1.6-tf/f-w.h5', 'keras-2.10/f-model.h5', 'keras-2.15/f-w.h5',
    'keras-2.15/f-v3.weights.h5', 'keras-2.15/f-model.keras',
    'keras-3.15/f-model.h5', 'keras-3.15/f-v3.weights.h5',
    'keras-3.15/f-model.keras'])
def test_weights_of_another_architecture(load_weights, name):
    path = FOREIGN / name
    for network in strangers():
        before = network.get_weights()
        shapes = [weights.shape for weights in before]
        try:
            load_weights(network, path)
            got = f'With weights of {shapes}, nothing was raised'
        except ValueError as error:
            got = f'With weights of {shapes}, it raised ValueError: {error}'
        expect('ValueError' in got and f'filename={path}' in got, got,
               'a ValueError that names the file', CLAUSE)
        expect(same(before, network.get_weights()),
               f'The weights of {shapes} have changed',
               'a network that keeps its weights if they cannot be loaded',
               CLAUSE)


def test_no_such_file(load_model, load_weights, load_config, maker):
    for load in (load_model, load_config,
                 lambda name: load_weights(maker.build('s'), name)):
        for name in ('nosuch.h5', 'nosuch.keras', 'nosuch', Path('no/such')):
            with pytest.raises(FileNotFoundError, match=f'filename={name}'):
                load(name)
