#!/usr/bin/env python3
r"""Trains one network on several machines: run it on each of them.

    TF_CONFIG='{"cluster": {"worker": ["host0:2000", "host1:2000"]},
                "task": {"type": "worker", "index": 0}}' \
        python tests/multi_worker.py weights.h5

`index` counts the machines. Each trains on its share of every batch, all
have the same weights at every step, and the first saves them. It needs
TensorFlow 2.15, or a later one with TF_USE_LEGACY_KERAS=1. Without TF_CONFIG
it trains on this machine alone, with the same numbers.
"""
import json
import os
import sys

import digits
import tensorflow as tf

# Where the task files are when neither installed nor beside this script.
sys.path.append(os.path.join(os.path.dirname(__file__), '..'))

strategy = tf.distribute.MultiWorkerMirroredStrategy()  # before anything else

build_model = __import__('1-input').build_model
optimize_model = __import__('2-optimize').optimize_model
one_hot = __import__('3-one_hot').one_hot
train_model = __import__('4-train').train_model
save_weights = __import__('10-weights').save_weights
test_model = __import__('12-test').test_model

data = digits.load()
tf.keras.utils.set_random_seed(8)
with strategy.scope():
    # No dropout, as each machine would drop nodes of its own.
    network = build_model(784, [64, 10], ['relu', 'softmax'],
                          lambtha=0.0001, keep_prob=1)
    optimize_model(network, alpha=0.001, beta1=0.9, beta2=0.999)
history = train_model(network, data.x_train[:960],
                      one_hot(data.y_train[:960]), batch_size=64, epochs=2,
                      verbose=False).history
loss, accuracy = test_model(network, data.x_test[:960],
                            one_hot(data.y_test[:960]), verbose=False)
print(history['loss'], loss, accuracy)
index = json.loads(os.environ.get('TF_CONFIG', '{}')).get(
    'task', {}).get('index', 0)
save_weights(network, f'{sys.argv[1]}.{index}' if index else sys.argv[1])
