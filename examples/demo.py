#!/usr/bin/env python3
"""Runs every task in order on real digits, from a new network to predictions.

    python examples/demo.py [--mnist FILE]

It trains on the MNIST subset in examples/data, or on FILE, an `MNIST.npz`, and
saves networks and pictures to the folder `demo`.
"""
import argparse
import os
import sys
import time
from pathlib import Path

os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'  # the same digits everywhere
os.environ.setdefault('TF_NUM_INTRAOP_THREADS', '1')  # see docs/speed.md
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')  # a quiet start
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np
import tensorflow.keras as K
from matplotlib.figure import Figure

from examples.data import digits

start = time.time()
# A bar that moves fills a file with backspaces: there, a line for each epoch.
verbose = 1 if sys.stdout.isatty() else 2
parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument('--mnist', metavar='FILE',
                    help='an MNIST.npz to train on instead of the subset')
data = digits.load(parser.parse_args().mnist)
out = Path('demo')
out.mkdir(exist_ok=True)
layers = [256, 256, 10], ['relu', 'relu', 'softmax']

print('\n=== 0-sequential: builds a network with Sequential')
network = __import__('0-sequential').build_model(784, *layers, 0.0001, 0.95)
print(f'{network.count_params():,} parameters')

print('\n=== 1-input: builds the same network with the functional API')
build_model = __import__('1-input').build_model
network = build_model(784, *layers, 0.0001, 0.95)
network.summary()

print('\n=== 2-optimize: compiles it with Adam, cross-entropy and accuracy')
optimize_model = __import__('2-optimize').optimize_model
optimize_model(network, 0.001, 0.9, 0.999)
print(type(network.optimizer).__name__, network.loss)

print('\n=== 3-one_hot: turns labels into rows with a single one')
one_hot = __import__('3-one_hot').one_hot
train = data.x_train, one_hot(data.y_train, 10)
valid = data.x_valid, one_hot(data.y_valid, 10)
test = data.x_test, one_hot(data.y_test, 10)
print(data.y_train[:3], train[1][:3], sep='\n')

print('\n=== 4-train: trains for one epoch')
__import__('4-train').train_model(network, *train, 128, 1,
                                  verbose=verbose)

print('\n=== 5-train: trains for another epoch, with validation')
__import__('5-train').train_model(network, *train, 128, 1, valid,
                                  verbose=verbose)

print('\n=== 6-train: trains until the validation loss stops improving')
__import__('6-train').train_model(network, *train, 128, 30, valid,
                                  early_stopping=True, patience=0,
                                  verbose=verbose)

print('\n=== 7-train: trains for two epochs with learning rate decay')
__import__('7-train').train_model(network, *train, 128, 2, valid,
                                  learning_rate_decay=True, alpha=0.0001,
                                  verbose=verbose)

print('\n=== 8-train: trains a new network, and saves the best model')
K.utils.set_random_seed(8)
network = build_model(784, *layers, 0.0001, 0.95)
optimize_model(network, 0.001, 0.9, 0.999)
train_model = __import__('8-train').train_model
history = train_model(network, *train, 64, 1000, valid,
                      early_stopping=True, patience=3,
                      learning_rate_decay=True, alpha=0.001,
                      save_best=True, filepath=out / 'network1.keras',
                      verbose=verbose).history

print('\n=== 9-model: loads the best model, trains it, saves and reloads it')
model = __import__('9-model')
network = model.load_model(out / 'network1.keras')
more = train_model(network, *train, 64, 1000, valid,
                   early_stopping=True, patience=2,
                   learning_rate_decay=True, alpha=0.001,
                   verbose=verbose).history
model.save_model(network, out / 'network2.keras')
network = model.load_model(out / 'network2.keras')

print('\n=== 10-weights: saves the weights, loads them into a new network')
weights = __import__('10-weights')
weights.save_weights(network, out / 'weights2.h5')
copy = build_model(784, *layers, 0.0001, 0.95)
weights.load_weights(copy, out / 'weights2.h5')
print('first weights:', network.get_weights()[0][400, :4])
print('    in a copy:', copy.get_weights()[0][400, :4])

print('\n=== 11-config: saves the configuration, builds a network from it')
config = __import__('11-config')
config.save_config(network, out / 'config1.json')
fresh = config.load_config(out / 'config1.json')
print('  new weights:', fresh.get_weights()[0][400, :4])

print('\n=== 12-test: computes the loss and accuracy on the test digits')
loss, accuracy = __import__('12-test').test_model(network, *test, verbose)

print('\n=== 13-predict: predicts ten probabilities for each test digit')
probabilities = __import__('13-predict').predict(network, data.x_test)
predicted = probabilities.argmax(axis=1)
print('predicted:', predicted[:20])
print('     true:', data.y_test[:20])

# Draws the loss and accuracy of each epoch, in training and validation.
best = int(np.argmin(history['val_loss']))
epochs = np.arange(len(history['loss'])) + 1
figure = Figure(figsize=(9, 3.9), layout='constrained')
figure.suptitle(f'Training on {len(data.x_train):,} digits, with early '
                'stopping: the best epoch has the lowest validation loss')
for axes, name in zip(figure.subplots(1, 2), ('loss', 'accuracy')):
    axes.plot(epochs, history[name], label='training')
    axes.plot(epochs, history[f'val_{name}'], label='validation')
    axes.plot(best + 1, history[f'val_{name}'][best], 'o', color='tab:orange',
              label=f'best epoch: {best + 1}')
    axes.set(xlabel='epoch', ylabel=name, xlim=(1, None))
    axes.locator_params(axis='x', integer=True)
    axes.grid(color='0.92')
    axes.legend()
figure.supxlabel('Training starts worse: its values are means over an epoch, '
                 'with dropout, and validation comes after it, without.',
                 fontsize=9, color='0.35')
figure.savefig(out / 'curves.png', dpi=180)

# Draws ten test digits, and the ten mistakes with the highest probability.
sure = probabilities.max(axis=1)
wrong = np.flatnonzero(predicted != data.y_test)
wrong = wrong[sure[wrong].argsort()[::-1]]
figure = Figure(figsize=(9, 2.7), layout='constrained')
figure.suptitle('Ten test digits, and the ten surest mistakes '
                f'of {len(wrong):,} in {len(predicted):,}')
for axes, i in zip(figure.subplots(2, 10).flat, [*range(10), *wrong[:10]]):
    right = predicted[i] == data.y_test[i]
    axes.imshow(data.x_test[i].reshape(28, 28), cmap='gray_r')
    axes.axis('off')
    axes.set_title(f'{predicted[i]}' if right else
                   f'{predicted[i]}, not {data.y_test[i]}\n{sure[i]:.0%} sure',
                   fontsize=9, color='black' if right else 'tab:red')
figure.savefig(out / 'digits.png', dpi=180, bbox_inches='tight')

print(f'''
epochs run     {len(history['loss'])}, and {len(more['loss'])} after loading
best epoch     {best + 1}, validation loss {history['val_loss'][best]:.4f}
test loss      {loss:.4f}
test accuracy  {accuracy:.4f}
saved          demo/network1.keras, the best model of 8-train
               demo/network2.keras, the same after more training
               demo/weights2.h5 and config1.json, its weights and configuration
               demo/curves.png and digits.png
seconds        {time.time() - start:.0f}''')
