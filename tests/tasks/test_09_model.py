"""Task 9: whole models.

What a file holds is seen with Keras alone, and what is loaded from a file
that Keras alone wrote, as if one process had saved and another loaded.
"""
import functools
import os
import shutil
import zipfile
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
import tensorflow.keras as K

from tests.grader.expectations import (
    KERAS_3,
    TENSORFLOW,
    current,
    expect,
    expect_prototype,
    function,
    kind,
    rounded,
    same,
)

STEM = '9-model'
CLAUSE = 'task 9: saves and loads an entire model'
NAMES = ['kept/Network.keras', 'kept/Network.h5']
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(12, 5)).astype('float32')
Y = np.eye(5, dtype='float32')[RANDOM.integers(5, size=12)]


@pytest.fixture(scope='module')
def save_model():
    return function(STEM, 'save_model')


@pytest.fixture(scope='module')
def load_model():
    return function(STEM, 'load_model')


@pytest.fixture(autouse=True)
def kept(scratch):
    """The folder that the names are in."""
    (scratch / 'kept').mkdir()


def deep_network():
    """Builds a network of layers of one shape, not in the names' order.

    Its numbers are sums of powers of two, and so are the same in any format.
    """
    inputs = x = K.Input(shape=(5,))
    for name in 'layer_9', 'layer_10', 'layer_2':
        x = K.layers.Dense(5, 'tanh', name=name)(x)
    network = K.Model(inputs, K.layers.Dense(
        5, 'softmax', kernel_regularizer=K.regularizers.L2(0.25))(x))
    network.compile(K.optimizers.Adam(2 ** -6, 0.75, 0.9375),
                    'categorical_crossentropy', metrics=['accuracy'],
                    run_eagerly=TENSORFLOW)
    return network


def other_network():
    """Builds a network with all else: layers, a frozen one, an optimizer."""
    inputs = x = K.Input(shape=(5,))
    x = K.layers.Dense(5, 'relu', trainable=False)(x)
    x = K.layers.Dropout(0.5)(K.layers.Add()([x, inputs]))
    network = K.Model(inputs, K.layers.Dense(5, 'sigmoid')(x))
    network.compile(K.optimizers.SGD(0.5, 0.25), 'binary_crossentropy',
                    metrics=['accuracy', 'mae'], run_eagerly=TENSORFLOW)
    return network


def variables(network):
    """Lists what an optimizer holds: steps, moments and the like."""
    held = network.optimizer.variables
    return [np.array(value) for value in (held() if callable(held) else held)]


def look_at(network):
    """Notes what there is of a network."""
    network.run_eagerly = TENSORFLOW
    network.reset_metrics()
    config = network.optimizer.get_config() if network.optimizer else {}
    return SimpleNamespace(
        weights=network.get_weights(), held=variables(network),
        layers=[(type(layer).__name__, layer.get_config())
                for layer in network.layers],
        optimizer={'class': type(network.optimizer).__name__, **{
            name: config[name] for name in config if name != 'name'}},
        tested=rounded(network.test_on_batch(X, Y)))


def different(settings, others):
    """Lists those settings that others don't share."""
    return {name: value for name, value in settings.items()
            if others.get(name) != value}


def expect_equal(loaded, want, how, told=expect):
    """Fails a test, unless a network is the one that was saved."""
    told(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
         'the loaded model', 'task 9: load_model returns the loaded model')
    told(getattr(loaded, 'optimizer', None) is not None,
         f'{how}, the model is not compiled',
         'the optimizer, the loss and the metrics too', CLAUSE)
    got = look_at(loaded)
    kinds, wanted = ([name for name, _ in layers]
                     for layers in (got.layers, want.layers))
    told(kinds == wanted, f'{how}, the model has the layers {kinds}',
         f'those of the saved model, {wanted}', CLAUSE)
    for (name, layer), (_, saved) in zip(got.layers, want.layers):
        told(layer == saved, f'{how}, a {name} layer has '
             f'{different(layer, saved)}', f'{different(saved, layer)}, as it '
             'was saved', CLAUSE)
    told(same(got.weights, want.weights), f'{how}, the weights differ',
         'those that the model had as it was saved', CLAUSE)
    told(got.optimizer == want.optimizer,
         f'{how}, the optimizer has '
         f'{different(got.optimizer, want.optimizer)}',
         f'{different(want.optimizer, got.optimizer)}, as it was saved',
         CLAUSE)
    told(got.tested == want.tested,
         f'{how}, the loss and the metrics are {got.tested}',
         f'{want.tested}, as the loss and the metrics are part of the model',
         CLAUSE)


@pytest.fixture(scope='module')
def saved(save_model, tmp_path_factory):
    """A trained network that is saved over another."""
    K.utils.set_random_seed(0)
    os.chdir(tmp_path_factory.mktemp('saved'))
    os.mkdir('kept')
    network, other = deep_network(), other_network()
    network.optimizer.apply_gradients([  # a step, quicker than training
        (np.ones(weights.shape, 'float32'), weights)
        for weights in network.trainable_variables])
    saved = SimpleNamespace(
        want=look_at(network), told={}, returned=[], files={})
    optimizer = network.optimizer
    for name in NAMES:
        save_model(other, name)
        saved.returned.append(save_model(network, name))
        saved.told[name] = functools.partial(expect, call=current.call)
        saved.told[name](
            os.path.isfile(name), f'There is no {name}',
            'the model in that file', CLAUSE)
        saved.files[name] = os.path.abspath(name)
    saved.untouched = network.optimizer is optimizer and same(
        network.get_weights() + variables(network),
        saved.want.weights + saved.want.held)
    return saved


def test_prototypes(save_model, load_model):
    expect_prototype(save_model, 'save_model(network, filename)', 9)
    expect_prototype(load_model, 'load_model(filename)', 9)


def test_returns_none(saved):
    for name, returned in zip(NAMES, saved.returned):
        saved.told[name](returned is None, f'It returned {kind(returned)}',
                         'None', 'task 9: save_model returns None')


def test_saving_leaves_the_network(saved):
    saved.told[NAMES[-1]](
        saved.untouched, 'The network has changed', 'saving alone', CLAUSE)


@pytest.mark.parametrize('name', NAMES)
def test_file(saved, name):
    told = saved.told[name]
    if name.endswith('.keras'):
        told(zipfile.is_zipfile(saved.files[name]), f'{name} is not the zip '
             'file that Keras writes', 'that', CLAUSE)
    else:
        told(h5py.is_hdf5(saved.files[name]), f'{name} is not an HDF5 file',
             'one', CLAUSE)
        with h5py.File(saved.files[name], 'r') as file:
            held = [*file.attrs, *file]
        for part in 'model_config', 'training_config', 'optimizer_weights':
            told(part in held, f'{name} has no {part}',
                 'the whole model as Keras saves it', CLAUSE)
    try:
        network = K.models.load_model(saved.files[name])
    except Exception as error:
        told(False, f'Keras opens {name} with {kind(error)}',
             'a model that K.models.load_model opens', CLAUSE)
    expect_equal(network, saved.want, f'Where Keras opens {name}', told)
    told(KERAS_3 and name.endswith('.h5')  # Keras 3.15 reads none there
         or same(variables(network), saved.want.held),
         f"Where Keras opens {name}, the optimizer's state differs",
         'that of the saved model: its steps and moments', CLAUSE)


@pytest.mark.parametrize('name', NAMES)
def test_loads_what_was_saved(saved, load_model, name):
    # The name is that of before, in another folder.
    shutil.copy(saved.files[name], name)
    loaded = load_model(name)
    expect_equal(loaded, saved.want, 'Loaded')
    with open(name, 'rb') as file, open(saved.files[name], 'rb') as before:
        expect(file.read() == before.read(), f'{name} has changed',
               'loading alone', CLAUSE)
    expect(KERAS_3 and name.endswith('.h5')  # Keras 3.15 reads none there
           or same(variables(loaded), saved.want.held),
           "The state of the loaded model's optimizer differs",
           'that of the saved model: its steps and moments', CLAUSE)


@pytest.mark.parametrize('name', NAMES)
def test_loads_what_keras_saved(saved, load_model, name):
    network = other_network()
    want = look_at(network)
    network.save(name)
    first, again = load_model(name), load_model(name)
    expect_equal(first, want, f'From a {name} that Keras saved')
    expect(first is not again, 'As it was called for the second time, it '
           'returned the same network', 'a new one', CLAUSE)
