"""A task in a process of its own, forked with TensorFlow imported.

It runs on a copy of the folder. So a task file that hangs, crashes or spoils
something fails its own task and no other.
"""
import contextlib
import math
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest
import tensorflow as tf
from _pytest.runner import runtestprotocol

from tests.grader import expectations

RESTARTS = 1  # of a task whose process ends or hangs
MEMORY = 8 * 2 ** 30  # bytes of address space; TensorFlow itself takes 4


def not_copied(folder, names):
    """Lists what isn't Python, nor a folder that may hold some."""
    return [name for name in names if name[0] == '.' or name == 'venv'
            or not name.endswith('.py')
            and not os.path.isdir(os.path.join(folder, name))]


class Job:
    """The tests of one task of one folder.

    Args:
        folder: path object.
        items: list of the tests, as pytest collected them.
        scratch: path object. Where to copy the folder.
    """

    def __init__(self, folder, items, scratch):
        self.folder, self.items, self.scratch = folder, items, scratch
        self.stem = items[0].module.STEM
        self.options = items[0].config.option
        self.failures = []  # of each test so far, `(message, cause)`
        self.starts, self.done = 0, False
        self.start()

    def start(self):
        """Copies the folder, and forks a process for the tests left."""
        self.loaded, self.call = False, ''
        copy = Path(tempfile.mkdtemp(dir=self.scratch)) / 'solutions'
        with contextlib.suppress(shutil.Error):  # what can't be read
            shutil.copytree(self.folder, copy, ignore=not_copied)
        self.pipe, pipe = multiprocessing.Pipe(duplex=False)
        self.starts += 1
        left = self.items[len(self.failures):]
        self.process = multiprocessing.get_context('fork').Process(
            target=run, args=(copy, self.stem, left, pipe), daemon=True)
        self.process.start()
        pipe.close()
        self.since = time.monotonic()

    def read(self):
        """Takes what the process has told, and notes an end."""
        with contextlib.suppress(EOFError):
            while len(self.failures) < len(self.items) and self.pipe.poll():
                what, *values = self.pipe.recv()
                self.since = time.monotonic()
                if what == 'loaded':
                    self.loaded = True
                elif what == 'call':
                    self.call, = values
                else:
                    self.failures.append(values)
                    failed = sum(bool(message) for message, _ in self.failures)
                    if failed >= (self.options.maxfail or math.inf):
                        self.fail_rest('Not tested, as the task has failed '
                                       'before.')
            if len(self.failures) == len(self.items):
                self.end('')
            elif time.monotonic() - self.since > self.options.seconds:
                self.end(f'ran for more than {self.options.seconds:g} '
                         'seconds, and was stopped')
            return
        self.process.join(5)
        self.end(f'ended its process, with exit status '
                 f'{self.process.exitcode}')

    def end(self, reason):
        """Ends the process; where tests are left, fails one or all."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()
        self.pipe.close()
        self.done = True
        number = self.stem.split('-')[0]
        if not reason:
            return
        if not self.loaded:
            self.fail_rest(f'Importing {self.stem}.py must work, but it '
                           f'{reason} (task {number}).')
            return
        message = (f'Called {self.call}. It {reason} (task {number}).'
                   if self.call else f'Testing {self.stem}.py {reason}.')
        self.failures.append((message, reason))
        if len(self.failures) < len(self.items):
            if self.starts <= RESTARTS:
                self.done = False
                self.start()
            else:
                self.fail_rest(message, reason)

    def fail_rest(self, message, cause=None):
        left = len(self.items) - len(self.failures)
        self.failures += [(message, cause or message)] * left


def run(folder, stem, items, pipe):
    """Runs a task's tests in a forked process, and tells how they end."""
    import resource  # which Windows doesn't have

    os.setsid()
    # Several processes share the processor, and the networks are small.
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    capture = items[0].config.pluginmanager.getplugin('capturemanager')
    capture.stop_global_capturing()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    capture._method = 'sys'  # as processes would share the file of 'fd'
    capture.start_global_capturing()
    sys.stdin = open(os.devnull, encoding='utf-8')
    sys.dont_write_bytecode = True  # a task file may list its folder
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    expectations.current.folder = folder
    expectations.current.announce = lambda call: pipe.send(('call', call))
    with contextlib.suppress(pytest.fail.Exception):
        expectations.load(stem)
    pipe.send(('loaded',))
    for item, after in zip(items, [*items[1:], None]):
        expectations.current.call = ''
        reports = runtestprotocol(item, log=False, nextitem=after)
        failed = [report for report in reports if report.failed]
        pipe.send(('tested', str(failed[0].longrepr), failed[0].cause)
                  if failed else ('tested', '', ''))
    pipe.close()
    os._exit(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Says in a sentence what a task file raised."""
    report = yield
    if not report.failed:
        return report
    error = call.excinfo.value
    if not isinstance(error, pytest.fail.Exception):
        stem = item.module.STEM
        called = getattr(error, 'call', expectations.current.call)
        start = f'Called {called}. It' if called else f'Testing {stem}.py'
        path = expectations.current.folder / f'{stem}.py'
        raised = expectations.where(error, path)
        report.longrepr = (
            f'{start} raised {raised}, but task {stem.split("-")[0]} asks '
            f'for it to work.{expectations.advice(error)}')
        error.cause = (expectations.prototype_behind(raised, called)
                       or expectations.cause_of(error, path))
    report.cause = getattr(error, 'cause', str(error))
    return report
