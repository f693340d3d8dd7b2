#!/usr/bin/env python3
"""Whole models: saving and loading them, down to the optimizer's state."""
import json
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

import h5py
import tensorflow.keras as K


def save_model(network, filename):
    """Saves a whole model.

    Architecture, weights, compile settings and optimizer state. The file is
    whole at any moment: it is written in a folder beside `filename`, and then
    takes its place.

    Args:
        network: `K.Model`, the model.
        filename: str or path that ends in `.keras` or `.h5`.

    Raises:
        ValueError: if the ending is another, or a folder has that name, or
            there is no such folder to save in.
    """
    with _whole(filename) as part:
        _keep_optimizer(network)
        network.save(part)
        _keep_optimizer(network)


def load_model(filename):
    """Loads a whole model.

    No code in the file is run: a `Lambda` layer is refused.

    Args:
        filename: str or path that ends in `.keras` or `.h5`.

    Returns:
        `K.Model`, compiled if it was, with its optimizer's state.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if this Keras can't read the model in it, with the
            version that wrote it.
    """
    with _explained(filename):
        if hasattr(K, 'ops') and h5py.is_hdf5(filename):
            return _load_h5(filename)
        return K.models.load_model(filename)


@contextmanager
def _whole(filename):
    """Gives a path to save to, and puts what is there in its place."""
    name, target = Path(filename).name, Path(filename).resolve()
    if (not name.endswith(('.keras', '.h5')) or target.is_dir()
            or not target.parent.is_dir()):
        raise ValueError(
            '`filename` must be the path of a file in .keras or .h5, in a '
            f'folder that exists. Received: filename={filename}')
    with TemporaryDirectory(prefix='.part-', dir=target.parent) as folder:
        part = Path(folder, name)
        yield part
        part.replace(target)  # a link stays a link


def _keep_optimizer(network):
    """Puts the optimizer into the compile settings, as it is.

    Keras 3.15 takes it out as it saves an `.h5`: a `.keras` saved later would
    load with RMSprop. Keras 2.15 has it there as it was when compiled.
    """
    if getattr(network, '_compile_config', None) is not None:
        network._compile_config.config['optimizer'] = network.optimizer


@contextmanager
def _explained(filename):
    """Says of a file that can't be loaded which versions of Keras meet."""
    if not Path(filename).is_file():
        raise FileNotFoundError('`filename` must be a file that exists. '
                                f'Received: filename={filename}')
    writer, reader = '(unknown)', sys.modules[
        K.Model.__module__.partition('.')[0]].__version__
    try:
        if is_zipfile(filename):
            with ZipFile(filename) as archive:
                writer, config = (json.loads(archive.read(name)) for name in (
                    'metadata.json', 'config.json'))
            writer = writer['keras_version']
        else:
            with h5py.File(filename) as file:
                writer = file.attrs['keras_version']
                config = json.loads(file.attrs['model_config'])
        # Keras 2.15 would run the Lambda of an `.h5`, and in a `.keras` any
        # operation of TensorFlow and any module.
        text = json.dumps(config)
        modules = set(re.findall('"module": "([^".]*)', text))
        if (re.search('"class_name": "Lambda"|"function": "(io|raw_ops)', text)
                or modules - {'keras', 'tf_keras', *sys.modules}):
            raise ValueError('it has a Lambda layer, which is code, or names '
                             'a module that is not imported')
        compiled = config.get('compile_config') or {}
        if 'loss' in compiled and 'optimizer' not in compiled:
            raise ValueError('Keras 3.15 lost its optimizer, as it had saved '
                             'the same network as `.h5` before')
        yield
    except Exception as error:
        raise ValueError(
            '`filename` must be a model that this Keras can read. Received: '
            f'filename={filename}, written by Keras {writer}, read by Keras '
            f'{reader}: {error}\nBuild the network with task 0, 1 or 11, and '
            'then load_weights (task 10), which reads whole models too.'
        ) from error


def _load_h5(filename):
    """Loads an `.h5` on Keras 3, with its compile settings and optimizer.

    Keras 3.15 can't read some losses and metrics of its own there, and
    builds the optimizer for no variables at all.
    """
    network = K.models.load_model(filename, compile=False)
    with h5py.File(filename) as file:
        if 'training_config' not in file.attrs:
            return network
        settings = json.loads(file.attrs['training_config'])
        settings['optimizer'] = settings.pop('optimizer_config')
        group = file.get('optimizer_weights')  # None if it took no step
        # Many names are in parts: weight_names0 to weight_names10, and so on.
        state = [group[name][()] for _, names in sorted(
            group.attrs.items() if group else (),
            key=lambda part: len(part[0])) for name in names]
        if not file.attrs['keras_version'].startswith('3.'):
            settings, state = _from_keras_2(settings, state)
    # The losses last, as some names are a metric's and a loss's.
    known = {name: kind for module in (
        K.metrics, K.optimizers, K.optimizers.schedules, K.losses)
        for name, kind in vars(module).items() if isinstance(kind, type)}
    with K.utils.custom_object_scope(known):
        network.compile_from_config(settings)
    if state and state[0] > 0:  # else all of it is in the settings
        network.optimizer.load_own_variables(
            {str(i): value for i, value in enumerate(state)})
    return network


def _from_keras_2(settings, state):
    """Puts what Keras 2 writes of the course's network as Keras 3 does.

    By itself Keras 3.15 takes Adam's default learning rate, and a metric on
    which `fit` fails.
    """
    options, metrics = settings['optimizer']['config'], settings['metrics']
    names = [metric if isinstance(metric, str) else metric['config']['name']
             for metric in sum(metrics, [])]
    if (not settings['optimizer']['class_name'].endswith('Adam')
            or options.get('decay') or options['amsgrad']
            or settings['loss'] != 'categorical_crossentropy'
            or names != ['accuracy']
            or settings['weighted_metrics'] or settings['loss_weights']):
        raise ValueError('Keras 3 takes over from Keras 2 Adam, categorical '
                         'cross-entropy and accuracy alone')
    if 'decay' in options:  # up to Keras 2.10: all first moments, then second
        half = len(state) // 2 + 1
        state[1:] = [moment for pair in zip(state[1:half], state[half:])
                     for moment in pair]
    state[1:1] = [options['learning_rate']] * bool(state)
    adam = K.optimizers.Adam().get_config()
    adam.update((name, options[name]) for name in options if name in adam)
    return {'optimizer': {'class_name': 'Adam', 'config': adam},
            'loss': settings['loss'], 'metrics': names}, state
