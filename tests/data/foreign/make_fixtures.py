#!/usr/bin/env python3
"""Writes the files that this version of Keras leaves behind.

    python make_fixtures.py FOLDER

Runs on every TensorFlow from 1.12 on. README.md lists what FOLDER gets, for a
functional network (`f-`) and a sequential one (`s-`).
"""
import os
import random
import sys

import numpy as np
import tensorflow as tf
import tensorflow.keras as K

RATE = 0.01
STEPS = 10


def build(kind):
    """Builds the network: 6 inputs, 5 tanh, dropout, 3 softmax.

    Args:
        kind: str. 'f' for functional, 's' for sequential.

    Returns:
        `K.Model`, not compiled.
    """
    l2 = K.regularizers.l2(0.001)
    # In TensorFlow 1, `build` makes no outputs.
    first = {'input_shape': (6,)} if tf.__version__ < '2' else {}
    layers = [K.layers.Dense(5, 'tanh', kernel_regularizer=l2, **first),
              K.layers.Dropout(0.2),
              K.layers.Dense(3, 'softmax', kernel_regularizer=l2)]
    if kind == 's':
        network = K.Sequential(layers)
        if not first:
            network.build((None, 6))
        return network
    inputs = outputs = K.Input(shape=(6,))
    for layer in layers:
        outputs = layer(outputs)
    return K.Model(inputs=inputs, outputs=outputs)


def data():
    """Returns 40 samples of 6 features, and their labels one-hot."""
    draw = np.random.RandomState(1)
    return (draw.rand(40, 6).astype('float32'),
            np.eye(3, dtype='float32')[draw.randint(3, size=40)])


def momenta(network):
    """Returns both of Adam's moments of every weight, weight by weight."""
    adam = network.optimizer
    if hasattr(adam, '_momentums'):
        pairs = zip(adam._momentums, adam._velocities)
    else:  # up to Keras 2.10
        values = adam.get_weights()[1:]
        count = len(network.trainable_weights)
        pairs = zip(values[:count], values[count:])
    return [np.array(value) for pair in pairs for value in pair]


def save_legacy_weights(network, path):
    """Writes weights as Keras 2 did by default, which Keras 3 still reads."""
    if not hasattr(K, 'ops'):
        network.save_weights(path, save_format='h5')
        return
    import h5py
    from keras.src.legacy.saving import legacy_h5_format
    with h5py.File(path, 'w') as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, network)


def main(folder):
    """Writes all that this version can into `folder`."""
    os.makedirs(folder, exist_ok=True)
    x, y = data()
    for kind in 'fs':
        random.seed(0)
        np.random.seed(0)
        getattr(tf, 'set_random_seed', getattr(tf.random, 'set_seed', None))(0)
        network = build(kind)
        network.compile(K.optimizers.Adam(RATE), 'categorical_crossentropy',
                        metrics=['accuracy'])
        network.fit(x, y, batch_size=8, epochs=2, shuffle=False, verbose=0)
        start = os.path.join(folder, kind + '-')
        if hasattr(K, 'saving') or hasattr(K, 'ops'):  # from 2.15 on
            # Before the `.h5`: on Keras 3 saving that takes the optimizer
            # out of the settings that a later `.keras` would get.
            network.save(start + 'model.keras')
            if kind == 'f':
                network.save_weights(start + 'v3.weights.h5')
        network.save(start + 'model.h5')
        if kind == 'f':
            save_legacy_weights(network, start + 'w.h5')
        with open(start + 'config.json', 'w') as file:
            file.write(network.to_json())
        moments = {'m{}'.format(i): value
                   for i, value in enumerate(momenta(network))}
        np.savez_compressed(start + 'true.npz', x=x[:7],
                            y=network.predict(x[:7]), **moments)


if __name__ == '__main__':
    main(sys.argv[1])
