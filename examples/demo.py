#!/usr/bin/env python3
"""Every task, in order, on real digits: from an empty network to predictions.

    python tests/demo.py [--mnist FILE] [--out FOLDER]

It trains on the MNIST subset in tests/data, or on FILE, a whole `MNIST.npz`.
Everything it saves, pictures included, goes to FOLDER.
"""
import argparse
import os
import sys
import time
from pathlib import Path

import digits
import numpy as np
from matplotlib.figure import Figure

SEED = 8
COLORS = {'training': 'tab:blue', 'validation': 'tab:orange',
          'inverse time decay': 'tab:green'}


def draw_curves(history, best, path):
    """Draws loss, accuracy and learning rate, epoch by epoch.

    Args:
        history: dict of one list per metric: a `History`'s `history`.
        best: int, the index of the best epoch.
        path: where to save the picture.
    """
    rate = history.get('learning_rate') or history['lr']  # Keras 3 or 2
    epochs = np.arange(len(rate)) + 1
    figure = Figure(figsize=(10, 3.6), layout='constrained')
    curves = {
        'Loss (L2 penalty included)': {
            'training': history['loss'],
            'validation': history['val_loss']},
        'Accuracy': {
            'training': history['accuracy'],
            'validation': history['val_accuracy']},
        'Learning rate': {'inverse time decay': rate}}
    for axes, title in zip(figure.subplots(1, 3), curves):
        axes.axvline(best + 1, color='0.6', linestyle='--', linewidth=1)
        for label, values in curves[title].items():
            axes.plot(epochs, values, color=COLORS[label], label=label)
        axes.plot(best + 1, values[best], 'o', color=COLORS[label],
                  label=f'best epoch: {best + 1}')
        axes.set(title=title, xlabel='epoch')
        axes.locator_params(axis='x', integer=True)
        axes.spines[['top', 'right']].set_visible(False)
        axes.grid(color='0.92')
        axes.legend(frameon=False)
    axes.set_yscale('log')
    figure.savefig(path, dpi=90)


def draw_digits(x, y, probabilities, path):
    """Draws test digits with their predictions, the wrong ones in red.

    Args:
        x: `numpy.ndarray` of shape `(m, 784)`, the images.
        y: `numpy.ndarray` of shape `(m,)`, the true digits.
        probabilities: `numpy.ndarray` of shape `(m, 10)`, as predicted.
        path: where to save the picture.
    """
    predicted = probabilities.argmax(axis=1)
    sure = probabilities.max(axis=1)
    wrong = np.flatnonzero(predicted != y)
    surest = wrong[np.argsort(-sure[wrong])]
    figure = Figure(figsize=(9, 6.6), layout='constrained')
    top, bottom = figure.subfigures(2, 1, hspace=0.04)
    for part, title, chosen in (
            (top, 'The first test digits', np.arange(len(y))),
            (bottom, f'The surest of the {len(wrong):,} mistakes '
                     f'in {len(y):,}', surest)):
        part.suptitle(title + ': prediction, and its probability')
        grid = list(part.subplots(2, 10).flat)
        for axes in grid:
            axes.axis('off')
        for i, axes in zip(chosen, grid):
            axes.imshow(x[i].reshape(28, 28), cmap='gray_r')
            right = predicted[i] == y[i]
            axes.set_title(
                f'{predicted[i]}' + ('' if right else f', not {y[i]}')
                + f'\n{sure[i]:.1%}', fontsize=10,
                color='black' if right else 'tab:red')
    figure.savefig(path, dpi=90)


def draw_weights(kernel, path):
    """Draws what the nodes of the first layer look for.

    Args:
        kernel: `numpy.ndarray` of shape `(784, nodes)`.
        path: where to save the picture.
    """
    strongest = np.argsort(-np.linalg.norm(kernel, axis=0))[:40]
    limit = np.percentile(abs(kernel[:, strongest]), 99.5)
    figure = Figure(figsize=(9, 3.9), layout='constrained')
    figure.suptitle(
        'First layer: the weights of its 40 strongest nodes, pixel by pixel')
    grid = figure.subplots(4, 10)
    for node, axes in zip(strongest, grid.flat):
        image = axes.imshow(kernel[:, node].reshape(28, 28), cmap='RdBu_r',
                            vmin=-limit, vmax=limit, interpolation='nearest')
        axes.set(xticks=[], yticks=[])
    figure.colorbar(image, ax=grid, shrink=0.8, extend='both',
                    label='weight of the pixel')
    figure.savefig(path, dpi=90)


def main():
    """Runs the fourteen tasks and shows what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--mnist', metavar='FILE',
                        help='an MNIST.npz to train on, not the subset')
    parser.add_argument('--out', metavar='FOLDER', default='demo', type=Path,
                        help='where to save everything (default: demo)')
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    start = time.time()
    data = digits.load(args.mnist)

    # Both are read as TensorFlow is imported: exact sums, and a quiet start.
    os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
    # Where the task files are, unless they are installed.
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    import tensorflow.keras as K

    print('\n=== 0-sequential: a network, layer by layer')
    layers = [256, 256, 10], ['relu', 'relu', 'softmax']
    network = __import__('0-sequential').build_model(784, *layers, 1e-4, 0.95)
    print(f'{network.count_params():,} parameters')

    print('\n=== 1-input: the same network, as a graph')
    build_model = __import__('1-input').build_model
    network = build_model(784, *layers, 1e-4, 0.95)
    network.summary()

    print('\n=== 2-optimize: Adam, the cross-entropy and the accuracy')
    optimize_model = __import__('2-optimize').optimize_model
    optimize_model(network, 0.001, 0.9, 0.999)
    print(type(network.optimizer).__name__, network.loss)

    print('\n=== 3-one_hot: digits as rows with a single one')
    one_hot = __import__('3-one_hot').one_hot
    print(data.y_train[:3], one_hot(data.y_train[:3], 10), sep='\n')
    train = data.x_train, one_hot(data.y_train, 10)
    valid = data.x_valid, one_hot(data.y_valid, 10)
    test = data.x_test, one_hot(data.y_test, 10)

    def new_network():
        """Builds and compiles the network: every training starts the same."""
        K.utils.set_random_seed(SEED)
        network = build_model(784, *layers, 1e-4, 0.95)
        optimize_model(network, 0.001, 0.9, 0.999)
        return network

    print('\n=== 4-train: two passes through the training digits')
    __import__('4-train').train_model(new_network(), *train, 64, 2)

    print('\n=== 5-train: the same, with a look at the validation digits')
    __import__('5-train').train_model(new_network(), *train, 64, 2, valid)

    print('\n=== 6-train: on, until the validation loss stops improving')
    __import__('6-train').train_model(
        new_network(), *train, 64, 30, valid,
        early_stopping=True, patience=3)

    print('\n=== 7-train: a learning rate that decays, three epochs of it')
    __import__('7-train').train_model(
        new_network(), *train, 64, 3, valid,
        learning_rate_decay=True, alpha=0.001)

    print('\n=== 8-train: all of it to the end, and the best model is saved')
    train_model = __import__('8-train').train_model
    history = train_model(
        new_network(), *train, 64, 1000, valid,
        early_stopping=True, patience=3,
        learning_rate_decay=True, alpha=0.001,
        save_best=True, filepath=args.out / 'network1.keras').history
    best = int(np.argmin(history['val_loss']))

    print('\n=== 9-model: loads the best, trains it on, saves and reloads it')
    model = __import__('9-model')
    network = model.load_model(args.out / 'network1.keras')
    more = train_model(
        network, *train, 32, 1000, valid,
        early_stopping=True, patience=2,
        learning_rate_decay=True, alpha=0.001).history
    model.save_model(network, args.out / 'network2.keras')
    network = model.load_model(args.out / 'network2.keras')

    print('\n=== 10-weights: saves the weights, loads them into a new network')
    weights = __import__('10-weights')
    weights.save_weights(network, args.out / 'weights2.h5')
    copy = new_network()
    weights.load_weights(copy, args.out / 'weights2.h5')
    print('first weights:', network.get_weights()[0][400, :4])
    print('    in a copy:', copy.get_weights()[0][400, :4])

    print('\n=== 11-config: saves the configuration, builds a network from it')
    config = __import__('11-config')
    config.save_config(network, args.out / 'config1.json')
    fresh = config.load_config(args.out / 'config1.json')
    print('fresh weights:', fresh.get_weights()[0][400, :4])

    print('\n=== 12-test: the loss and the accuracy on the test digits')
    loss, accuracy = __import__('12-test').test_model(network, *test)

    print('\n=== 13-predict: ten probabilities for every test digit')
    probabilities = __import__('13-predict').predict(network, data.x_test)
    print('predicted:', probabilities[:20].argmax(axis=1))
    print('     true:', data.y_test[:20])

    draw_curves(history, best, args.out / 'curves.png')
    draw_digits(data.x_test, data.y_test, probabilities,
                args.out / 'digits.png')
    draw_weights(network.get_weights()[0], args.out / 'weights.png')

    print(f'''
epochs run     {len(history['loss'])}, and {len(more['loss'])} after loading
best epoch     {best + 1}, validation loss {history['val_loss'][best]:.4f}
test loss      {loss:.4f}
test accuracy  {accuracy:.4f}
saved          {args.out}/network1.keras, the best of 8-train
               {args.out}/network2.keras, the same, trained on
               {args.out}/weights2.h5 and config1.json, its two halves
               {args.out}/curves.png, digits.png and weights.png
seconds        {time.time() - start:.0f}''')


if __name__ == '__main__':
    main()
