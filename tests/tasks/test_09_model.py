"""Task 9: whole models.

A model is saved, and another is loaded, in each of the CASES below; every
sentence of the class goes through all of them: `for run in saves`. What a file
holds is seen with Keras alone, and what is loaded is from a file that Keras
alone wrote, as if one process had saved and another loaded.
"""
import functools
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import h5py
import numpy as np
import tensorflow.keras as K

from grader.exam.cases import calls
from grader.exam.student import (
    KERAS_3,
    TENSORFLOW,
    kind,
    rounded,
    same,
    trying,
    unlike,
)
from grader.exam.surroundings import FILES
from grader.exam.task import FileTask

STEM = '9-model'
PROTOTYPES = ['save_model(network, filename)', 'load_model(filename)']
MAY_CHANGE = {'save_model': [FILES]}
CASES = [dict(zip(('filename', 'network', 'weights', 'rate', 'steps', 'over',
                   'style'), case)) for case in [
    # The name, the network, about how large its weights are, its learning
    # rate (None if it isn't compiled), the steps that it took, whether
    # another file lies there, and how many arguments are given by position.
    # If that is one, the name is absolute.
    ('network.keras', 'deep', 1.0, 2 ** -6, 1, False, 0),
    ('network.h5', 'deep', 1.0, 2 ** -6, 1, False, 0),
    ('kept/modèle [1] $2.keras', 'other', -3.0, 2 ** -10, 1000, True, 2),
    ('./Network.keras.h5', 'stack', 1e-4, None, 0, True, 1),
    ('v1.h5.keras', 'nested', 100.0, 2 ** -6, 1, False, 0),
    ('kept/Deep er/x.h5', 'other', 0.0, 2 ** -10, 1000, True, 2)]]
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(12, 5)).astype('float32')
WORDS = RANDOM.integers(7, size=(12, 2))
Y = np.eye(5, dtype='float32')[RANDOM.integers(5, size=12)]


def save(student, case):
    """Saves a network, perhaps over another; keeps what it was like."""
    name = case['filename']
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    older = None
    if case['over']:
        student.ask('save_model', filename=name,
                    network=new_network({**case, 'network': 'other'}))
        older = Path(name).exists() and Path(name).read_bytes()
    network = new_network(case)
    wanted = look_at(network)
    returned = student.ask('save_model', case['style'], network=network,
                           filename=given_name(case))
    return SimpleNamespace(wanted=wanted, returned=returned, name=name,
                           older=older,
                           folder=os.getcwd())


def load(student, case):
    """Has Keras save two networks, one over the other, and loads each."""
    name = 'network.keras' if case['filename'][0] == 'n' else 'network.h5'
    run = SimpleNamespace(wanted=[], name=name, loaded=[])
    for _ in range(2):
        network = new_network(case)
        run.wanted.append(look_at(network))
        network.save(name)
        run.loaded.append(student.ask('load_model', case['style'],
                                      filename=name))
    return run


saves = calls(save, CASES)
loads = calls(load, CASES[1:3])


class TestTask9(FileTask):
    """What task 9 asks for."""

    def test_format(self, saves):
        """Task 9: saves an entire model."""
        for run in saves:
            self.test_saves_a_file([run])
            if run.name.endswith('.keras'):
                assert zipfile.is_zipfile(run.name), unlike(
                    f'{run.name} is not a zip file',
                    'the zip file that Keras writes')
                continue
            assert h5py.is_hdf5(run.name), unlike(
                f'{run.name} is not an HDF5 file', 'an HDF5 file')
            with h5py.File(run.name, 'r') as file:
                held = [*file.attrs, *file]
            for part in ('model_config', 'training_config',
                         'optimizer_weights')[:3 if run.case['rate'] else 1]:
                assert part in held, unlike(
                    f'{run.name} has no {part}',
                    'the whole model as Keras saves it',
                    'save_weights saves the weights alone; this task asks for '
                    'the whole model.' * ('model_config' not in held))

    def test_file(self, saves):
        """Task 9: saves an entire model."""
        for run in saves:
            self.test_format([run])
            ending = os.path.splitext(run.name)[1]
            with trying(f'K.models.load_model of the {ending}',
                        'a model that Keras opens'):
                network = K.models.load_model(run.name)
            self.expect_equal(network, run.wanted,
                              f'When Keras opens the {ending}')
            good = (KERAS_3 and ending == '.h5'  # Keras 3 reads none there
                    or not run.case['steps']
                    or same(variables(network), run.wanted.held))
            assert good, unlike(
                f"When Keras opens the {ending}, the optimizer's state "
                'differs', 'that of the saved model: its steps and moments')

    def test_load_returns_the_model(self, loads):
        """Task 9: returns the loaded model."""
        for run in loads:
            for loaded in run.loaded:
                assert isinstance(loaded, K.Model), unlike(
                    f'It returned {kind(loaded)}', 'the loaded model')

    def test_loads_what_keras_saved(self, loads):
        """Task 9: loads an entire model."""
        for run in loads:
            self.test_load_returns_the_model([run])
            first, again = run.loaded
            self.expect_equal(again, run.wanted[1],
                              f'From a {run.name} that Keras saved')
            assert first is not again, unlike(
                'When it was called for the second time, it returned the same '
                'network', 'a new one')
            self.expect_equal(first, run.wanted[0],
                              f'From a {run.name} that Keras saved')

    def test_loads_what_was_saved(self, saves):
        """Task 9: loads an entire model."""
        for run in saves:
            self.test_file([run])
            os.chdir(tempfile.mkdtemp())
            # The name is that of before, in another folder.
            os.makedirs(os.path.dirname(run.name) or '.', exist_ok=True)
            shutil.copy(os.path.join(run.folder, run.name), run.name)
            loaded = run.student.ask('load_model', run.case['style'],
                                     filename=given_name(run.case))
            self.test_load_returns_the_model(
                [SimpleNamespace(loaded=[loaded])])
            self.expect_equal(loaded, run.wanted, 'Once loaded')
            good = (KERAS_3 and run.name.endswith('.h5')
                    or not run.case['steps']
                    or same(variables(loaded), run.wanted.held))
            assert good, unlike(
                "The state of the loaded model's optimizer differs",
                'that of the saved model: its steps and moments')

    def expect_equal(self, loaded, wanted, how):
        """Task 9: saves and loads an entire model."""
        compiled = getattr(loaded, 'optimizer', None) is not None
        assert compiled or not wanted.optimizer, unlike(
            f'{how}, the model is not compiled',
            'the optimizer, the loss and the metrics too')
        with trying(f'{how}, testing the model', 'a compiled model'):
            got = look_at(loaded)
        assert kinds(got) == kinds(wanted), unlike(
            f'{how}, the model has the layers {kinds(got)}',
            f'those of the saved model, {kinds(wanted)}')
        for (name, layer), (_, saved) in zip(got.layers, wanted.layers):
            assert layer == saved, unlike(
                f'{how}, a {name} layer has {different(layer, saved)}',
                f'{different(saved, layer)}, as it was saved')
        assert same(got.weights, wanted.weights), unlike(
            f'{how}, the weights differ',
            'those that the model had when it was saved')
        good = not wanted.optimizer or got.optimizer == wanted.optimizer
        assert good, unlike(
            f'{how}, the optimizer has '
            f'{different(got.optimizer, wanted.optimizer)}',
            f'{different(wanted.optimizer, got.optimizer)}, as it was saved')
        good = not wanted.tested or len(got.tested) == len(
            wanted.tested) and np.allclose(
            got.tested, wanted.tested, rtol=1e-3, equal_nan=True)
        assert good, unlike(
            f'{how}, the loss and the metrics are {got.tested}',
            f'{wanted.tested}, because the loss and the metrics are part of '
            'the model')


@functools.cache
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
    if name == 'other':  # two inputs, a frozen layer, another optimizer
        words = K.Input(shape=(2,))
        x = K.layers.Dense(5, 'relu', trainable=False, dtype='float64')(
            K.layers.Flatten()(K.layers.Embedding(7, 3)(words)))
        x = K.layers.Dropout(0.5)(K.layers.Add()([x, inputs]))
        return K.Model([inputs, words], K.layers.Dense(5, 'sigmoid')(x)), (
            lambda rate: K.optimizers.SGD(rate, 0.25),
            'binary_crossentropy', ['accuracy', 'mae'])
    if name == 'nested':  # a network in it, scalars, a rate that changes
        x = K.Sequential([K.Input((5,)), K.layers.Dense(5, name='layer_2'),
                          K.layers.BatchNormalization()])(x)
        x = K.layers.Dense(5, 'softmax', name='layer_2')(
            K.layers.Normalization(axis=None, mean=0.5, variance=0.25)(x))
        return K.Model(inputs, x), (
            lambda rate: K.optimizers.RMSprop(
                K.optimizers.schedules.ExponentialDecay(rate, 4, 0.5)),
            'mse', ['accuracy'])
    return K.Sequential([  # a kernel of more than 64 KB
        K.Input(shape=(5,)), K.layers.Dense(300, 'relu'),
        K.layers.Dense(60, 'relu'), K.layers.Dense(5, 'softmax')]), (
            K.optimizers.Adam, 'categorical_crossentropy', ['accuracy'])


def new_network(case):
    """Returns the network of a case, compiled anew, as if trained."""
    network, (optimizer, loss, metrics) = built(case['network'])
    if case['rate']:
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


def given_name(case):
    """Returns the name by which a case's file is asked for."""
    name = case['filename']
    return os.path.abspath(name) if case['style'] == 1 else name


def variables(network):
    """Lists what an optimizer holds: steps, moments and the like."""
    held = network.optimizer.variables
    return held() if callable(held) else held


def look_at(network):
    """Notes what there is of a network."""
    optimizer = getattr(network, 'optimizer', None)
    looked = SimpleNamespace(
        weights=network.get_weights(), optimizer=None, held=[], tested=[],
        layers=[(type(layer).__name__, {} if isinstance(layer, K.Model)
                 else layer.get_config()) for layer in network.layers])
    if optimizer:
        network.run_eagerly = TENSORFLOW
        network.reset_metrics()
        config = optimizer.get_config()
        config.pop('name')
        looked.optimizer = {'class': type(optimizer).__name__, **config}
        looked.held = [np.array(value) for value in variables(network)]
        looked.tested = rounded(np.ravel(network.test_on_batch(
            X if len(network.inputs) == 1 else [X, WORDS], Y)))
    return looked


def kinds(looked):
    """Lists the classes of a network's layers."""
    return [name for name, _ in looked.layers]


def different(settings, others):
    """Lists those settings that others don't share, in short."""
    return {name: value if isinstance(value, (int, float)) else
            f'{value}'[:100] for name, value in settings.items()
            if others.get(name) != value}
