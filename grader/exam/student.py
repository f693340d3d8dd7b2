"""The student's file: loaded and called, with all that comes of it noted.

A call that raises is told as an `Unmet`, and a result that isn't what a task
asks for as an `Unlike`: `assert good, unlike('It is 1', '2')`.
"""
import collections
import contextlib
import functools
import importlib.util
import inspect
import io
import os
import re
import sys
import tempfile
import traceback
from pathlib import Path
from unittest import mock

import numpy as np
import tensorflow.keras as K

from grader.course import CLONE, ROOT, number_of
from grader.exam import advice, surroundings
from grader.failure import Failure
from grader.form import hiding_file, similar_file, similar_name
from grader.streams import redirect

KERAS_3 = hasattr(K, 'ops')
TENSORFLOW = K.backend.backend() == 'tensorflow'  # and not JAX
LOG = re.compile(  # TensorFlow's and Keras's, not a student's
    r'(?m)^([EIWF]\d{4} |\d{4}-\d\d-\d\d [\d:.]+: [EIWF] |'
    r'WARNING: All log|WARNING:(absl|tensorflow):).*\n?')
A_NETWORK = """\
import tensorflow.keras as K
network = K.Sequential([K.Input(({},)), K.layers.Dense({}, 'softmax')])
network.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
"""
LOADED = {  # what writes the file that a function loads
    'load_model': 'network.save({})',
    'load_weights': "__import__('10-weights').save_weights(network, {})",
    'load_config': "open({}, 'w').write(network.to_json())"}


class Unmet(Exception):
    """What a student's file did wrong, told whole: an error, no function."""

    def __init__(self, failure):
        super().__init__(failure.got)
        self.failure = failure


class Fault(Exception):
    """What the exam can't make of a call, and a student isn't to blame for."""


class Unlike(AssertionError):
    """What came of a call, and what was expected."""

    def __init__(self, got, expected, hint):
        super().__init__(got)
        self.got, self.expected, self.hint = got, expected, hint


def unlike(got, expected='', hint=''):
    """Raises what an assert has to tell, as its message is made.

    pytest loses the message of an assert if it is an object, and cuts it if
    it is a text, so it is raised while the message is made.

    Args:
        got: str. What came of the call: 'It returned None'.
        expected: str. What the task asks for: 'a History'.
        hint: str. What to do about it, as a sentence.
    """
    __tracebackhide__ = True
    if got == 'It returned None':
        hint = 'Is there a `return`?'
    raise Unlike(' '.join(got.split()), ' '.join(expected.split()), hint)


class Student:
    """The task file that is graded, and what its last call did.

    Args:
        folder: path object. Where the file is.
        stem: str. Its name without the ending.
        prototypes: list of str. The functions that the task asks for.
        may_change: dict. For a function's name, the names from
            `surroundings` that a call may change.
        announce: function. It is told each call before it is made.
        temporary: str. Where calls find the temporary folder, on another
            disk: there, a file can't be moved to its place by `os.replace`.

    Attributes:
        call: str. The last call, as `show_call` shows it.
        printed: str. What it printed.
        changes: list of pairs. Calls, and what else they changed.
        told: dict. For each cause, the sentence that has told it.
        wrong_call: str. The call that the first of them was about.
    """

    def __init__(self, folder, stem, prototypes=(), may_change=None,
                 announce=lambda call: None, temporary=None):
        self.folder, self.stem, self.announce = folder, stem, announce
        self.may_change = may_change or {}
        self.temporary = temporary or tempfile.gettempdir()
        self.path = folder / f'{stem}.py'
        self.prototypes = {each.split('(')[0]: each for each in prototypes}
        self.call = self.printed = self.paste = self.wrong_call = ''
        self.changes, self.told, self.wrong = [], {}, {}
        self.stream = io.StringIO()  # one, as a logger may hold on to it
        self.recent = collections.deque(maxlen=3)

    @functools.cached_property
    def loaded(self):
        """What the file gives: its module, or an `Unmet`."""
        if not self.path.is_file():
            similar = similar_file(self.path)
            return Unmet(Failure(
                f'There is no file {self.path.name}', kind='file',
                cause='no file', hint=similar and 'Did you misname it? There '
                f'is {similar}.'))
        self.announce('')
        here = os.getcwd()
        os.chdir(self.folder)
        with no_copies(), self.printing(), own_modules(self.folder):
            looks = surroundings.look, surroundings.look_at_import
            before = [look() for look in looks]
            module = run_file(self.path)
            changes = [each for look, then in zip(looks, before)
                       for each in surroundings.different(then, look())]
        os.chdir(here)
        if isinstance(module, BaseException):
            return Unmet(self.failed_import(module))
        self.import_changes = [each for each in changes
                               if each != 'changes the environment']
        self.import_printed = self.printed
        return module

    @property
    def module(self):
        """The module of the file; an `Unmet` if there is none."""
        if isinstance(self.loaded, Unmet):
            raise self.loaded
        return self.loaded

    @property
    def source(self):
        """The text of the file, as far as it could be read."""
        return getattr(self.loaded, '__source__', None) or ''

    def function(self, name):
        """Returns one of its functions; an `Unmet` if it isn't there."""
        found = getattr(self.module, name, None)
        if callable(found):
            return found
        partner = {'save': 'load', 'load': 'save'}.get(name[:4], '')
        own = {other: value for other, value in vars(self.module).items()
               if getattr(value, '__module__', '') == self.module.__name__
               and callable(value) and other != partner + name[4:]}
        near = similar_name(name, own)
        line = near and inspect.unwrap(own[near]).__code__.co_firstlineno
        raise Unmet(Failure(
            f'{self.path.name} has no function {name}', kind='function',
            cause=f'no {name}', clause=f'task {number_of(self.stem)}: the '
            'names of functions are binding',
            hint=near and f'Did you mean {near} (line {line})?'))

    def ask(self, name, style=0, **values):
        """Calls a function in one of the ways that a call can be written.

        Args:
            name: str. The function's name.
            style: int. How many arguments to give by position, at most. It
                goes round where there are fewer.
            values: its arguments. What is None is left out.
        """
        found = self.function(name)
        prototype = signature(self.prototypes[name])
        names = [each for each in prototype.parameters
                 if values.get(each) is not None]
        values = {each: values[each] for each in names}
        given = []
        for each in [*prototype.parameters][:style % (
                len(prototype.parameters) + 1)]:
            if each not in values:
                break
            given.append(values.pop(each))
        with mock.patch.object(tempfile, 'tempdir', self.temporary):
            return self.make(name, found, given, values)

    def make(self, name, found, args, kwargs):
        """Makes a call; notes what it returned, printed and changed."""
        self.call = show_call(name, found, args, kwargs)
        self.paste = show_paste(self.stem, name, args, kwargs)
        self.printed = ''
        self.announce(self.call)
        if name in self.wrong and goes_astray(
                found, signature(self.prototypes[name]), args, kwargs):
            raise self.wrong[name]
        values = [*args, *kwargs.values()]
        given, before = (surroundings.look_at_values(values),
                         surroundings.look())
        earlier = [(result, surroundings.look_at_values([result]))
                   for result in self.recent]
        try:
            with no_copies(), self.printing():
                returned = found(*args, **kwargs)
        except (Unlike, Fault):
            raise  # of our own stand-ins, which the call has come to
        except BaseException as error:  # SystemExit and pytest.skip, too
            raise Unmet(self.raised(error)) from error
        changes = [
            *surroundings.different(given,
                                    surroundings.look_at_values(values)),
            *surroundings.different(before, surroundings.look())]
        if any(surroundings.look_at_values([result]) != looked
               and not any(result is value for value in values)
               for result, looked in earlier):
            changes.append('changes what an earlier call has returned')
        allowed = tuple(self.may_change.get(name, [])) or ' '
        self.changes += [(self.call, self.paste, change) for change in changes
                         if not change.startswith(allowed)]
        if isinstance(returned, np.ndarray):
            self.recent.append(returned)
        return returned

    @contextlib.contextmanager
    def printing(self):
        """Takes what is printed, to both streams, as the last call's."""
        if self.stream.closed:  # by an earlier call
            self.stream = io.StringIO()
        self.stream.seek(0)
        self.stream.truncate()
        with tempfile.TemporaryFile() as file:
            try:
                with redirect(file), contextlib.redirect_stdout(
                        self.stream), contextlib.redirect_stderr(self.stream):
                    yield
            finally:
                self.printed = ''
                with contextlib.suppress(OSError, ValueError):  # closed
                    file.seek(0)
                    self.stream.write(file.read().decode(errors='replace'))
                    self.printed = LOG.sub('', re.sub(
                        '\x1b\\[[0-9;]*m', '', self.stream.getvalue()))

    def failed_import(self, error):
        """Returns what there is to tell of an error when it is imported."""
        number, code = line_of(error, self.path)
        hiding = isinstance(error, (ImportError, AttributeError)) and (
            hiding_file(self.folder))
        if isinstance(error, SyntaxError) and (
                error.filename == str(self.path)):
            got = f"Python can't read line {number}: {code}"
            hint = f'It says: {error.msg}.'
            if re.search(r'def .*\blambda\b', code):
                hint = ('lambda is a keyword of Python. The task spells this '
                        'parameter lambtha.')
        else:
            got = f'Importing {self.path.name} raised {describe(error)}' + (
                f' (line {number})' if number else '')
            hint = advice.on_error(error, code, KERAS_3)
        if hiding:
            hint = (f'Your own {hiding} hides a module of that name: rename '
                    'it.')
        return Failure(
            got, clause=f'task {number_of(self.stem)}', hint=hint,
            kind='import', cause=f'{type(error).__name__} in {code}'
            if number else describe(error), printed=self.printed)

    def raised(self, error):
        """Returns what there is to tell of an error in a call."""
        number, code = line_of(error, self.path)
        frames = traceback.extract_tb(error.__traceback__)
        if isinstance(error, NotImplementedError) and (
                frames[-1].filename == str(self.path)):
            return Failure(
                f'{self.path.name} (task {number_of(self.stem)}) is not done '
                'yet', kind='stub', cause='stub')
        text = describe(error)
        name = self.call.split('(')[0]
        lines = ' '.join(frame.line or '' for frame in frames)
        where = f' (line {number} of {self.path.name})' if number else ''
        return Failure(
            f'It raised {text}{where}', call=self.call, paste=self.paste,
            clause=f'task {number_of(self.stem)}', printed=self.printed,
            hint=advice.on_mistake(error, name)
            or advice.on_error(error, lines, KERAS_3)
            or advice.on_result(text, self.source, KERAS_3),
            cause=f'{type(error).__name__} in {code}' if number else text)


@contextlib.contextmanager
def no_copies():
    """Ends a copy of this process that a student's code has forked."""
    process = os.getpid()
    try:
        yield
    finally:
        if os.getpid() != process:
            os._exit(0)


@functools.cache
def run_file(path):
    """Runs a task file, as a module of its own; returns it, or its error."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)  # as an import does
    try:
        module.__source__ = spec.loader.get_source(path.stem)
        spec.loader.exec_module(module)
    except BaseException as error:  # SystemExit and pytest.skip, too
        return error
    return module


@contextlib.contextmanager
def own_modules(folder):
    """Has a student's own files found where we have imported such names.

    What other packages have imported already stays theirs.
    """
    ours = {}
    for path in folder.iterdir():
        name = path.stem
        spec = getattr(sys.modules.get(name), '__spec__', None)
        if spec and spec.origin not in ('built-in', 'frozen') and (
                path.suffix == '.py' or (path / '__init__.py').is_file()
                or path.is_dir() and name == 'tests'):
            for module in list(sys.modules):
                if f'{module}.'.startswith(f'{name}.'):
                    found = sys.modules.pop(module)
                    if name in ('tests', 'grader'):
                        ours[module] = found
    path = sys.path[:]
    # A clone has a folder `tests`, and a homework may have one, too.
    sys.path[:] = [str(folder), *(each for each in path if not (
        CLONE and Path(each).resolve() == ROOT))]
    try:
        yield
    finally:  # pytest looks for them
        sys.path[:] = [str(folder), *path]
        sys.modules.update(ours)


def signature(prototype):
    """Returns the signature that a prototype tells."""
    names = {}
    exec(f'def {prototype}: pass', names)
    return inspect.signature(names[prototype.split('(')[0]])


def goes_astray(found, wanted, args, kwargs):
    """Tells whether a call goes wrong as the function's prototype is wrong.

    What `wanted`, the right signature, would do with the arguments differs:
    they don't fit, or their values go to other parameters.
    """
    def bind(signature):
        bound = signature.bind(*args, **kwargs)
        return {name: id(value) for name, value in bound.arguments.items()}

    right = bind(wanted)
    try:
        values = bind(inspect.signature(found))
    except TypeError:
        return True
    return any(values.get(name) not in (None, value)
               for name, value in right.items())


def show_call(name, function, args, kwargs):
    """Shows a call; with more than three arguments, by their names."""
    shown = [show(value) for value in args]
    if len(args) + len(kwargs) > 3:
        try:
            names = list(inspect.signature(function).parameters)[:len(args)]
        except (TypeError, ValueError):
            names = []
        shown[:len(names)] = [f'{each}={value}'
                              for each, value in zip(names, shown)]
    shown += [f'{each}={show(value)}' for each, value in kwargs.items()]
    return f'{name}({", ".join(shown)})'


def show(value):
    """Shows a value in a few characters."""
    if isinstance(value, np.ndarray) and (value.size > 12 or value.ndim > 1):
        return f'<{"x".join(map(str, value.shape))} array>'
    if isinstance(value, tuple):
        return f'({", ".join(map(show, value))})'
    if hasattr(value, 'get_weights'):
        return 'network'
    return repr(value)[:200]


def show_paste(stem, name, args, kwargs):
    """Returns lines that repeat a call, as far as they can be short."""
    values = [*args, *kwargs.values()]
    file = next((value for value in values if isinstance(value, str)), '')
    if stem.endswith('-train') or '/' in file or any(
            np.size(value) > 20000 for value in values):
        return ''
    names = [''] * len(args) + [f'{each}=' for each in kwargs]
    call = ', '.join(each + written(value)
                     for each, value in zip(names, values))
    networks = [value for value in values if hasattr(value, 'get_weights')]
    lines = ['import numpy as np'] * ('np.' in call)
    if networks or name in LOADED:
        lines += A_NETWORK.format(
            *[networks[0].input_shape[-1], networks[0].output_shape[-1]]
            if networks else (8, 3)).splitlines()
    if name in LOADED:
        lines.append(LOADED[name].format(repr(file)))
    return '\n'.join([*lines, f"__import__('{stem}').{name}({call})"])


def written(value):
    """Writes a value in Python, or one that is like it."""
    if not isinstance(value, np.ndarray):
        return show(value)
    if value.size > 40:
        return f'np.random.rand{value.shape}'
    return f'np.array({value.tolist()}, {value.dtype.name!r})'


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


@contextlib.contextmanager
def trying(what, expected):
    """Says of an error that what a call left can't be used.

    Args:
        what: str. What is tried: 'K.models.load_model(filename)'.
        expected: str. What the task asks for.
    """
    __tracebackhide__ = True
    try:
        yield
    except (Unmet, Unlike):
        raise
    except Exception as error:
        unlike(f'{what} raised {describe(error)}', expected)


def kind(value):
    """Says in two words what was returned."""
    name = type(value).__name__
    if value is None:
        return 'None'
    return f'{"an" if re.match("[aeio]|nd", name, re.I) else "a"} {name}'


def rounded(numbers, digits=4):
    """Lists numbers with so many digits."""
    return [float(f'{float(number):.{digits}g}') for number in numbers]


def apart(got, wanted):
    """Lists two rows of numbers, with as many digits as it takes."""
    for digits in range(4, 18):
        shown = rounded(got, digits), rounded(wanted, digits)
        if shown[0] != shown[1]:
            break
    return shown


def rate_of(network):
    """Returns a network's learning rate."""
    return float(network.optimizer.learning_rate)


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
    (one,), (other,) = apart([got[at]], [wanted[at]])
    place = ', '.join(map(str, at))
    return (f'entry [{place}] is {one}' if place else f'it is {one}',
            f'{other}, which differs by {float(gap[at]):.3g}')


