"""What a task expects: the words of the exam.

A test calls a function of the task files in `current.folder`, this library's
own unless another is graded, and compares. What differs is raised as data, an
`Unmet`; `report` makes the English of it.
"""
import contextlib
import functools
import importlib.util
import inspect
import io
import re
import traceback
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import tensorflow.keras as K

from grader.course import ROOT, number_of
from grader.exam import advice, surroundings
from grader.form import hiding_file, similar_file, similar_name

KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'  # and not JAX
# What is graded, and what its last call was, returned and printed.
current = SimpleNamespace(folder=ROOT, stem='', announce=lambda call: None)


def forget():
    """Forgets the file that was graded before."""
    vars(current).update(call='', returned='', printed='', source='', kept={},
                         changes=[], wrong_prototypes={}, follow={})


forget()


class Unmet(AssertionError):
    """Something that a task expects, and didn't get.

    Args:
        kind: str. What `report` says it is: 'unmet', 'raised', 'import',
            'file', 'function' or 'exam'.
        cause: str. Failures with the same cause are told once.
        data: what else there is to tell, as JSON has it.
    """

    def __init__(self, kind, cause, **data):
        super().__init__(kind, cause)
        self.failure = {'kind': kind, 'cause': cause,
                        'printed': current.printed[-5000:], **data}


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
    before = surroundings.look()
    try:
        with printing_to_call() as printed:
            module.__source__ = spec.loader.get_source(path.stem)
            spec.loader.exec_module(module)
    except BaseException as error:  # SystemExit and pytest.skip, too
        return error
    module.__changes__ = surroundings.different(before, surroundings.look())
    if printed.getvalue():
        module.__changes__ += [f'printed {printed.getvalue()[:60]!r}']
    return module


def load(stem):
    """Loads a task file."""
    path = current.folder / f'{stem}.py'
    module = run_file(path)
    if module is None:
        raise Unmet('file', 'no file', similar=similar_file(path))
    if isinstance(module, BaseException):
        raise Unmet('import', **error_data(module, path))
    current.source = module.__source__ or ''
    return module


def function(stem, name, may_change=()):
    """Returns a task file's function, which then remembers its calls.

    Args:
        stem: str. The file's name without its ending.
        name: str. The function's name.
        may_change: names from `surroundings` that a call may change.
    """
    module = load(stem)
    found = getattr(module, name, None)
    if not callable(found):
        partner = {'save': 'load', 'load': 'save'}.get(name[:4], '')
        own = [other for other, value in vars(module).items()
               if getattr(value, '__module__', '') == module.__name__
               and callable(value) and other != partner + name[4:]]
        raise Unmet('function', f'no {name}', name=name,
                    similar=similar_name(name, own))

    @functools.wraps(found, ['__doc__'])
    def call(*args, **kwargs):
        current.call = show_call(name, found, args, kwargs)
        current.returned = current.printed = ''
        current.announce(current.call)
        if name in current.wrong_prototypes:
            note_stray(found, *current.wrong_prototypes[name], args, kwargs)
        given = surroundings.look_at_values((*args, *kwargs.values()))
        before = surroundings.look()
        try:
            with printing_to_call():
                returned = found(*args, **kwargs)
        except BaseException as error:  # SystemExit and pytest.skip, too
            raise raised(error) from error
        now = surroundings.look_at_values((*args, *kwargs.values()))
        current.returned = show(returned)
        current.changes += [
            (current.call, change) for change in [
                *surroundings.different(given, now),
                *surroundings.different(before, surroundings.look())]
            if not change.startswith(tuple(may_change) or ' ')]
        return returned

    call.module, call.__wrapped__ = module, found
    return call


def raised(error):
    """Returns what a call raised, as an `Unmet`."""
    path = current.folder / f'{current.stem}.py'
    data = error_data(error, path)
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, NotImplementedError) and frames[-1].filename == str(
            path):
        return Unmet('stub', 'stub')
    data['advice'] = data['advice'] or advice.on_result(
        data['error'], current.source, KERAS_3)
    data['cause'] = current.follow.get(current.call) or data['cause']
    return Unmet('raised', call=current.call, **data)


@contextlib.contextmanager
def printing_to_call():
    """Takes what is printed, to both streams, as the last call's."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), (
                contextlib.redirect_stderr(printed)):
            yield printed
    finally:
        current.printed = re.sub('\x1b\\[[0-9;]*m', '',
                                 printed.getvalue())


def note_stray(found, wanted, cause, args, kwargs):
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
        values = bind(inspect.signature(found))[1]
        other = {name for name, value in right.items()
                 if values.get(name, value) != value}
    except TypeError:
        other = given
    if other & given:
        current.follow[current.call] = cause


def show_call(name, function, args, kwargs):
    """Shows a call; with more than three arguments, by their names."""
    shown = [show(value) for value in args]
    if len(args) + len(kwargs) > 3:
        names = list(inspect.signature(function).parameters)[:len(args)]
        shown[:len(names)] = [f'{each}={value}'
                              for each, value in zip(names, shown)]
    shown += [f'{each}={show(value)}' for each, value in kwargs.items()]
    return f'{name}({", ".join(shown)})'


def show(value):
    """Shows a value in a few characters."""
    if isinstance(value, np.ndarray) and value.size > 12:
        return f'<{"x".join(map(str, value.shape))} array>'
    if isinstance(value, tuple):
        return f'({", ".join(map(show, value))})'
    if hasattr(value, 'get_weights'):
        return 'network'
    return repr(value)[:200]


def error_data(error, path):
    """Returns what there is to tell of an error, and its cause.

    The cause is the text of the line, so it is one in all files with it.
    """
    number, code = line_of(error, path)
    text = describe(error)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line or '' for frame in frames]
    where = [f'line {frame.lineno} of {Path(frame.filename).name}'
             for frame in frames]
    hiding = isinstance(error, (ImportError, AttributeError)) and (
        hiding_file(path.parent))
    return {'error': text, 'line': number, 'file': path.name,
            'cause': f'{type(error).__name__} in {code or number}'
            if number else text, 'hiding': hiding or '',
            'advice': advice.on_error(error, lines, KERAS_3),
            'where': where[-1] if where else ''}


def line_of(error, path):
    """Returns the number and the text of the line where an error arose."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno, (error.text or '').strip()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename == str(path)]
    return (frames[-1].lineno, frames[-1].line) if frames else (None, '')


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


def uncolored(printed):
    """Returns what was printed without colours and the like."""
    return re.sub('\x1b\\[[0-9;]*m|[\r\x08]', '', printed).strip()


def expect(good, got, wanted, clause, call=None):
    """Raises an `Unmet`, unless `good`.

    Args:
        good: bool. Whether the task is met.
        got: str. What came of the call: 'It returned None'.
        wanted: str. What is expected: 'a History'.
        clause: str. Where that is written: 'task 4: the History object'.
        call: str. The call. If None, the last one; '' if none was needed.
    """
    if not good:
        call = current.call if call is None else call
        raise Unmet(
            'unmet', current.follow.get(call) or clause, call=call,
            got=' '.join(got.split()), wanted=' '.join(wanted.split()),
            clause=clause,
            advice=advice.on_result(got, current.source, KERAS_3))


@contextlib.contextmanager
def trying(what, wanted, clause):
    """Says of an error that what a call left can't be used.

    Args:
        what: str. What is tried: 'K.models.load_model(filename)'.
        wanted: str. What is expected, as in `expect`.
        clause: str. Where that is written.
    """
    try:
        yield
    except Unmet:
        raise
    except Exception as error:
        expect(False, f'{what} raised {describe(error)}', wanted, clause)


def expect_untouched():
    """Raises an `Unmet` if a call or the import changed anything else."""
    clause = ('the rules: task '
              f'{number_of(current.stem)} changes nothing else')
    for change in load(current.stem).__changes__:
        raise Unmet('unmet', clause, call='', clause=clause, got='When it is '
                    f'imported, the file {change}', advice='',
                    wanted='an import that changes and prints nothing')
    if current.changes:
        call, change = min(current.changes, key=lambda pair: len(pair[0]))
        expect(False, f'It {change}', 'nothing but what the task describes',
               clause, call)


def kind(value):
    """Says in two words what was returned."""
    name = type(value).__name__
    if value is None:
        return 'None'
    return f'{"an" if re.match("[aeio]|nd", name, re.I) else "a"} {name}'


def rounded(numbers):
    """Lists numbers with four digits."""
    return [float(f'{float(number):.4g}') for number in numbers]


def rate_of(network):
    """Returns a network's learning rate."""
    return float(np.array(network.optimizer.learning_rate))


def same(first, second):
    """Tells whether two lists of weights are equal to the last digit."""
    return len(first) == len(second) and all(map(np.array_equal,
                                                 first, second))


def differ_most(got, wanted):
    """Shows the entry in which two arrays of one shape differ most.

    Returns:
        A pair of texts, with enough digits to see the difference.
    """
    got, wanted = (np.asarray(each, 'float64') for each in (got, wanted))
    gap = np.where(got == wanted, 0, np.abs(got - wanted))
    gap = np.where(np.isnan(gap), np.inf, gap)
    at = tuple(int(i) for i in np.unravel_index(gap.argmax(), gap.shape))
    for digits in range(4, 18):
        shown = [f'{float(each[at]):.{digits}g}' for each in (got, wanted)]
        if shown[0] != shown[1]:
            break
    place = ', '.join(map(str, at))
    return (f'entry [{place}] is {shown[0]}' if place else f'it is {shown[0]}',
            f'{shown[1]}, which differs by {float(gap[at]):.3g}')
