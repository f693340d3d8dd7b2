#!/usr/bin/env python3
"""Predicts the digits in the test images with network2.keras.

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
for stem in ('9-model', '13-predict'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

load_model = __import__('9-model').load_model
predict = __import__('13-predict').predict

path = 'MNIST.npz' if os.path.exists('MNIST.npz') else '../data/MNIST.npz'
with np.load(path) as data:
    X_test = data['X_test'].reshape(-1, 784)
    Y_test = data['Y_test']

network = load_model('network2.keras')
Y_pred = predict(network, X_test)
print(Y_pred)
print(np.argmax(Y_pred, axis=1))
print(Y_test)
