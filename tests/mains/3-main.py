#!/usr/bin/env python3
"""Turns the first ten training labels into a one-hot matrix."""
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
for stem in ('3-one_hot',):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

one_hot = __import__('3-one_hot').one_hot

path = 'MNIST.npz' if os.path.exists('MNIST.npz') else '../data/MNIST.npz'
with np.load(path) as data:
    labels = data['Y_train'][:10]
print(labels)
print(one_hot(labels))
