#!/usr/bin/env python3
"""Loads the weights of network2.keras into network1.keras, through a file.

Run 8-main.py and 9-main.py first, which save these two.
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
for stem in ('9-model', '10-weights'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

model = __import__('9-model')
weights = __import__('10-weights')

network = model.load_model('network2.keras')
weights.save_weights(network, 'weights2.keras')
del network

network2 = model.load_model('network1.keras')
print(network2.get_weights())
weights.load_weights(network2, 'weights2.keras')
print(network2.get_weights())
