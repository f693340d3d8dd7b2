"""A task in a process of its own, so that it fails alone, whatever it does.

The process gets a folder, a task, a few options and a pipe, and nothing else
of its parent: it runs pytest on the task's tests itself. It is forked from a
parent that has imported TensorFlow; where there is no fork, or it isn't safe
then, it is spawned and imports TensorFlow itself. On Windows its memory has
no limit, and the processes that a task file starts are not ended with it.
"""
import ast
import contextlib
import faulthandler
import json
import math
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import numpy as np
import pytest

from tests.grader import command
from tests.grader.command import ROOT
from tests.grader.form import no_file

# On macOS, what TensorFlow has loaded may crash in a forked process.
METHOD = ('fork' if hasattr(os, 'fork') and sys.platform != 'darwin'
          else 'spawn')
RESTARTS = 1  # of a task whose process ends or hangs
STARTING = 300  # seconds for TensorFlow's import, on a slow machine too
MEMORY = 8 * 2 ** 30  # bytes of address space; TensorFlow itself takes 4
LONGEST = 2 ** 16  # bytes of what a process tells at once
spares = []  # processes that wait for a task, each with its pipe
pipes = []  # our ends of all that are open, which a fork would inherit


def not_begun(folder, stem):
    """Says why a task is not worth testing, or gives an empty text.

    There is no file, or each function in it is as `make start` wrote it.
    """
    path = folder / f'{stem}.py'
    if not path.is_file():
        return no_file(path)
    try:
        parts = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return ''
    functions = [part for part in parts if isinstance(part, ast.FunctionDef)
                 and not part.name.startswith('_')]
    if functions and all(
            isinstance(part.body[-1], ast.Raise) and len(part.body)
            == 1 + (ast.get_docstring(part) is not None)
            and 'NotImplementedError' in ast.dump(part.body[-1])
            for part in functions):
        return not_done(stem)
    return ''


def not_done(stem):
    return f'{stem}.py (task {stem.split("-")[0]}) is not done yet.'


def not_copied(folder, names):
    """Lists what isn't Python, nor a folder that may hold some."""
    return [name for name in names if name[0] == '.' or name == 'venv'
            or not name.endswith('.py')
            and not os.path.isdir(os.path.join(folder, name))]


def warm_up():
    """Imports and loads what every task needs, which takes seconds."""
    command.import_tensorflow()
    from tests import conftest
    from tests.grader import expectations  # noqa: F401
    conftest.digits.load()


def practise(K):
    """Does once what takes longer the first time, while there is no task."""
    network = K.Sequential([
        K.layers.Dense(2, 'relu'), K.layers.Dropout(0.5),
        K.layers.Dense(2, 'softmax')])
    network.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
    data = np.eye(2, dtype='float32')
    network.fit(data, data, verbose=0)
    network.evaluate(data, data, verbose=0)
    network.predict(data, verbose=0)
    K.backend.clear_session()


def prepare():
    """Starts a process that waits for a task."""
    if METHOD == 'fork':
        warm_up()
    pipe, its_pipe = multiprocessing.Pipe()
    pipes.append(pipe)
    process = multiprocessing.get_context(METHOD).Process(
        target=work, args=(its_pipe,), daemon=True)
    # Ctrl-C is for the parent: the process inherits that it is held back.
    mask = getattr(signal, 'pthread_sigmask', lambda *_: ())
    before = mask(getattr(signal, 'SIG_BLOCK', 0), [signal.SIGINT])
    process.start()
    mask(getattr(signal, 'SIG_SETMASK', 0), before)
    its_pipe.close()
    spares.append((process, pipe))


def wait(jobs, timeout=1):
    """Waits until one of the jobs has news, or so many seconds."""
    multiprocessing.connection.wait(
        [source for job in jobs
         for source in (job.pipe, job.process.sentinel)], timeout)


class Job:
    """The tests of one task of one folder.

    Args:
        folder: path object.
        stem: str. The task's file without its ending.
        scratch: path object. Where to copy the folder.
        seconds: float. How long a call may take.
        maxfail: int. After how many failures to give up. If 0, never.
        arguments: list of str, for pytest in the process. If None, the file
            of the task's tests.
    """

    def __init__(self, folder, stem, scratch, seconds, maxfail=0,
                 arguments=None):
        self.folder, self.stem, self.scratch = folder, stem, scratch
        self.seconds, self.maxfail = seconds, maxfail or math.inf
        self.arguments = arguments or [str(command.test_file(stem))]
        self.failures = []  # of each test so far, `(message, cause)`
        self.starts, self.done = 0, False
        self.start()

    def start(self):
        """Copies the folder, and gives a process the tests left."""
        self.count, self.loaded, self.call = None, False, ''
        self.base = Path(tempfile.mkdtemp(dir=self.scratch))
        copy = self.base / 'solutions'
        copy.mkdir()
        with contextlib.suppress(OSError):  # what can't be read
            shutil.copytree(self.folder, copy, ignore=not_copied,
                            dirs_exist_ok=True)
        self.starts += 1
        if not spares:
            prepare()
        self.process, self.pipe = spares.pop()
        with contextlib.suppress(OSError):  # it has ended, as `read` will see
            self.pipe.send((str(self.base), self.stem, len(self.failures),
                            self.arguments))
        self.since = time.monotonic()

    def read(self):
        """Takes what the process has told, and notes an end."""
        ended = not self.process.is_alive()
        try:
            while not self.done and self.pipe.poll():
                self.take(*json.loads(self.pipe.recv_bytes(LONGEST)))
        except (EOFError, OSError, ValueError, TypeError):
            ended = True  # or it has told nonsense, which is the same
        limit = STARTING if self.count is None else self.seconds
        if ended and not self.done:
            self.process.join(5)
            status = self.process.exitcode
            self.end('wrote to a file that it had not opened, or closed it'
                     if status is None else
                     f'ended its process, with exit status {status}')
        elif not self.done and time.monotonic() - self.since > limit:
            self.end(f'ran for more than {limit:g} seconds, and was stopped')

    def take(self, what, *values):
        self.since = time.monotonic()
        if what == 'collected':
            self.count = len(self.failures) + values[0]
        elif what == 'loaded':
            self.loaded = True
        elif what == 'call':
            self.call, = values
        elif what == 'broken':  # our own tests, and not the task file
            self.fail_rest(*values)
        else:
            message, cause = values
            self.failures.append((message, cause))
            failed = sum(bool(message) for message, _ in self.failures)
            if failed >= self.maxfail:
                self.fail_rest('Not tested, as the task has failed before.')
        if len(self.failures) == self.count:
            self.stop()

    def stop(self):
        """Ends the process, and deletes its files."""
        self.done = True
        if hasattr(os, 'killpg'):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()  # it may not yet lead a group
        self.process.join()
        self.pipe.close()
        with contextlib.suppress(ValueError):
            pipes.remove(self.pipe)
        shutil.rmtree(self.base, ignore_errors=True)

    def end(self, reason):
        """Ends the process; of the tests that are left, fails one or all."""
        self.stop()
        number = self.stem.split('-')[0]
        message = (f'Called {self.call}. It {reason} (task {number}).'
                   if self.call else f'Testing {self.stem}.py {reason}.')
        if self.loaded:
            self.failures.append((message, reason))
        elif self.count is not None:
            self.fail_rest(f'Importing {self.stem}.py must work, but it '
                           f'{reason} (task {number}).')
        if len(self.failures) != self.count:
            if self.starts <= RESTARTS:
                self.done = False
                self.start()
            else:
                self.fail_rest(message, reason)

    def fail_rest(self, message, cause=None):
        """Fails the tests that are left: one, if nobody knows how many."""
        left = (self.count or len(self.failures) + 1) - len(self.failures)
        self.failures += [(message, cause or message)] * left
        self.count = len(self.failures)


def work(pipe):
    """Waits for a task, tests it, and tells how each test ends, as JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows inherits nothing
    if hasattr(os, 'setsid'):
        os.setsid()
    for other in pipes:
        other.close()
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(os.devnull, mode, encoding='utf-8') for mode in 'rww')
    try:
        warm_up()
        import tensorflow as tf

        # Several processes share the processor, and the networks are small.
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        if not pipe.poll():
            practise(tf.keras)
        task = pipe.recv()
    except EOFError:  # the parent has ended
        os._exit(0)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # which Windows doesn't have
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name in ('PYTEST_ADDOPTS', 'PYTEST_PLUGINS'):  # the parent's
        os.environ.pop(name, None)
    os.environ['PYTEST_DISABLE_PLUGIN_AUTOLOAD'] = '1'
    base, stem, done, arguments = task
    sys.argv = [f'{stem}.py']
    try:
        pytest.main(
            ['-c', str(ROOT / 'pyproject.toml'), '--capture=no',
             '-p', 'no:terminal', '-p', 'no:cacheprovider',
             '-p', 'no:faulthandler', f'--basetemp={base}/tests', *arguments],
            plugins=[Reporter(pipe, Path(base, 'solutions'), stem, done)])
    finally:
        os._exit(0)


class Reporter:
    """The hooks of pytest in the process, which tell the parent.

    Args:
        pipe: connection to the parent.
        folder: path object. The copy of the student's folder.
        stem: str. The task's file without its ending.
        done: int. How many of the tests were done by a process before.
    """

    def __init__(self, pipe, folder, stem, done):
        from tests.grader import expectations

        # A student's own `tests` may stand in the way of later imports.
        self.expectations = expectations
        self.pipe, self.folder, self.stem = pipe, folder, stem
        self.done = done

    def tell(self, *what):
        self.pipe.send_bytes(json.dumps(what).encode())

    def pytest_collectreport(self, report):
        if report.failed:
            self.tell('broken', str(report.longrepr)[:5000])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        del items[:self.done]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Imports the task file, where only the student's files are found."""
        self.tell('collected', len(session.items))
        sys.dont_write_bytecode = True  # a task file may list its folder
        here = Path.cwd()
        sys.path[:] = [str(self.folder), *(
            path for path in sys.path if path and Path(path).resolve() != here
            and not Path(path, f'{command.STEMS[0]}.py').exists())]
        ours = forget_what_hides(self.folder)
        os.chdir(self.folder)
        self.expectations.current.folder = self.folder
        self.expectations.current.announce = lambda call: self.tell(
            'call', call[:5000])
        with contextlib.suppress(pytest.fail.Exception):
            self.expectations.load(self.stem)
        sys.modules.update(ours)  # pytest looks for it before a test
        self.tell('loaded')

    def pytest_runtest_logstart(self):
        self.expectations.current.call = ''
        self.passed, self.failure = False, ()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self):
        """Fails a test that anything but its own end has ended."""
        try:
            return (yield)
        except BaseException as error:
            self.failure = self.failure or sentence(
                error, self.stem, self.expectations)
            raise pytest.fail.Exception(self.failure[0], False) from None

    pytest_runtest_setup = pytest_runtest_teardown = pytest_runtest_call

    def pytest_runtest_logreport(self, report):
        self.passed |= report.when == 'call' and report.passed

    def pytest_runtest_logfinish(self):
        if not self.passed and not self.failure:
            self.failure = 2 * (f'Testing {self.stem}.py was cut short.',)
        message, cause = self.failure or ('', '')
        self.tell('tested', message[:5000], cause[:5000])


def forget_what_hides(folder):
    """Has the student's own files found where we have imported such names.

    Returns:
        What was forgotten of our own package `tests`, by name.
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
                    if name == 'tests':
                        ours[module] = found
    return ours


def sentence(error, stem, expectations):
    """Says what has ended a test.

    Returns:
        A pair: the message, and its cause.
    """
    if type(error) is pytest.fail.Exception:
        return str(error), getattr(error, 'cause', str(error))
    path = expectations.current.folder / f'{stem}.py'
    frames = traceback.extract_tb(error.__traceback__)
    if (isinstance(error, NotImplementedError)
            and frames[-1].filename == str(path)):
        return 2 * (not_done(stem),)
    called = getattr(error, 'call', expectations.current.call)
    start = f'Called {called}. It' if called else f'Testing {stem}.py'
    raised = expectations.where(error, path)
    return (f'{start} raised {raised}, but task {stem.split("-")[0]} asks '
            f'for it to work.{expectations.advice(error)}',
            expectations.prototype_behind(raised, called)
            or expectations.cause_of(error, path))
