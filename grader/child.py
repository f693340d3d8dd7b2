"""The process of a task: its tests, told to the parent as data."""
import contextlib
import faulthandler
import gc
import importlib.util
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from grader.course import STEMS, exam_file

MEMORY = 8 * 2 ** 30  # bytes of address space; TensorFlow itself takes 4


def import_tensorflow():
    """Imports TensorFlow in silence.

    It takes seconds, a quarter of them for Python's search for garbage among
    its modules, and some lines of its log heed no variable.
    """
    if 'tensorflow' in sys.modules:
        return
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
    stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    gc.disable()
    try:
        import tensorflow as tf  # here, where a process starts to need it
        tf.keras.Model
    finally:
        gc.freeze()
        gc.enable()
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(nowhere)
    # It would rewrite each graph to be quick, for longer than a test runs.
    tf.config.optimizer.set_experimental_options(
        {'disable_meta_optimizer': True})


def import_all():
    """Imports what every task needs, which takes seconds."""
    # Without it, what TensorFlow does for the first time takes less long.
    os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '0')
    import_tensorflow()
    import pytest  # noqa: F401

    from grader.exam import draw, prototype, training  # noqa: F401


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


def work(pipe, others=()):
    """Waits for a task, tests it, and tells how each test ends, as JSON.

    Args:
        pipe: connection to the parent.
        others: connections that a fork has inherited, and that are closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows inherits nothing
    if hasattr(os, 'setsid'):
        os.setsid()
    for other in others:
        other.close()
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(os.devnull, mode, encoding='utf-8') for mode in 'rww')
    try:
        import_all()
        import pytest
        import tensorflow as tf

        # Several processes share the processor, and the networks are small.
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        if not pipe.poll(0.3):  # it waits for a task that isn't here yet
            train_once()
        base, stem, done = pipe.recv()
    except EOFError:  # the parent has ended
        os._exit(0)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # which Windows doesn't have
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name in ('PYTEST_ADDOPTS', 'PYTEST_PLUGINS'):  # the parent's
        os.environ.pop(name, None)
    os.environ['PYTEST_DISABLE_PLUGIN_AUTOLOAD'] = '1'
    sys.argv, tempfile.tempdir = [f'{stem}.py'], base
    try:
        pytest.main(
            ['-c', os.devnull, '--rootdir', base, '--noconftest',
             '--capture=no', '-W', 'ignore',
             '-p', 'no:terminal', '-p', 'no:cacheprovider',
             '-p', 'no:faulthandler', '-p', 'grader.exam.plugin',
             f'--basetemp={base}/tests', str(exam_file(stem))],
            plugins=[Teller(pipe, Path(base, 'solutions'), stem, done)])
    finally:
        os._exit(0)


class Teller:
    """The hooks of pytest in the process, which tell the parent.

    Args:
        pipe: connection to the parent.
        folder: path object. The copy of the student's folder.
        stem: str. The task's file without its ending.
        done: int. How many of the tests were done by a process before.
    """

    def __init__(self, pipe, folder, stem, done):
        self.pipe, self.folder, self.stem = pipe, folder, stem
        self.done = done

    def tell(self, *what):
        """Sends the parent something, as JSON."""
        self.pipe.send_bytes(json.dumps(what).encode())

    def pytest_collectreport(self, report):
        if report.failed:
            self.tell('broken', str(report.longrepr)[:5000])

    def pytest_collection_modifyitems(self, items):
        del items[:self.done]

    def pytest_runtestloop(self, session):
        """Imports the task file, where only the student's files are found."""
        from grader.exam import expect

        self.tell('collected', len(session.items))
        sys.dont_write_bytecode = True  # a task file may list its folder
        here = Path.cwd()
        sys.path[:] = [str(self.folder), *(
            path for path in sys.path
            if path and Path(path).resolve() != here)]
        sys.meta_path.insert(0, OwnTasks(self.folder))
        ours = forget_what_hides(self.folder)
        os.chdir(self.folder)
        expect.current.folder, expect.current.stem = self.folder, self.stem
        expect.current.announce = lambda call: self.tell('call', call[:5000])
        with contextlib.suppress(expect.Unmet):
            expect.load(self.stem)
        sys.modules.update(ours)  # pytest looks for it before a test
        self.tell('loaded')

    def pytest_runtest_logstart(self):
        self.tell('call', '')
        self.passed, self.failure = False, None

    def pytest_runtest_logreport(self, report):
        self.passed |= report.when == 'call' and report.passed
        self.failure = self.failure or getattr(report, 'failure', None)

    def pytest_runtest_logfinish(self, nodeid):
        failure = None
        if not self.passed:
            failure = self.failure or {'kind': 'cut', 'cause': 'cut'}
            failure['test'] = nodeid.split('::')[-1]
            failure = {key: value[:5000] if isinstance(value, str) else value
                       for key, value in failure.items()}
        self.tell('tested', failure)


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


def forget_what_hides(folder):
    """Has the student's own files found where we have imported such names.

    What other packages have imported already stays theirs.

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
                    if name in ('tests', 'grader'):
                        ours[module] = found
    return ours


def failure_of(error):
    """Returns what has ended a test, as data."""
    from grader.exam import expect

    current = expect.current
    for each in [error, *getattr(error, 'exceptions', ())]:  # Hypothesis's
        if isinstance(each, expect.Unmet):
            return each.failure
    error = [*getattr(error, 'exceptions', ()), error][0]
    path = current.folder / f'{current.stem}.py'
    frames = traceback.extract_tb(error.__traceback__)
    if any(frame.filename == str(path) for frame in frames):
        return expect.raised(error).failure
    return {**expect.error_data(error, path), 'kind': 'exam',
            'call': current.call, 'returned': current.returned,
            'printed': current.printed[-5000:]}
