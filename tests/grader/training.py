"""Trainings that follow a script, in milliseconds.

A network's `fit` gives way to one that trains nothing: it takes the callbacks
through epochs whose losses are told beforehand, by Keras's own list of
callbacks. So an exam sees hundreds of epochs, and losses of any course.
"""
import functools
import inspect
import itertools
from types import SimpleNamespace

import numpy as np
import tensorflow as tf
import tensorflow.keras as K

from tests.grader.expectations import rate_of

marks = itertools.count(1)  # no two epochs have the same weights


def watch(network, losses=None, file=None):
    """Notes what a network's `fit` is given, and how the epochs go.

    Args:
        network: compiled `K.Model`.
        losses: list of float. The validation losses of the epochs, which
            then follow this script. If None, `fit` trains.
        file: path object. A file that is looked at after each epoch.

    Returns:
        A namespace: `calls`, the arguments of each call of `fit` as a dict;
        `before`, the network's weights and settings when `fit` was called;
        and for a script a list with one value per epoch each: the `rates`
        of its batches, the last `biases`, and the `files`, their bytes or
        None.
    """
    fit = functools.partial(type(network).fit, network)
    seen = SimpleNamespace(calls=[], rates=[], biases=[], files=[])

    def watched_fit(*args, **kwargs):
        bound = inspect.signature(fit).bind(*args, **kwargs)
        bound.apply_defaults()
        seen.calls.append(bound.arguments)
        seen.before = network.get_weights(), settings(network)
        if losses is None:
            return fit(*args, **kwargs)
        return follow(network, losses, bound.arguments, seen, file)

    network.fit = watched_fit
    return seen


def follow(network, losses, given, seen, file):
    """Does as `fit` does, but for the training.

    The training loss rises as the validation loss falls, and accuracies
    rise with it, so that what goes by another number shows.
    """
    verbose = 1 if given['verbose'] == 'auto' else int(given['verbose'])
    callbacks, steps = given['callbacks'], len(batches(given))
    if not isinstance(callbacks, K.callbacks.CallbackList):
        callbacks = K.callbacks.CallbackList(
            callbacks, add_history=True, add_progbar=verbose != 0,
            model=network, verbose=verbose, epochs=given['epochs'],
            steps=steps)
    bias = network.layers[-1].bias
    taken = itertools.count(1)
    network.stop_training = False
    callbacks.on_train_begin()
    for epoch in range(given['initial_epoch'], given['epochs']):
        loss = losses[min(epoch, len(losses) - 1)]
        results = {'loss': loss, 'accuracy': loss / (1 + loss)}
        logs = {**results, 'loss': 1 / (1 + loss)}
        callbacks.on_epoch_begin(epoch)
        seen.rates.append([])
        for batch in range(steps):
            callbacks.on_train_batch_begin(batch)
            seen.rates[-1].append(rate_of(network))
            network.optimizer.iterations.assign(next(taken))
            callbacks.on_train_batch_end(batch, dict(logs))
            if network.stop_training:
                break
        seen.biases.append(np.full(bias.shape, next(marks), 'float32'))
        bias.assign(seen.biases[-1])
        if given['validation_data'] is not None:
            callbacks.on_test_begin()
            callbacks.on_test_end(dict(results))
            logs.update({f'val_{key}': results[key] for key in results})
        callbacks.on_epoch_end(epoch, logs)
        if file is not None:
            seen.files.append(file.read_bytes() if file.is_file() else None)
        if network.stop_training:
            break
    callbacks.on_train_end(logs)
    return network.history


def batches(given):
    """Lists the batches of an epoch, with inputs and labels side by side."""
    if isinstance(given['x'], tf.data.Dataset):
        parts = map(np.hstack, given['x'].as_numpy_iterator())
    else:
        rows, size = side_by_side((given['x'], given['y'])), (
            given['batch_size'] or 32)
        parts = (rows[i:i + size] for i in range(0, len(rows), size))
    return list(itertools.islice(parts, given['steps_per_epoch']))


def side_by_side(data):
    """Gives the inputs and labels of a pair or a dataset as one array."""
    if isinstance(data, tf.data.Dataset):
        return np.vstack([*map(np.hstack, data.as_numpy_iterator())])
    return np.hstack(data[:2])


def settings(network):
    """Gives what a training leaves as it is, by name."""
    config = network.optimizer.get_config()
    del config['learning_rate']
    return {'optimizer': network.optimizer, "optimizer's settings": config,
            'loss': network.loss,
            'trainable layers': [layer.trainable for layer in network.layers]}
