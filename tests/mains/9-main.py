#!/usr/bin/env python3
"""Continues training network1.keras, saves network2.keras, and loads it.

Run 8-main.py first, which saves network1.keras.
"""
import os

os.environ['PYTHONHASHSEED'] = '8'
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'  # TensorFlow reads it on import
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')  # and this: a short log

import random
import sys

import numpy as np
import tensorflow as tf

# Takes task files that aren't beside this script from the library.
here = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(here, '..', '..'))
for stem in ('3-one_hot', '8-train', '9-model'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

one_hot = __import__('3-one_hot').one_hot
train_model = __import__('8-train').train_model
model = __import__('9-model')

path = 'MNIST.npz' if os.path.exists('MNIST.npz') else '../data/MNIST.npz'
with np.load(path) as data:
    X_train = data['X_train'].reshape(-1, 784)
    Y_train = one_hot(data['Y_train'])
    X_valid = data['X_valid'].reshape(-1, 784)
    Y_valid = one_hot(data['Y_valid'])

network = model.load_model('network1.keras')
train_model(network, X_train, Y_train, batch_size=32, epochs=1000,
            validation_data=(X_valid, Y_valid),
            early_stopping=True, patience=2,
            learning_rate_decay=True, alpha=0.001)
model.save_model(network, 'network2.keras')
network.summary()
print(network.get_weights())
del network

network2 = model.load_model('network2.keras')
network2.summary()
print(network2.get_weights())
