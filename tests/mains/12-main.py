#!/usr/bin/env python3
"""Tests network2.keras on the test images.

Run 9-main.py first, which saves network2.keras.
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
for stem in ('3-one_hot', '9-model', '12-test'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

one_hot = __import__('3-one_hot').one_hot
load_model = __import__('9-model').load_model
test_model = __import__('12-test').test_model

path = 'MNIST.npz' if os.path.exists('MNIST.npz') else '../data/MNIST.npz'
with np.load(path) as data:
    X_test = data['X_test'].reshape(-1, 784)
    Y_test = one_hot(data['Y_test'])

network = load_model('network2.keras')
result = test_model(network, X_test, Y_test)
print(result)
loss, accuracy = result
print('loss:', round(float(loss), 3))
print('accuracy:', round(float(accuracy), 3))
