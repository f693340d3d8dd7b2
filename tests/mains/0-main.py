#!/usr/bin/env python3
"""Builds a network with Sequential, and prints it."""
import os

os.environ['PYTHONHASHSEED'] = '8'
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'  # TensorFlow reads it on import

import random
import sys

import numpy as np
import tensorflow as tf

# Finds the task files if they are neither installed nor beside this script.
sys.path.append(os.path.join(os.path.dirname(__file__), '..', '..'))

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

build_model = __import__('0-sequential').build_model

network = build_model(784, [256, 256, 10], ['tanh', 'tanh', 'softmax'],
                      lambtha=0.001, keep_prob=0.95)
network.summary()
print(network.losses)
