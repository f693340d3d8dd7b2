#!/usr/bin/env python3
"""Trains a network until its validation loss stops improving."""
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
for stem in ('1-input', '2-optimize', '3-one_hot', '6-train'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

build_model = __import__('1-input').build_model
optimize_model = __import__('2-optimize').optimize_model
one_hot = __import__('3-one_hot').one_hot
train_model = __import__('6-train').train_model

path = 'MNIST.npz' if os.path.exists('MNIST.npz') else '../data/MNIST.npz'
with np.load(path) as data:
    X_train = data['X_train'].reshape(-1, 784)
    Y_train = one_hot(data['Y_train'])
    X_valid = data['X_valid'].reshape(-1, 784)
    Y_valid = one_hot(data['Y_valid'])

network = build_model(784, [256, 256, 10], ['relu', 'relu', 'softmax'],
                      lambtha=0.0001, keep_prob=0.95)
optimize_model(network, alpha=0.001, beta1=0.9, beta2=0.999)
train_model(network, X_train, Y_train, batch_size=64, epochs=30,
            validation_data=(X_valid, Y_valid),
            early_stopping=True, patience=3)
