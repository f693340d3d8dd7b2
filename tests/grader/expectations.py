"""What a task asks for, said in a sentence: the words of the exam.

A test calls a function of the task files in `current.folder`, this library's
own unless another is graded, and compares. What differs is told as 'Called
f(x). It returned A, but the task asks for B.'
"""
import functools
import importlib.util
import inspect
import re
import traceback
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

current = SimpleNamespace(folder=Path(__file__).parents[2], call='',
                          announce=lambda call: None)
KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'  # and not JAX
# What Keras 3 says to code that was right on Keras 2, and what to tell.
ONLY_KERAS_2 = [
    ('must end in `.weights.h5`', "The course's main uses such a name. Keras "
     "3 asks for one that ends in '.weights.h5': save under that, and rename "
     'the file.'),
    ("argument 'save_format'", 'Keras 3 has no save_format here; it goes by '
     "the name, which must end in '.weights.h5' for weights."),
    ("attribute 'lr'", 'Keras 3 calls lr learning_rate.'),
    ('Expected `metrics` argument', "Keras 3 asks for a list, ['accuracy']."),
    ("to_categorical.* argument 'y'", "Keras 3 calls to_categorical's first "
     'argument x; give it by position.'),
    ("L[12].* argument 'l'", "Keras 3 calls l2's argument l2; give it by "
     'position.'),
    ('optimizers.legacy', 'Keras 3 has no optimizers.legacy.'),
]


def stack():
    """Names the versions that a result holds for."""
    keras = importlib.import_module(K.Model.__module__.split('.')[0])
    backend = '' if TENSORFLOW else ' on JAX'
    return f'TensorFlow {tf.__version__}, Keras {keras.__version__}{backend}'


@functools.lru_cache(maxsize=None)
def run_file(path):
    """Runs a task file, as a module of its own.

    Returns:
        The module, or what it raised, or None if there is no file.
    """
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        return error
    return module


def load(stem):
    """Loads a task file, or fails a test with a sentence.

    Args:
        stem: str. The file's name without its ending, such as '8-train'.

    Returns:
        The module.
    """
    path = current.folder / f'{stem}.py'
    module = run_file(path)
    if module is None:
        fail(f'There is no file {path.name}.')
    if isinstance(module, BaseException):
        fail(f'Importing {path.name} must work, but it raised '
             f'{where(module, path)}.{advice(module)}')
    return module


def function(stem, name):
    """Gives a task file's function, which then remembers its calls."""
    module = load(stem)
    if not callable(getattr(module, name, None)):
        fail(f'{stem}.py must have a function {name}.')

    @functools.wraps(getattr(module, name))
    def call(*args, **kwargs):
        current.call = show_call(getattr(module, name), args, kwargs)
        current.announce(current.call)
        try:
            return getattr(module, name)(*args, **kwargs)
        except Exception as error:
            error.call = current.call
            raise

    call.module = module
    return call


def show_call(function, args, kwargs):
    """Shows a call; with more than three arguments, by their names."""
    shown = [show(value) for value in args]
    if len(args) + len(kwargs) > 3:
        names = list(inspect.signature(function).parameters)[:len(args)]
        shown[:len(names)] = [f'{name}={value}'
                              for name, value in zip(names, shown)]
    shown += [f'{name}={show(value)}' for name, value in kwargs.items()]
    return f'{function.__name__}({", ".join(shown)})'


def show(value):
    """Shows an argument in a few characters."""
    if isinstance(value, np.ndarray) and value.size > 12:
        return f'<{"x".join(map(str, value.shape))} array>'
    if isinstance(value, tuple):
        return f'({", ".join(map(show, value))})'
    if hasattr(value, 'get_weights'):
        return 'network'
    return repr(value)


def where(error, path):
    """Says what an error is, and in which line of the task file it arose."""
    lines = [frame.lineno for frame in traceback.extract_tb(
        error.__traceback__) if frame.filename == str(path)]
    if isinstance(error, SyntaxError):
        lines = [error.lineno]
    line = f' (line {lines[-1]} of {path.name})' if lines else ''
    return describe(error) + line


def describe(error):
    """Says in a line what an error is."""
    lines = [line for line in uncolored(str(error)).splitlines()
             if line.strip()]
    if lines[0:1] == ['in user code:']:
        # Keras 2 tells first where it was; what it was begins in column 4.
        lines = [line for line in lines if re.match(r'    \w+: ', line)]
    elif len(lines) > 1 and lines[0].startswith('Exception encountered'):
        lines = lines[1:]
    name = type(error).__name__
    text = lines[0].strip().removeprefix(f'{name}: ') if lines else ''
    return f'{name}: {text[:300]}'.rstrip(': .')


def advice(error):
    """Gives a sentence or two on an error that has a known way out."""
    if isinstance(error, EOFError) and 'reading a line' in str(error):
        return ' A task file may not ask for input.'
    if "recognized: {'lr'" in str(error):
        return ' Keras calls lr learning_rate.'
    for pattern, reason in ONLY_KERAS_2:
        if KERAS_3 and re.search(pattern, str(error)):
            return (f' {reason} On TensorFlow 2.15, with Keras 2, it works '
                    'as it is.')
    return ''


def uncolored(printed):
    """Gives what was printed without colours and the like."""
    return re.sub('\x1b\\[[0-9;]*m|[\r\x08]', '', printed).strip()


def fail(text, cause=None):
    """Fails a test.

    Args:
        text: str. The message.
        cause: str. Failures of one task with equal causes are told once. If
            None, the message.
    """
    failed = pytest.fail.Exception(text, pytrace=False)
    failed.cause = cause or text
    raise failed from None


def expect(good, got, wanted, clause, call=None):
    """Fails a test with one sentence, unless `good`.

    Args:
        good: bool. Whether the task is met.
        got: str. What came of the call: 'It returned None'.
        wanted: str. What the task asks for: 'a History'.
        clause: str. Where that is written: 'task 4: the History object'.
        call: str. The call. If None, the last one; '' if none was needed.
    """
    if not good:
        call = current.call if call is None else call
        text = (f'Called {call}. ' if call else '') + (
            f'{got}, but the task asks for {wanted} ({clause}).')
        fail(' '.join(text.split()), clause)


def expect_prototype(call, prototype, task):
    """Fails a test, unless a function has the parameters of its task.

    Others may follow, if they have a default.

    Args:
        call: what `function` gave.
        prototype: str. 'one_hot(labels, classes=None)'. A default that is a
            text may be another one: the editions of the course differ.
        task: int. The task's number.
    """
    names = {}
    exec(f'def {prototype}: pass', names)
    name = prototype.split('(')[0]
    got, want = inspect.signature(call), inspect.signature(names[name])
    first = list(got.parameters.values())[:len(want.parameters)]
    good = [parameter.name for parameter in first] == list(want.parameters)
    for parameter, wanted in zip(first, want.parameters.values()):
        good = good and (wanted.default is wanted.empty
                         or parameter.default == wanted.default
                         or type(parameter.default) is str
                         is type(wanted.default))
    expect(good, f'The file has {name}{got}', prototype,
           f'task {task}: the prototype', call='')


def kind(value):
    """Says in two words what was returned."""
    name = type(value).__name__
    if value is None:
        return 'None'
    return f'{"an" if re.match("[aeio]|nd", name, re.I) else "a"} {name}'


def rounded(numbers):
    """Lists numbers with four digits."""
    return [float(f'{float(number):.4g}') for number in numbers]


def new_network(rate=0.01):
    """Builds and compiles a small network, always with the same weights.

    On TensorFlow it runs eagerly: for a dozen steps, tracing a graph takes
    longer. The weights are not from K.utils.set_random_seed, as that empties
    TensorFlow's caches.
    """
    network = K.Sequential([
        K.Input(shape=(784,)), K.layers.Dense(16, activation='relu'),
        K.layers.Dense(10, activation='softmax')])
    network.compile(K.optimizers.Adam(rate), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=TENSORFLOW)
    uniform = np.random.default_rng(0).uniform
    network.set_weights([  # as Glorot and Bengio draw them
        (array.ndim > 1) * (6 / sum(array.shape)) ** 0.5
        * uniform(-1, 1, array.shape) for array in network.get_weights()])
    return network


def rate_of(network):
    """Gives a network's learning rate."""
    return float(np.array(network.optimizer.learning_rate))


def same(first, second):
    """Tells whether two lists of weights are equal to the last digit."""
    return len(first) == len(second) and all(map(np.array_equal,
                                                 first, second))
