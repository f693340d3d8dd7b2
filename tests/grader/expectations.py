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

from tests.grader.form import misnamed, no_file

current = SimpleNamespace(folder=Path(__file__).parents[2], call='',
                          announce=lambda call: None, source='',
                          wanted={}, astray={})
KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'  # and not JAX
# What Keras 3 says to code that was right on Keras 2, and what to tell.
ONLY_KERAS_2 = [
    ('must end in `.weights.h5`', "The course's main uses such a name. Keras "
     "3 asks for one that ends in '.weights.h5': save under that, and rename "
     'the file.'),
    ('when `max_shard_size` is', 'Keras 3 has no save_format here, and takes '
     'another argument in its place.'),
    ('`by_name` only supports', 'Keras 3 has by_name only for files of Keras '
     '2.'),
    ("argument 'save_format'", 'Keras 3 has no save_format here; it goes by '
     "the name, which must end in '.weights.h5' for weights."),
    ("attribute 'lr'", 'Keras 3 calls lr learning_rate.'),
    ('Expected `metrics` argument', "Keras 3 asks for a list, ['accuracy']."),
    ("to_categorical.* argument 'y'", "Keras 3 calls to_categorical's first "
     'argument x; give it by position.'),
    ("L[12].* argument 'l'", "Keras 3 calls l2's argument l2; give it by "
     'position.'),
    ('optimizers.legacy', 'Keras 3 has no optimizers.legacy.'),
    ("optimizers' .*'experimental'", 'Keras 3 has no '
     'optimizers.experimental.'),
    ("recognized: {'jit_compile'", "Keras 3's optimizers have no "
     'jit_compile.'),
    ("set_value.*'str' object has no attribute 'name'", 'On Keras 3 give the '
     'optimizer its learning_rate by an assignment.'),
    ('reduction=auto', "Keras 3 has no reduction 'auto'; leave it out."),
    ("argument 'sample_weight_mode'", "Keras 3's compile has no "
     'sample_weight_mode.'),
    ("to Dense: {'batch_(input_shape|size)'", "Keras 3 takes a first layer's "
     'input_shape alone, which leaves the number of rows out.'),
    ("to_categorical.* (argument 'dtype'|3 were given)", "Keras 3's "
     'to_categorical has no dtype; astype changes it afterwards.'),
    ("rgument.*'(workers|use_multiprocessing|max_queue_size)'", 'Keras 3 has '
     'no workers, use_multiprocessing and max_queue_size here.'),
    ("'(fit|evaluate|predict)_generator'", 'Keras 3 has fit, evaluate and '
     'predict alone, which take generators too.'),
    (r'found: \(\)', 'On Keras 3 no validation data is None, and not ().'),
    (r'`schedule` function should be a float. Got: \d*\.', 'Keras 3 asks for '
     "Python's float; a schedule object gives a tensor."),
    ("ModelCheckpoint.* argument '(period|options)'", "Keras 3's "
     'ModelCheckpoint has no period and no options.'),
    ("ProgbarLogger.* argument 'count_mode'", "Keras 3's ProgbarLogger has no "
     'count_mode.'),
    ("'tensorflow.keras' has no attribute 'saving'", 'Keras 3 has save_model '
     'and load_model in models.'),
    ("'model_from_config'", 'Keras 3 has no model_from_config; '
     'model_from_json takes the text.'),
    ("backend' has no attribute 'function'", 'Keras 3 has no '
     'backend.function; K.Model does that.'),
]
# The same where Keras 3 says nothing: by the message, and the file's source.
ONLY_KERAS_2_SOURCE = [
    ('learning.rate', r'\.lr *=[^=]', 'Keras 3 calls lr learning_rate; lr '
     'changes nothing.'),
    ("'accuracy'|NoneType|returned", r'\.metrics_names', "Keras 3's "
     'metrics_names are others: all metrics are one, compile_metrics.'),
    (r'loss_weights to \[', r'(?s)compile\((?!.*loss_weights)', "The third "
     "argument of Keras 3's compile is loss_weights; give metrics by name."),
]


def stack():
    """Names the versions that a result holds for."""
    keras = importlib.import_module(K.Model.__module__.split('.')[0])
    backend = '' if TENSORFLOW else ' on JAX'
    legacy = ' (tf-keras)' if keras.__name__ == 'tf_keras' else ''
    return (f'TensorFlow {tf.__version__}, Keras {keras.__version__}{legacy}'
            f'{backend}')


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
        current.source = spec.loader.get_source(path.stem)
        spec.loader.exec_module(module)
    except BaseException as error:  # SystemExit and pytest.skip, too
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
        fail(no_file(path))
    if isinstance(module, BaseException):
        fail(f'Importing {path.name} must work, but it raised '
             f'{where(module, path)}.{advice(module)}', cause_of(module, path))
    return module


def function(stem, name):
    """Gives a task file's function, which then remembers its calls."""
    module = load(stem)
    if not callable(getattr(module, name, None)):
        partner = {'save': 'load', 'load': 'save'}.get(name[:4], '')
        own = {other: other for other, value in vars(module).items()
               if getattr(value, '__module__', '') == module.__name__
               and callable(value) and other != partner + name[4:]}
        fail(f'{stem}.py must have a function {name}.{misnamed(name, own)}')

    @functools.wraps(getattr(module, name))
    def call(*args, **kwargs):
        current.call = show_call(getattr(module, name), args, kwargs)
        current.announce(current.call)
        if (stem, name) in current.wanted:
            note_stray(call, *current.wanted[stem, name], args, kwargs)
        try:
            return getattr(module, name)(*args, **kwargs)
        except BaseException as error:
            error.call = current.call
            raise

    call.module = module
    return call


def note_stray(function, wanted, clause, args, kwargs):
    """Notes a call that goes wrong as the function's prototype is wrong.

    What `wanted`, the right signature, would do with the call differs: it
    doesn't fit, or its values go to other parameters, or a default differs.
    """
    def bind(signature):
        bound = signature.bind(*args, **kwargs)
        given = set(bound.arguments)
        bound.apply_defaults()
        return given, {name: show(value)
                       for name, value in bound.arguments.items()}

    given, right = bind(wanted)
    try:
        values = bind(inspect.signature(function))[1]
        other = {name for name, value in right.items()
                 if values.get(name, value) != value}
    except TypeError:
        other = given
    if other:
        words = '' if other & given else 'by default'
        current.astray[current.call] = clause, words


def prototype_behind(text, call):
    """Gives the clause of the wrong prototype that a message follows from.

    Of calls in which nothing but defaults differ, only messages that speak
    of one do.
    """
    clause, words = current.astray.get(call, ('', ''))
    return clause if words in text else ''


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
    number, _ = line_of(error, path)
    return describe(error) + (
        f' (line {number} of {path.name})' if number else '')


def line_of(error, path):
    """Gives the number and the text of the line where an error arose."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno, (error.text or '').strip()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename == str(path)]
    return (frames[-1].lineno, frames[-1].line) if frames else (None, '')


def cause_of(error, path):
    """Names the cause of an error: its line's text, whatever the values.

    So it is one cause in all the files that have this line.
    """
    number, text = line_of(error, path)
    return (f'{type(error).__name__} in {text or number}' if number
            else describe(error))


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


def advice(problem):
    """Gives a sentence or two on what has a known way out.

    Args:
        problem: exception, or str, a message.
    """
    text = problem
    if isinstance(problem, BaseException):
        if isinstance(problem, EOFError) and 'reading a line' in str(problem):
            return ' A task file may not ask for input.'
        lines = [frame.line or '' for frame in traceback.extract_tb(
            problem.__traceback__)]
        text = f'{" ".join(lines)} {problem}'
        if "recognized: {'lr'" in text:
            return ' Keras calls lr learning_rate.'
    if KERAS_3:
        reasons = [reason for pattern, reason in ONLY_KERAS_2
                   if isinstance(problem, BaseException)
                   and re.search(pattern, text)]
        reasons += [reason for pattern, source, reason in ONLY_KERAS_2_SOURCE
                    if re.search(pattern, text)
                    and re.search(source, current.source)]
        if reasons:
            return (f' {reasons[0]} On TensorFlow 2.15, or with make grade '
                    'KERAS2=1, it works as it is.')
    elif ('learning rate' in text
          and re.search(r'[(\s,]lr=', current.source)):
        return (' Keras 2 ignores lr, but for a warning; the name is '
                'learning_rate.')
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
        text += advice(text)
        fail(' '.join(text.split()), prototype_behind(text, call) or clause)


def expect_prototype(call, prototype, task):
    """Fails a test, unless a function has the parameters of its task.

    Others may follow, if they have a default.

    Args:
        call: what `function` gave.
        prototype: str. 'one_hot(labels, classes=None)'. The default of
            `save_format` may be 'keras': the editions of the course differ.
        task: int. The task's number.
    """
    names = {}
    exec(f'def {prototype}: pass', names)
    name = prototype.split('(')[0]
    wanted = inspect.signature(names[name])
    got, want = [list(signature.parameters.values())
                 for signature in (inspect.signature(call), wanted)]

    def fits(parameter, wanted):
        return parameter.name == wanted.name and (
            wanted.default is wanted.empty
            or parameter.default == wanted.default
            or parameter.default == 'keras' and wanted.name == 'save_format')

    def may_follow(parameter):
        return (parameter.default is not parameter.empty
                or parameter.kind in (parameter.VAR_POSITIONAL,
                                      parameter.VAR_KEYWORD))

    first, rest = got[:len(want)], got[len(want):]
    good = (len(first) == len(want) and all(map(fits, first, want))
            and all(map(may_follow, rest)))
    clause = f'task {task}: the prototype'
    if not good:
        current.wanted[call.module.__name__, name] = wanted, clause
    has = ', '.join(str(parameter) for parameter in got
                    if not any(fits(parameter, other) for other in want)
                    and not (parameter in rest and may_follow(parameter)))
    no = ', '.join(str(parameter) for parameter in want
                   if not any(fits(other, parameter) for other in got))
    differs = (f'{has} and not {no}' if has and no else has
               or no and f'no {no}' or 'its parameters in another order')
    expect(good, f'In this file {name} has {differs}', prototype, clause,
           call='')


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
