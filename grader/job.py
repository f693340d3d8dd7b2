"""A process for each task: its folder, its time, and what it tells.

One process is always started ahead. On Linux it is forked from a server that
has imported TensorFlow; elsewhere it is spawned, and imports TensorFlow while
it waits. A pipe gives it a task, and tells it by its end that the parent is
gone. All that it tells is in a file, which outlives it: `log`.
"""
import contextlib
import dataclasses
import faulthandler
import functools
import importlib.util
import json
import math
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from grader import students
from grader.course import HERE, STEMS, exam_file, other_disk
from grader.failure import Failure
from grader.streams import redirect

# On macOS, what TensorFlow has loaded may crash in a forked process.
METHOD = 'forkserver' if sys.platform.startswith('linux') else 'spawn'
STARTING = 300  # seconds for TensorFlow's import, on a slow machine too
PROCESSES = 200  # that a task may have
MEMORY = 8 * 2 ** 30  # bytes of address space; TensorFlow itself takes 4
POLL = 0.02  # seconds between two looks at a log
spares = []  # processes that wait for a task, each with its pipe


@dataclasses.dataclass
class Result:
    """How a sentence of the exam has ended.

    Attributes:
        test: str. Its name.
        new: bool. Whether it is about what the task adds to the one before.
        failure: `Failure`, or None if it is met.
    """

    test: str
    new: bool
    failure: Failure = None


@contextlib.contextmanager
def in_own_folder():
    """Has Python start where no file of a homework hides one of its own.

    A new process begins with the current folder first on its path.
    """
    before = os.getcwd()
    os.chdir(HERE)
    try:
        yield
    finally:
        os.chdir(before)


@functools.cache
def context():
    """Starts what starts processes; returns multiprocessing's context."""
    found = multiprocessing.get_context(METHOD)
    if METHOD == 'forkserver':
        from multiprocessing import forkserver
        found.set_forkserver_preload(['grader.exam.preload'])
        # Some Pythons don't hand the server the path (3.11.7, 3.13.0).
        ours = {'PYTHONPATH': os.pathsep.join(
            os.path.abspath(path) for path in sys.path),
            'OPENBLAS_NUM_THREADS': '1'}  # so that it has one thread
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        with in_own_folder(), open(os.devnull, 'wb') as nowhere, redirect(
                nowhere):
            forkserver.ensure_running()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
    elif os.name == 'posix':  # on a screen it could not start any more
        from multiprocessing import resource_tracker
        resource_tracker.ensure_running()
    return found


def start_spare():
    """Starts a process that waits for a task."""
    pipe, its_pipe = context().Pipe()
    process = context().Process(
        target=work, args=(its_pipe, METHOD == 'forkserver'), daemon=True)
    # Ctrl-C is for the parent: the process inherits that it is held back.
    mask = getattr(signal, 'pthread_sigmask', lambda *_: ())
    before = mask(getattr(signal, 'SIG_BLOCK', 0), [signal.SIGINT])
    with in_own_folder():
        process.start()
    mask(getattr(signal, 'SIG_SETMASK', 0), before)
    its_pipe.close()
    spares.append((process, pipe))


def run(waiting, seconds, maxfail=0):
    """Tests tasks, several at a time.

    Args:
        waiting: list of tuples `(folder, stem)`.
        seconds: float. How long a call may take.
        maxfail: int. After how many failures to give up a task. If 0, never.

    Yields:
        Tuples `(number, job)`: the task's place in the list, and its `Job`,
        which has ended.
    """
    waiting, running = list(enumerate(waiting)), {}
    with tempfile.TemporaryDirectory() as scratch:
        try:
            while waiting or running:
                # One more than processors, as each waits to start and to end.
                while waiting and len(running) <= (os.cpu_count() or 1):
                    number, (folder, stem) = waiting.pop(0)
                    running[Job(folder, stem, scratch, seconds,
                                maxfail)] = number
                    if waiting:
                        start_spare()
                time.sleep(POLL)
                for job in list(running):
                    job.look()
                    if job.done:
                        yield running.pop(job), job
        finally:
            for job in running:
                job.stop()


class Job:
    """The exam of one task, on a copy of one folder.

    Args:
        folder: path object.
        stem: str. The task's file without its ending.
        scratch: path object. Where to copy the folder.
        seconds: float. How long nothing may happen.
        maxfail: int. After how many failures to give up. If 0, never.

    Attributes:
        done: bool. Whether it has ended.
        results: list of `Result`, in the order of the sentences.
        note: str. What was too much to be copied, or ''.
    """

    def __init__(self, folder, stem, scratch, seconds, maxfail=0):
        self.stem, self.seconds = stem, seconds
        self.maxfail = maxfail or math.inf
        self.results, self.done = [], False
        self.begun, self.call, self.place = 0, '', 0
        self.base = Path(tempfile.mkdtemp(dir=scratch))
        self.note = students.copy(folder, self.base / 'solutions')
        if not spares:
            start_spare()
        self.process, self.pipe = spares.pop(0)
        with contextlib.suppress(OSError):  # it has ended, as `look` will see
            self.pipe.send((str(self.base), stem, dict(os.environ)))
        self.since = self.counted = time.monotonic()

    def look(self):
        """Takes what is new in the log, and ends what takes too long."""
        now = time.monotonic()
        ended = not self.process.is_alive()
        with contextlib.suppress(FileNotFoundError), open(
                self.base / 'log', 'rb') as log:
            log.seek(self.place)
            for line in log:
                if not line.endswith(b'\n'):  # it is being written
                    break
                self.place += len(line)
                self.since = now
                self.take(json.loads(line))
        limit = self.seconds if self.results else STARTING
        if not self.done and ended:
            self.end(*how_it_ended(self.process.exitcode))
        elif not self.done and now - self.since > limit:
            self.end(f'ran for more than {limit:g} seconds, and was stopped')
        elif not self.done and now - self.counted > 0.2:
            self.counted = now
            if processes(self.process.pid) > PROCESSES:
                self.end(f'started more than {PROCESSES} processes')

    def take(self, line):
        """Notes a line of the log."""
        if 'sentences' in line:
            self.results = [Result(name, new, Failure(
                'Not tested', kind='skipped'))
                for name, new in line['sentences']]
        self.begun = line.get('begun', self.begun)
        self.call = line.get('call', self.call)
        if 'failure' in line and self.begun < len(self.results):
            failure = line['failure']
            self.results[self.begun].failure = failure and Failure(**failure)
            self.begun += 1
            failed = [result for result in self.results[:self.begun]
                      if result.failure]
            if len(failed) >= self.maxfail or self.begun == len(self.results):
                self.stop()
        if 'broken' in line:  # our own tests, and not the task file
            self.results = [Result('the exam', False, Failure(
                f'The exam itself failed: {line["broken"]}', kind='exam'))]
            self.stop()

    def end(self, how, hint=''):
        """Ends a task by a call that ended it, or didn't end."""
        self.results = self.results or [Result('the exam', False)]
        result = self.results[min(self.begun, len(self.results) - 1)]
        result.failure = Failure(
            f'It {how}' if self.call else f'Importing {self.stem}.py {how}',
            call=self.call, kind='ended', cause=f'ended {self.stem}',
            clause=f'task {STEMS.index(self.stem)}', hint=hint)
        self.stop()

    def stop(self):
        """Ends the process and all that it has started; deletes its files."""
        self.done = True
        deadline = time.monotonic() + 2
        while hasattr(os, 'killpg') and time.monotonic() < deadline:
            try:  # until the group is empty: it may be forking
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                break
            if not processes(self.process.pid):
                break
            time.sleep(0.005)
        self.process.kill()  # it may not yet lead a group
        self.process.join()
        self.pipe.close()
        for folder in self.base, other_disk(self.process.pid):
            shutil.rmtree(folder, ignore_errors=True)


def how_it_ended(status):
    """Says how a process has ended, and what may be the cause."""
    if status is not None and status < 0:
        if -status == getattr(signal, 'SIGKILL', 9):
            return 'was killed', 'Does it need too much memory?'
        return (f'crashed ({(signal.strsignal(-status) or status)})'.lower(),)
    return (f'ended Python, with exit status {status}',)


def processes(group):
    """Counts the living processes of a group, where Linux tells."""
    count = 0
    for name in os.listdir('/proc') if os.path.isdir('/proc/self') else []:
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError), open(
                    f'/proc/{name}/stat', encoding='utf-8') as file:
                state, _, number = file.read().rpartition(')')[2].split()[:3]
                count += int(number) == group and state != 'Z'
    return count


# What runs in the process of a task.


def work(pipe, forked):
    """Waits for a task, and tests it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows inherits nothing
    if hasattr(os, 'setsid'):
        os.setsid()
        import fcntl  # where a homework's stray `os.close` won't reach it
        number = fcntl.fcntl(pipe.fileno(), fcntl.F_DUPFD_CLOEXEC, 256)
        pipe = multiprocessing.connection.Connection(number)
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    if forked:  # what it holds of the server's and parent's
        os.closerange(3, 256)
    sys.stdin, sys.stdout, sys.stderr = (
        open(os.devnull, mode, encoding='utf-8') for mode in 'rww')
    ready = 'tensorflow' in sys.modules
    try:
        from grader.exam import preload  # noqa: F401
        use_one_thread()
        if not pipe.poll(0.3):  # it waits for a task that isn't here yet
            train_once()
        base, stem, environment = pipe.recv()
    except (EOFError, OSError):  # the parent has ended
        os._exit(0)
    threading.Thread(target=end_with, args=(pipe,), daemon=True).start()
    os.environ.clear()
    os.environ.update(environment)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # which Windows doesn't have
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    test(Path(base), stem, ready)


def end_with(pipe):
    """Ends the process and its group when the parent has ended."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    shutil.rmtree(other_disk(os.getpid()), ignore_errors=True)
    if hasattr(os, 'killpg'):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def use_one_thread():
    """Has TensorFlow use one, as processes share the processors."""
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def train_once():
    """Does once what takes longer the first time, while there is no task."""
    import numpy as np
    import tensorflow.keras as K

    network = K.Sequential([
        K.layers.Dense(2, 'relu'), K.layers.Dropout(0.5),
        K.layers.Dense(2, 'softmax')])
    network.compile('adam', 'categorical_crossentropy', metrics=['accuracy'],
                    run_eagerly=K.backend.backend() == 'tensorflow')
    data = np.eye(2, dtype='float32')
    network.fit(data, data, verbose=0)
    network.evaluate(data, data, verbose=0)
    network.predict(data, verbose=0)
    K.backend.clear_session()


def test(base, stem, ready):
    """Runs pytest on the exam of a task, and ends the process."""
    import pytest

    for name in ('PYTEST_ADDOPTS', 'PYTEST_PLUGINS'):  # the parent's
        os.environ.pop(name, None)
    os.environ['PYTEST_DISABLE_PLUGIN_AUTOLOAD'] = '1'
    sys.argv, tempfile.tempdir = [f'{stem}.py'], str(base)
    sys.meta_path.insert(0, OwnTasks(base / 'solutions'))
    os.chdir(base)
    try:
        pytest.main(
            ['-c', os.devnull, '--rootdir', str(base), '--noconftest',
             '--capture=no', '-W', 'ignore', '-p', 'no:terminal',
             '-p', 'no:cacheprovider', '-p', 'no:faulthandler',
             '-p', 'no:logging',
             '-p', 'grader.exam.plugin', f'--basetemp={base / "tests"}',
             f'--solutions={base / "solutions"}', str(exam_file(stem))],
            plugins=[Log(base / 'log', ready)])
    finally:
        os._exit(0)


class Log:
    """The hooks of pytest that write what the parent reads.

    Args:
        path: path object. The file.
        ready: bool. Whether TensorFlow was there before the task.
    """

    def __init__(self, path, ready):
        self.path, self.ready = path, ready

    def write(self, **line):
        """Adds a line. The file is opened anew: nothing else can close it."""
        with open(self.path, 'a', encoding='utf-8') as file:
            file.write(json.dumps(line) + '\n')

    def pytest_configure(self, config):
        config.announce = lambda call: self.write(call=call[:5000])

    def pytest_collectreport(self, report):
        if report.failed:
            self.write(broken=str(report.longrepr)[:5000])

    @staticmethod
    def is_new(item):
        return item.originalname in getattr(item.cls, 'NEW', ())

    def pytest_collection_finish(self, session):
        sys.dont_write_bytecode = True  # a task file may list its folder
        self.numbers = {item.nodeid: number
                        for number, item in enumerate(session.items)}
        self.write(sentences=[[item.name, self.is_new(item)]
                              for item in session.items], ready=self.ready)

    def pytest_runtest_logstart(self, nodeid):
        self.passed, self.failure = False, None
        self.write(begun=self.numbers[nodeid])

    def pytest_runtest_logreport(self, report):
        self.passed |= report.when == 'call' and report.passed
        self.failure = self.failure or getattr(report, 'failure', None)

    def pytest_runtest_logfinish(self):
        failure = self.failure
        if not self.passed and not failure:
            failure = dataclasses.asdict(Failure('It was cut short'))
        self.write(failure=failure and {
            key: value[:5000] for key, value in failure.items()})


class OwnTasks:
    """Finds the task files in a student's folder alone, and never ours.

    Args:
        folder: path object.
    """

    def __init__(self, folder):
        self.folder = folder

    def find_spec(self, name, path=None, target=None):
        if name in STEMS:
            file = self.folder / f'{name}.py'
            if not file.is_file():
                raise ModuleNotFoundError(f'No module named {name!r}',
                                          name=name)
            return importlib.util.spec_from_file_location(name, file)
        return None
