#!/usr/bin/env python3
r"""Trains one network on several machines. Run it on each of them.

Each trains on its own rows of every batch. All have the same weights at every
step, and the first one saves them. On Keras 3 with JAX:

    export KERAS_BACKEND=jax
    export KERAS_DISTRIBUTION_JOB_ADDRESSES=host0:2000,host1:2000
    export KERAS_DISTRIBUTION_NUM_PROCESSES=2
    export KERAS_DISTRIBUTION_PROCESS_ID=0  # on the second: 1
    python examples/several_machines.py weights.h5

On TensorFlow 2.15, or a later one with TF_USE_LEGACY_KERAS=1:

    export TF_CONFIG='{
        "cluster": {"worker": ["host0:2000", "host1:2000"]},
        "task": {"type": "worker", "index": 0}}'  # on the second: 1
    python examples/several_machines.py weights.h5

If none of these are set, it trains on all devices of this machine.
"""
import argparse
import contextlib
import faulthandler
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import tensorflow as tf
import tensorflow.keras as K

from examples.data import digits

build_model = __import__('1-input').build_model
optimize_model = __import__('2-optimize').optimize_model
one_hot = __import__('3-one_hot').one_hot
train_model = __import__('5-train').train_model
save_weights = __import__('10-weights').save_weights


def stop(sentence):
    """Ends the process at once, even if other threads are waiting."""
    print(sentence, file=sys.stderr, flush=True)
    os._exit(1)


parser = argparse.ArgumentParser(
    description='Trains one network on several machines.')
parser.add_argument('file', help='where the first machine saves the weights')
parser.add_argument('--wait', metavar='SECONDS', type=float, default=300,
                    help='how long to wait for all (default: %(default)s)')
args = parser.parse_args()

# Neither backend has a setting for how long to wait, and TensorFlow's wait
# blocks all of Python. faulthandler's timer runs outside it, and exits.
if {'TF_CONFIG', 'KERAS_DISTRIBUTION_NUM_PROCESSES'} & set(os.environ):
    print(f'Waits {args.wait:g} seconds at most. If nothing follows, a '
          'machine was not started, or an address is wrong.',
          file=sys.stderr, flush=True)
    faulthandler.dump_traceback_later(args.wait, exit=True)
K.utils.set_random_seed(8)  # the same weights and dropout everywhere
if K.backend.backend() == 'jax':
    if 'KERAS_DISTRIBUTION_NUM_PROCESSES' in os.environ:
        K.distribution.initialize()
    machines = K.distribution.DataParallel(auto_shard_dataset=False)
    K.distribution.set_distribution(machines)
    scope = contextlib.nullcontext()
    number = int(os.environ.get('KERAS_DISTRIBUTION_PROCESS_ID', 0))
    shares = machines.num_processes
    first = number == 0
else:
    number, shares = 0, 1  # the strategy splits the rows itself
    if 'TF_CONFIG' not in os.environ:
        strategy = tf.distribute.MirroredStrategy()
        if strategy.num_replicas_in_sync == 1:
            # With one device, Keras 3.15 sometimes crashes between epochs.
            strategy = tf.distribute.get_strategy()
        first = True
    elif hasattr(K, 'ops'):
        stop('Keras 3 trains on several machines only with '
             'KERAS_BACKEND=jax, not with TensorFlow.')
    else:
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        first = strategy.cluster_resolver.task_id == 0
    scope = strategy.scope()
faulthandler.cancel_dump_traceback_later()

BATCH = 64 // shares


def rows(array):
    """Returns this machine's rows of every batch."""
    batches = len(array) // 64
    parts = array[:64 * batches].reshape(batches, shares, BATCH, -1)
    return parts[:, number].reshape(batches * BATCH, -1)


data = digits.load()
x_train, y_train = rows(data.x_train), rows(one_hot(data.y_train))
valid = rows(data.x_valid), rows(one_hot(data.y_valid))

with scope:
    # No dropout: under a strategy, each device drops different nodes.
    network = build_model(784, [64, 10], ['relu', 'softmax'],
                          lambtha=0.0001, keep_prob=1)
    optimize_model(network, alpha=0.001, beta1=0.9, beta2=0.999)
try:
    history = train_model(network, x_train, y_train, BATCH, epochs=5,
                          validation_data=valid, verbose=first)
except (tf.errors.UnavailableError, ValueError) as error:
    stop(f'{error}\nTraining has ended because another machine is gone.')
if first:
    print(history.history)
    save_weights(network, args.file)
