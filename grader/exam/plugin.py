"""What makes pytest an exam: whose file it is about, and what it tells.

A failure travels on pytest's report as a dict, as `report` and xdist take it.
"""
import ast
import dataclasses
import gc
import inspect
import os
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

import pytest

from grader import report
from grader.course import HERE, ROOT, TASKS, number_of, other_disk
from grader.failure import Failure
from grader.streams import redirect

LAST = ['test_changes_nothing_else', 'test_main']
sides = []  # of the comparison that failed last: what it got and expected


def import_tensorflow():
    """Imports TensorFlow in silence.

    It takes seconds, a quarter of them for Python's search for garbage among
    its modules, and some lines of its log heed no variable.
    """
    if 'tensorflow' in sys.modules:
        return
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
    # Without it, what TensorFlow does for the first time takes less long.
    os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '0')
    gc.disable()
    try:
        with open(os.devnull, 'wb') as nowhere, redirect(nowhere):
            import tensorflow as tf  # here, where a process needs it first
            tf.keras.Model
    finally:
        gc.freeze()
        gc.enable()
    # It would rewrite each graph to be quick, for longer than a test runs.
    tf.config.optimizer.set_experimental_options(
        {'disable_meta_optimizer': True})


def pytest_addoption(parser):
    parser.addoption('--solutions', metavar='FOLDER', type=Path,
                     help='test the task files in FOLDER instead of this '
                     "library's, with a line for each test (python -m grader "
                     'grade gives points too)')


def pytest_configure(config):
    if not __debug__:
        raise pytest.UsageError('The exam is made of asserts, which python -O '
                                'leaves out. Run it without -O.')
    if config.option.solutions and hasattr(config.option, 'verbose'):
        config.option.verbose = max(config.option.verbose, 1)
    config.option.solutions = (config.option.solutions or ROOT).absolute()


def pytest_collectstart():
    """Before a test is collected; with -n, in the workers alone."""
    import_tensorflow()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Has all sentences on the usual call run first, and the main last.

    Trainings of many epochs, or real ones, come after the short ones.
    """
    files = list(dict.fromkeys(item.path for item in items))

    def order(item):
        name = item.originalname
        return (LAST.index(name) + 4 if name in LAST
                else 0 if name == 'test_prototypes'
                else 3 if '[usual]' not in item.name
                else 2 if {'long', 'full'} & {*item.fixturenames} else 1)

    items.sort(key=lambda item: (files.index(item.path),
                                 item.path.parent == TASKS and order(item)))


@pytest.fixture(scope='module')
def student(request, tmp_path_factory):
    """The file of this module's task, in the folder that is graded.

    Calls get their folders in one that pytest deletes.
    """
    import tensorflow.keras as K  # in workers alone

    from grader.exam.student import Student

    K.utils.set_random_seed(7919)
    before = os.getcwd(), tempfile.tempdir
    tempfile.tempdir = str(tmp_path_factory.mktemp('calls'))
    temporary = other_disk(os.getpid())
    temporary.mkdir(exist_ok=True)
    request.module.graded = Student(
        request.config.option.solutions, request.module.STEM,
        request.module.PROTOTYPES, getattr(request.module, 'MAY_CHANGE', {}),
        getattr(request.config, 'announce', lambda call: None),
        str(temporary))
    yield request.module.graded
    if sys.modules.get(request.module.STEM) is request.module.graded.loaded:
        del sys.modules[request.module.STEM]
    os.chdir(before[0])
    tempfile.tempdir = before[1]
    shutil.rmtree(temporary, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_folder(request):
    """A current folder of its own for each sentence."""
    if request.path.parent == TASKS:
        request.getfixturevalue('student')
        os.chdir(tempfile.mkdtemp())


def pytest_assertrepr_compare(left, right):
    sides[:] = [f'{value!r:.300}' for value in (left, right)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    made = yield
    if (call.excinfo is None or item.path.parent != TASKS
            or isinstance(call.excinfo.value, pytest.FixtureLookupError)):
        return made
    error, student = call.excinfo.value, item.module.graded
    if isinstance(error, pytest.skip.Exception):
        failure = Failure(str(error), kind='skipped')
    else:
        failure = failure_of(error, student, item)
        why = why_not_told(failure, item, student)
        if why:
            failure = Failure(why, kind='skipped', cause=failure.cause)
    made.failure = dataclasses.asdict(failure)
    made.outcome = 'failed'
    made.longrepr = report.told(failure)
    if failure.kind == 'skipped':
        made.outcome = 'skipped'
        made.longrepr = str(item.path), None, failure.got
    return made


def why_not_told(failure, item, student):
    """Returns why a failure isn't told; notes the first that is.

    One cause is told once: by the first sentence that it ends. And as long as
    a call fails, only what is wrong with that call is told.
    """
    told = student.told
    if failure.cause in told:
        return f'The same cause as {told[failure.cause]}'
    if told and (item.originalname in LAST
                 or failure.call != student.wrong_call):
        return f'Not told before this one is met: {next(iter(told.values()))}'
    told[failure.cause], student.wrong_call = item.name, failure.call
    return ''


def failure_of(error, student, item):
    """Returns what there is to tell of the error that has ended a sentence."""
    if hasattr(error, 'failure'):
        return error.failure
    frames = [(frame, line) for frame, line in traceback.walk_tb(
        error.__traceback__) if '__tracebackhide__' not in frame.f_locals
        and (Path(frame.f_code.co_filename).parent in (TASKS, HERE / 'exam')
             or frame.f_code.co_filename == str(student.path))]
    frame, line = frames[-1] if frames else (sys._getframe(), 0)
    path = Path(frame.f_code.co_filename)
    if path == student.path:  # a callback of the student's, say
        return student.raised(error)
    about = {'call': student.call, 'paste': student.paste,
             'printed': student.printed[-5000:],
             'cause': f'line {line} of {path.name}'}
    if not isinstance(error, AssertionError):
        from grader.exam.student import describe
        return Failure(
            f'The exam itself failed, in line {line} of {path.name}: '
            f'{describe(error)}', kind='exam', hint='This may not be your '
            'mistake: please report it.', **about)
    if hasattr(error, 'got'):
        got, expected, hint = error.got, error.expected, error.hint
    else:
        (got, expected), hint = read_assert(path, line), ''
    from grader.exam import advice
    from grader.exam.student import KERAS_3
    also = next((f'It also {change}.' for call, _, change in student.changes
                 if call == student.call and change not in got), '')
    return Failure(got, expected, clause=clause(frame, item), **about,
                   hint=hint or advice.on_result(
                       got, student.source, KERAS_3) or also)


def read_assert(path, line):
    """Returns what a plain assert got and expected, by its source."""
    source = path.read_text(encoding='utf-8')
    found = next(node for node in ast.walk(ast.parse(source))
                 if isinstance(node, ast.Assert)
                 and node.lineno <= line <= node.end_lineno).test
    if isinstance(found, ast.Compare) and len(found.ops) == 1 and isinstance(
            found.ops[0], ast.Eq) and sides:
        name = ast.unparse(found.left)
        return f'{name} is {sides[0]}', sides[1]
    return 'It does not hold', ast.unparse(found)


def clause(frame, item):
    """Returns the rule that a sentence is about.

    It is the first paragraph of the docstring of the function in which the
    assert stands, or else the test's name in words.
    """
    name = frame.f_code.co_name
    found = [vars(each)[name] for each in type(
        frame.f_locals.get('self')).__mro__ if name in vars(each)]
    found.append(frame.f_globals.get(name))
    text = next((each.__doc__ for each in found if getattr(
        inspect.unwrap(each), '__code__', 0) is frame.f_code), None)
    if Path(frame.f_code.co_filename).parent != TASKS:  # of our stand-ins
        text = item.function.__doc__
    text = (' '.join(text.split('\n\n')[0].split()) if text
            else item.originalname.removeprefix('test_').replace('_', ' '))
    number = number_of(item.module.STEM)
    if not text.startswith(('Task', 'The rules')):
        text = f'Task {number}: {text[:1].lower()}{text[1:]}'
    return f'{text[:1].lower()}{text[1:]}'.rstrip('.')
