"""Task 9: whole models.

What a file holds is seen with Keras alone, and what is loaded is from a file
that Keras alone wrote, as if one process had saved and another loaded.
"""
import functools
import os
import shutil
import tempfile
import zipfile
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam.draw import drawn, kept, names, new_name, numbers, styles
from grader.exam.expect import (
    KERAS_3,
    TENSORFLOW,
    expect,
    kind,
    rounded,
    same,
    trying,
)
from grader.exam.surroundings import FILES
from grader.exam.task import Task, expect_one_file

STEM = '9-model'
CLAUSE = 'task 9: saves and loads an entire model'
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(12, 5)).astype('float32')
Y = np.eye(5, dtype='float32')[RANDOM.integers(5, size=12)]


@functools.lru_cache(maxsize=None)
def built(name):
    """Builds a network once, and returns with it how to compile it.

    Its numbers are sums of powers of two, and so are the same in any format.
    """
    inputs = x = K.Input(shape=(5,))
    if name == 'deep':  # layers of one shape, not in the names' order
        for layer in 'layer_9', 'layer_10', 'layer_2':
            x = K.layers.Dense(5, 'tanh', name=layer)(x)
        return K.Model(inputs, K.layers.Dense(
            5, 'softmax', kernel_regularizer=K.regularizers.L2(0.25))(x)), (
                lambda rate: K.optimizers.Adam(rate, 0.75, 0.9375),
                'categorical_crossentropy', ['accuracy'])
    if name == 'other':  # other layers, a frozen one, another optimizer
        x = K.layers.Dense(5, 'relu', trainable=False)(x)
        x = K.layers.Dropout(0.5)(K.layers.Add()([x, inputs]))
        return K.Model(inputs, K.layers.Dense(5, 'sigmoid')(x)), (
            lambda rate: K.optimizers.SGD(rate, 0.25),
            'binary_crossentropy', ['accuracy', 'mae'])
    return K.Sequential([  # a kernel of more than 64 KB
        K.Input(shape=(5,)), K.layers.Dense(300, 'relu'),
        K.layers.Dense(60, 'relu'), K.layers.Dense(5, 'softmax')]), (
            K.optimizers.Adam, 'categorical_crossentropy', ['accuracy'])


def new_network(case):
    """Returns the network of a case, compiled anew, as if trained."""
    network, (optimizer, loss, metrics) = built(case['network'])
    network.compile(optimizer(case['rate']), loss, metrics=metrics,
                    run_eagerly=TENSORFLOW)
    network.set_weights([RANDOM.uniform(0.5, 1, weights.shape)
                         * case['weights'] for weights in
                         network.get_weights()])
    if case['steps']:
        network.optimizer.build(network.trainable_variables)
        network.optimizer.iterations.assign(case['steps'])
        for value in variables(network):
            if len(value.shape):
                value.assign(RANDOM.uniform(0.5, 1, value.shape))
    return network


def variables(network):
    """Lists what an optimizer holds: steps, moments and the like."""
    held = network.optimizer.variables
    return held() if callable(held) else held


def look_at(network):
    """Notes what there is of a network."""
    network.run_eagerly = TENSORFLOW
    network.reset_metrics()
    config = network.optimizer.get_config() if network.optimizer else {}
    return SimpleNamespace(
        weights=network.get_weights(),
        held=[np.array(value) for value in variables(network)],
        layers=[(type(layer).__name__, layer.get_config())
                for layer in network.layers],
        optimizer={'class': type(network.optimizer).__name__, **{
            name: config[name] for name in config if name != 'name'}},
        tested=rounded(np.ravel(network.test_on_batch(X, Y))))


def different(settings, others):
    """Lists those settings that others don't share."""
    return {name: value for name, value in settings.items()
            if others.get(name) != value}


def expect_equal(loaded, want, how, told=expect):
    """Expects that a network is the one that was saved."""
    told(isinstance(loaded, K.Model), f'It returned {kind(loaded)}',
         'the loaded model', 'task 9: load_model returns the loaded model')
    told(getattr(loaded, 'optimizer', None) is not None,
         f'{how}, the model is not compiled',
         'the optimizer, the loss and the metrics too', CLAUSE)
    with trying(f'{how}, testing the model', 'a compiled model', CLAUSE):
        got = look_at(loaded)
    kinds, wanted = ([name for name, _ in layers]
                     for layers in (got.layers, want.layers))
    told(kinds == wanted, f'{how}, the model has the layers {kinds}',
         f'those of the saved model, {wanted}', CLAUSE)
    for (name, layer), (_, saved) in zip(got.layers, want.layers):
        told(layer == saved, f'{how}, a {name} layer has '
             f'{different(layer, saved)}', f'{different(saved, layer)}, as '
             'it was saved', CLAUSE)
    told(same(got.weights, want.weights), f'{how}, the weights differ',
         'those that the model had when it was saved', CLAUSE)
    told(got.optimizer == want.optimizer,
         f'{how}, the optimizer has '
         f'{different(got.optimizer, want.optimizer)}',
         f'{different(want.optimizer, got.optimizer)}, as it was saved',
         CLAUSE)
    told(len(got.tested) == len(want.tested)
         and np.allclose(got.tested, want.tested, rtol=1e-3, equal_nan=True),
         f'{how}, the loss and the metrics are {got.tested}',
         f'{want.tested}, because the loss and the metrics are part of the '
         'model', CLAUSE)


class TestTask9(Task):
    """What task 9 asks for."""

    PROTOTYPES = ['save_model(network, filename)', 'load_model(filename)']
    MAY_CHANGE = {'save_model': [FILES]}
    CASES = st.fixed_dictionaries({
        'name': names, 'ending': st.sampled_from(['.keras', '.h5']),
        'network': st.sampled_from(['deep', 'other', 'stack']),
        'weights': numbers, 'rate': st.sampled_from([2 ** -6, 2 ** -10, 1.0]),
        'steps': st.sampled_from([1, 0, 1000]), 'style': styles,
        'over': st.sampled_from([True, False])})
    DRAWS = 5

    @kept
    def call(self, case):
        """A network that is saved, perhaps over another."""
        name = new_name(case)
        if case['over']:
            self.function('save_model')(new_network(
                {**case, 'network': 'other'}), name)
        network = new_network(case)
        want = look_at(network)
        returned = self.ask('save_model', case['style'], network=network,
                            filename=name)
        expect_one_file(name, 'the model in that file', CLAUSE)
        return SimpleNamespace(want=want, returned=returned, name=name,
                               file=os.path.abspath(name))

    @drawn()
    def test_returns_none(self, done):
        done.expect(done.returned is None, f'It returned '
                    f'{kind(done.returned)}', 'None',
                    'task 9: save_model returns None')

    @drawn()
    def test_format(self, done, case):
        if case['ending'] == '.keras':
            done.expect(zipfile.is_zipfile(done.file), f'{done.name} is not '
                        'a zip file', 'the zip file that Keras writes',
                        CLAUSE)
            return
        done.expect(h5py.is_hdf5(done.file), f'{done.name} is not an HDF5 '
                    'file', 'an HDF5 file', CLAUSE)
        with h5py.File(done.file, 'r') as file:
            held = [*file.attrs, *file]
        for part in 'model_config', 'training_config', 'optimizer_weights':
            done.expect(part in held, f'{done.name} has no {part}',
                        'the whole model as Keras saves it', CLAUSE)

    @drawn()
    def test_file(self, done, case):
        name = case['ending']
        with trying(f'K.models.load_model of the {name}', 'a model that Keras '
                    'opens', CLAUSE):
            network = K.models.load_model(done.file)
        expect_equal(network, done.want, f'When Keras opens the {name}',
                     done.expect)
        done.expect(KERAS_3 and name == '.h5'  # Keras 3 reads none there
                    or not case['steps']
                    or same(variables(network), done.want.held),
                    f"When Keras opens the {name}, the optimizer's state "
                    'differs', 'that of the saved model: its steps and '
                    'moments', CLAUSE)

    @drawn()
    def test_loads_what_was_saved(self, done, case):
        os.chdir(tempfile.mkdtemp())
        # The name is that of before, in another folder.
        os.makedirs(os.path.dirname(done.name) or '.', exist_ok=True)
        shutil.copy(done.file, done.name)
        loaded = self.ask('load_model', case['style'], filename=done.name)
        expect_equal(loaded, done.want, 'Once loaded')
        expect(KERAS_3 and case['ending'] == '.h5' or not case['steps']
               or same(variables(loaded), done.want.held),
               "The state of the loaded model's optimizer differs",
               'that of the saved model: its steps and moments', CLAUSE)

    @pytest.mark.parametrize('ending', ['.keras', '.h5'])
    @drawn(count=1)
    def test_loads_what_keras_saved(self, ending, case):
        network, name = new_network(case), f'network{ending}'
        want = look_at(network)
        network.save(name)
        first, again = (self.ask('load_model', case['style'], filename=name)
                        for _ in range(2))
        expect_equal(first, want, f'From a {name} that Keras saved')
        expect(first is not again, 'When it was called for the second time, '
               'it returned the same network', 'a new one', CLAUSE)
