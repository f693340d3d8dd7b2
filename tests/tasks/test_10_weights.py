"""Task 10: weights alone, under the names that the course's mains use.

The files change their names before they are loaded, so that what was kept in
memory shows, and some are loaded into a network that didn't save them.
"""
import functools
import os
import shutil
import tempfile
from types import SimpleNamespace

import h5py
import numpy as np
import tensorflow.keras as K
from hypothesis import strategies as st

from grader.exam.draw import drawn, kept, names, new_name, numbers, styles
from grader.exam.expect import TENSORFLOW, expect, kind, same
from grader.exam.surroundings import FILES, WEIGHTS
from grader.exam.task import Task, expect_one_file

STEM = '10-weights'
CLAUSE = "task 10: saves and loads a model's weights"
RANDOM = np.random.default_rng(0)


@functools.lru_cache(maxsize=None)
def built(name, number):
    """Builds a network once; with another number, one with other names."""
    if name == 'deep':  # a dozen layers of one shape, compiled
        inputs = x = K.Input(shape=(3,))
        for _ in range(12):
            x = K.layers.Dense(3)(x)
        network = K.Model(inputs, x)
        network.compile('adam', 'mse', run_eagerly=TENSORFLOW)
        network.optimizer.build(network.trainable_variables)
    elif name == 'other':  # other layers, not all trainable, not compiled
        inputs = x = K.Input(shape=(4,))
        for trainable in True, False:
            x = K.layers.Dense(4, trainable=trainable)(x)
        x = K.layers.BatchNormalization()(K.layers.Add()([x, inputs]))
        network = K.Model(inputs, K.layers.Dropout(0.5)(x))
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


class TestTask10(Task):
    """What task 10 asks for."""

    PROTOTYPES = ["save_weights(network, filename, save_format='h5')",
                  'load_weights(network, filename)']
    MAY_CHANGE = {'save_weights': [FILES], 'load_weights': [WEIGHTS]}
    CASES = st.fixed_dictionaries({
        'name': names, 'ending': st.sampled_from(['.keras', '.h5', '',
                                                  '.weights.h5']),
        'network': st.sampled_from(['deep', 'other', 'stack']),
        'weights': numbers, 'over': st.sampled_from([True, False]),
        'twin': st.booleans(), 'style': styles,
        'save_format': st.sampled_from([None, 'h5', 'keras', 'hdf5'])})
    DRAWS = 9

    @kept
    def call(self, case):
        """A network whose weights are saved, perhaps over another's."""
        name = new_name(case)
        if case['over']:
            self.function('save_weights')(randomized(case, 'deep'), name)
        network = randomized(case)
        weights = network.get_weights()
        returned = self.ask('save_weights', case['style'], network=network,
                            filename=name, save_format=case['save_format'])
        expect_one_file(name, 'the weights under exactly that name, as the '
                        "course's main gives one of any ending", CLAUSE)
        return SimpleNamespace(weights=weights, returned=returned, name=name,
                               file=os.path.abspath(name))

    @drawn()
    def test_returns_none(self, done):
        done.expect(done.returned is None, 'It returned '
                    f'{kind(done.returned)}', 'None',
                    'task 10: save_weights returns None')

    @drawn()
    def test_file(self, done):
        done.expect(h5py.is_hdf5(done.file), f'{done.name} is not an HDF5 '
                    'file', 'an HDF5 file', 'task 10: the format is HDF5, '
                    'whatever the ending')
        with h5py.File(done.file, 'r') as file:
            held = {*file.attrs, *file}
        with open(done.file, 'rb') as file:
            config = b'class_name' in file.read()
        done.expect(not config and not held & {
            'training_config', 'optimizer_weights'}, 'The file holds the '
            'architecture or the optimizer too', 'the weights alone', CLAUSE)

    @drawn()
    def test_loads_what_was_saved(self, done, case):
        os.chdir(tempfile.mkdtemp())
        name = f'renamed{case["ending"]}'
        shutil.copy(done.file, name)
        network = randomized(case, number=int(case['twin']))
        network.set_weights([RANDOM.normal(size=weights.shape)
                             for weights in network.get_weights()])
        returned = self.ask('load_weights', case['style'], network=network,
                            filename=name)
        expect(returned is None, f'It returned {kind(returned)}', 'None',
               'task 10: load_weights returns None')
        expect(same(network.get_weights(), done.weights),
               f'The network does not have the weights of {name}, a copy of '
               f'{done.name}', 'those that were saved there last', CLAUSE)
