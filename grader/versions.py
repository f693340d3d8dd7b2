"""The versions of everything, without an import of TensorFlow's."""
import importlib.metadata
import json
import os
import platform
import sys
from pathlib import Path

# TensorFlow has other names on some systems.
TENSORFLOW = ('tensorflow', 'tensorflow-cpu', 'tensorflow-macos',
              'tensorflow-intel', 'tf-nightly', 'tf-nightly-cpu')


def version(*names):
    """Returns the version of the first of these that is installed, or ''."""
    for name in names:
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return ''


def keras():
    """Names the version of Keras that `tf.keras` is, with its backend."""
    if (os.environ.get('TF_USE_LEGACY_KERAS', '').lower() in ('1', 'true')
            and version('tf-keras', 'tf-keras-nightly')):
        return f'{version("tf-keras", "tf-keras-nightly")} (tf-keras)'
    number = version('keras', 'keras-nightly')
    backend = '' if number.startswith('2.') else keras_backend()
    return number + (f' on {backend}' if backend else '')


def keras_backend():
    """Names the backend of Keras 3, as Keras chooses it; '' is TensorFlow."""
    name = os.environ.get('KERAS_BACKEND', '')
    file = Path(os.environ.get('KERAS_HOME') or '~/.keras').expanduser()
    if not name and (file / 'keras.json').is_file():
        try:
            name = json.loads((file / 'keras.json').read_text(
                encoding='utf-8')).get('backend', '')
        except ValueError:
            pass  # Keras leaves such a file alone, too
    return {'tensorflow': '', 'jax': 'JAX', 'torch': 'PyTorch'}.get(name, name)


def stack():
    """Names the versions that a result holds for."""
    return f'TensorFlow {version(*TENSORFLOW)}, Keras {keras()}'


def report():
    """Lists what a report of an error should tell, in lines."""
    found = {'grader': version('keras-by-task') or 'in a clone',
             'Python': f'{platform.python_version()} ({sys.executable})',
             'TensorFlow': version(*TENSORFLOW), 'Keras': keras(),
             'system': platform.platform()}
    return '\n'.join(f'{name:<11}{value or "not installed"}'
                     for name, value in found.items())
