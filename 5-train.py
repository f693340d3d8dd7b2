#!/usr/bin/env python3
"""Validation: 4-train.py, and a look at data that is not trained on."""
from numbers import Integral, Number


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None,
                verbose=True, shuffle=False):
    """Trains a network, and validates it after each epoch.

    Args:
        network: compiled `K.Model`, from `nx` inputs to `classes` outputs.
        data: `numpy.ndarray` of shape `(m, nx)`. Input data, or whatever
            else `fit` takes.
        labels: `numpy.ndarray` of shape `(m, classes)`. One-hot labels.
        batch_size: int >= 1. Samples in a mini-batch.
        epochs: int >= 1. Passes through `data`.
        validation_data: tuple `(data, labels)` to analyse after each
            epoch, or None, or whatever else `fit` takes.
        verbose: bool. Whether to print anything.
        shuffle: bool. Whether to shuffle the batches every epoch. Off by
            default, so that runs can be compared.

    Returns:
        `K.callbacks.History`. Its `history` maps each metric to one value
        per epoch.

    Raises:
        ValueError: if a number is out of its range, or there is no data, or
            the validation data is not like the training data.
    """
    _check_arguments(**locals())
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data,
        verbose=verbose, shuffle=shuffle)


def _check_arguments(network, data, labels, batch_size, epochs,
                     validation_data, **_):
    """Raises a `ValueError` for what Keras would take without a word.

    Or would refuse only after an epoch of training, as validation data.
    """
    _check(batch_size is None
           or isinstance(batch_size, Integral) and batch_size > 0,
           'batch_size', batch_size, 'an int >= 1')
    _check(isinstance(epochs, Integral) and epochs > 0,
           'epochs', epochs, 'an int >= 1')
    _check((0,) not in [shape[:1] for shape in _shapes(data)],
           'data', f'<shapes {_shapes(data)}>', 'rows to train on')
    if validation_data is None:
        return
    if isinstance(validation_data, (tuple, list)):
        sizes = {shape[:1] for shape in _shapes(validation_data) if shape}
        _check(len(validation_data) in (2, 3) and len(sizes) == 1
               and (0,) not in sizes
               and (validation_data[1] is None) <= (labels is None)
               and _alike(validation_data, [data, labels], network),
               'validation_data', f'<shapes {_shapes(validation_data)}>',
               'rows like those of data and labels, '
               f'<shapes {_shapes([data, labels])}>')
    elif labels is not None:
        _check(not isinstance(validation_data, (str, Number))
               and not hasattr(validation_data, 'shape'), 'validation_data',
               validation_data, 'a pair (data, labels) or batches of them')


def _alike(valid, trained, network):
    """Tells whether rows have one shape, as a network may ask for."""
    ends = [*(getattr(network, 'inputs', None) or []),
            *(getattr(network, 'outputs', None) or [])]
    any_size = not ends or None in [
        size for end in ends for size in tuple(end.shape)[1:]]
    return any_size or all(
        len(a) != len(b) or a[1:] == b[1:]
        for a, b in zip(_shapes(valid), _shapes(trained)))


def _shapes(part):
    """Lists the shapes of an array, or of those in a list or a dict."""
    if isinstance(part, dict):
        part = [part[key] for key in sorted(part)]
    if isinstance(part, (list, tuple)):
        return [shape for each in part for shape in _shapes(each)]
    return [tuple(getattr(part, 'shape', ()))]


def _check(good, name, value, allowed):
    """Raises a `ValueError` in Keras's wording unless `good`."""
    if not good:
        raise ValueError(
            f'`{name}` must be {allowed}. Received: {name}={value}')
