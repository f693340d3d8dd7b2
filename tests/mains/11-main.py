#!/usr/bin/env python3
"""Builds a new network from the configuration of network1.keras.

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
for stem in ('9-model', '11-config'):
    if not os.path.exists(os.path.join(here, f'{stem}.py')):
        print(f"No {stem}.py beside this main: it runs the library's.",
              file=sys.stderr)

SEED = 8
random.seed(SEED)
np.random.seed(SEED)
tf.random.set_seed(SEED)

model = __import__('9-model')
config = __import__('11-config')

network = model.load_model('network1.keras')
config.save_config(network, 'config1.json')
del network

network2 = config.load_config('config1.json')
network2.summary()
print(network2.get_weights())  # new: a configuration has no weights
