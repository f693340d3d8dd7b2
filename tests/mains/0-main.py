#!/usr/bin/env python3
"""Builds a network with Sequential, and prints it."""
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
for stem in ('0-sequential',):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

build_model = __import__('0-sequential').build_model

network = build_model(784, [256, 256, 10], ['tanh', 'tanh', 'softmax'],
                      lambtha=0.001, keep_prob=0.95)
network.summary()
print(network.losses)
