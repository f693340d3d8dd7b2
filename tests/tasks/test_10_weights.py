"""Task 10: weights alone, under the names that the course's mains use.

Weights are saved in each of the CASES below, and every sentence of the class
goes through all of them: `for run in saves`. The files change their names
before they are loaded, so that what was kept in memory shows, and some are
loaded into a network that didn't save them.
"""
import functools
import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import h5py
import numpy as np
import tensorflow.keras as K

from grader.exam.cases import calls
from grader.exam.student import TENSORFLOW, same, unlike
from grader.exam.surroundings import FILES, WEIGHTS
from grader.exam.task import FileTask, only_none

STEM = '10-weights'
PROTOTYPES = ["save_weights(network, filename, save_format='h5')",
              'load_weights(network, filename)']
MAY_CHANGE = {'save_weights': [FILES], 'load_weights': [WEIGHTS]}
CASES = [dict(zip(('filename', 'save_format', 'network', 'weights', 'over',
                   'twin', 'style'), case)) for case in [
    # The name, the format, the network, about how large its weights are,
    # whether another's weights lie there, whether they are loaded into
    # another network, and how many arguments are given by position. If that
    # is one, the name is absolute.
    ('weights2.keras', 'keras', 'deep', 1.0, False, False, 0),
    ('weights2.h5', 'h5', 'deep', 1.0, False, False, 0),
    ('weights2.h5', None, 'stack', 1.0, False, False, 3),
    ('weights2', 'hdf5', 'many', 1.0, False, False, 0),
    ('kept/modèle [1] $2.keras', 'hdf5', 'other', 0.1, True, True, 2),
    ('kept/Deep er/x', None, 'stack', 1e-4, True, False, 1),
    ('Network.weights.h5', 'h5', 'other', 0.0, False, True, 2),
    ('a.b.keras', 'h5', 'stack', 100.0, True, True, 3)]]
RANDOM = np.random.default_rng(0)


def save(student, case):
    """Saves a network's weights, perhaps over another's."""
    name = case['filename']
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    older = None
    if case['over']:
        student.ask('save_weights', network=randomized(case, 'deep'),
                    filename=name, save_format=case['save_format'])
        older = Path(name).exists() and Path(name).read_bytes()
    network = randomized(case)
    weights = network.get_weights()
    given = os.path.abspath(name) if case['style'] == 1 else name
    returned = student.ask('save_weights', case['style'], network=network,
                           filename=given, save_format=case['save_format'])
    return SimpleNamespace(weights=weights, returned=returned, name=name,
                           older=older, folder=os.getcwd())


saves = calls(save, CASES)


class TestTask10(FileTask):
    """What task 10 asks for."""

    def test_format(self, saves):
        """Task 10: the format is HDF5, whatever the ending."""
        for run in saves:
            self.test_saves_a_file([run])
            assert h5py.is_hdf5(run.name), unlike(
                f'{run.name} is not an HDF5 file', 'an HDF5 file')

    def test_weights_alone(self, saves):
        """Task 10: saves a model's weights."""
        for run in saves:
            self.test_format([run])
            with open(run.name, 'rb') as file:
                config = b'class_name' in file.read()
            assert not config, unlike('The file holds the architecture too',
                                      'the weights alone')

    def test_load_returns_none(self, saves):
        """Task 10: load_weights returns None."""
        for run in saves:
            run.loaded = returned, _ = self.load(run)
            only_none(returned)

    def test_loads_what_was_saved(self, saves):
        """Task 10: loads a model's weights."""
        for run in saves:
            self.test_weights_alone([run])
            self.test_load_returns_none([run])
            _, weights = run.loaded
            assert same(weights, run.weights), unlike(
                'The network does not have the weights of the file, a copy of '
                f'{run.name}', 'those that were saved there last')

    def load(self, run):
        """Loads a copy of the file, under another name; gives the weights."""
        self.test_saves_a_file([run])
        os.chdir(tempfile.mkdtemp())
        name = f'renamed{os.path.splitext(run.name)[1]}'
        if run.name.endswith('.weights.h5'):
            name = 'renamed.weights.h5'
        shutil.copy(os.path.join(run.folder, run.name), name)
        network = randomized(run.case, number=int(run.case['twin']))
        network.set_weights([RANDOM.normal(size=weights.shape)
                             for weights in network.get_weights()])
        returned = run.student.ask('load_weights', run.case['style'],
                                   network=network, filename=name)
        return returned, network.get_weights()


@functools.cache
def built(name, number):
    """Builds a network once; with another number, one with other names."""
    if name in ('deep', 'many'):  # layers of one shape, compiled
        inputs = x = K.Input(shape=(3,))
        for _ in range(12 if name == 'deep' else 51):  # 102 arrays
            x = K.layers.Dense(3)(x)
        network = K.Model(inputs, x)
        network.compile('adam', 'mse', run_eagerly=TENSORFLOW)
        network.optimizer.build(network.trainable_variables)
    elif name == 'other':  # two inputs, other layers, not all trainable
        inputs, words = K.Input((4,)), K.Input((2,))
        x = K.layers.Dense(4, trainable=False, dtype='float64')(
            K.layers.Flatten()(K.layers.Embedding(7, 3)(words)))
        x = K.layers.BatchNormalization()(K.layers.Add()([x, inputs]))
        x = K.layers.Normalization()(x)  # one of its weights is a scalar
        network = K.Model([inputs, words], K.layers.Dropout(0.5)(x))
    else:  # a kernel of more than 64 KB
        network = K.Sequential([K.Input((5,)), K.layers.Dense(300, 'relu'),
                                K.layers.Dense(60), K.layers.Dense(5)])
    return network


def randomized(case, name=None, number=0):
    """Returns the network of a case, with other weights each time."""
    network = built(name or case['network'], number)
    network.set_weights([RANDOM.uniform(0.1, 1, weights.shape)
                         * case['weights'] ** (1 + (weights.ndim > 1))
                         for weights in network.get_weights()])
    return network
