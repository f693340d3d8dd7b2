"""The parent's side of a task: a process of its own, its time and memory.

The process gets a folder, a task and a pipe, and nothing else of its parent;
`child` is what runs in it. It is forked from a parent that has imported
TensorFlow. Where there is no fork, or it isn't safe then, it is spawned, and
imports TensorFlow itself.
"""
import contextlib
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
from pathlib import Path

from grader import child
from grader.students import skipped

# On macOS, what TensorFlow has loaded may crash in a forked process.
METHOD = ('fork' if hasattr(os, 'fork') and sys.platform != 'darwin'
          else 'spawn')
RESTARTS = 1  # of a task whose process ends or hangs
STARTING = 300  # seconds for TensorFlow's import, on a slow machine too
LONGEST = 2 ** 17  # bytes of what a process tells at once
spares = []  # processes that wait for a task, each with its pipe
pipes = []  # our ends of all that are open, which a fork would inherit


def start_spare():
    """Starts a process that waits for a task."""
    if METHOD == 'fork':
        child.import_all()
    pipe, its_pipe = multiprocessing.Pipe()
    pipes.append(pipe)
    process = multiprocessing.get_context(METHOD).Process(
        target=child.work, args=(its_pipe, pipes if METHOD == 'fork' else []),
        daemon=True)
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


def run(waiting, seconds, maxfail=0):
    """Tests tasks, several at a time.

    Args:
        waiting: list of tuples `(folder, stem)`.
        seconds: float. How long a call may take.
        maxfail: int. After how many failures to give up a task. If 0, never.

    Yields:
        Tuples `(number, failures)`: the task's place in the list, and for
        each of its tests a failure, or None if it passed.
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
                wait(running)
                for job in list(running):
                    job.read()
                    if job.done:
                        yield running.pop(job), job.failures
        finally:
            for job in running:
                job.stop()


class Job:
    """The tests of one task of one folder.

    Args:
        folder: path object.
        stem: str. The task's file without its ending.
        scratch: path object. Where to copy the folder.
        seconds: float. How long a call may take.
        maxfail: int. After how many failures to give up. If 0, never.
    """

    def __init__(self, folder, stem, scratch, seconds, maxfail=0):
        self.folder, self.stem, self.scratch = folder, stem, scratch
        self.seconds, self.maxfail = seconds, maxfail or math.inf
        self.failures = []  # of each test so far, or None if it passed
        self.starts, self.done = 0, False
        self.start()

    def start(self):
        """Copies the folder, and gives a process the tests that are left."""
        self.count, self.loaded, self.call = None, False, ''
        self.base = Path(tempfile.mkdtemp(dir=self.scratch))
        copy = self.base / 'solutions'
        copy.mkdir()
        with contextlib.suppress(OSError):  # what can't be read
            shutil.copytree(self.folder, copy, ignore=skipped,
                            dirs_exist_ok=True)
        self.starts += 1
        if not spares:
            start_spare()
        self.process, self.pipe = spares.pop()
        with contextlib.suppress(OSError):  # it has ended, as `read` will see
            self.pipe.send((str(self.base), self.stem, len(self.failures)))
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
            self.end('closed' if status is None else 'ended', status)
        elif not self.done and time.monotonic() - self.since > limit:
            self.end('slow', limit)

    def take(self, what, *values):
        """Notes one thing that the process tells."""
        self.since = time.monotonic()
        if what == 'collected':
            self.count = len(self.failures) + values[0]
        elif what == 'loaded':
            self.loaded = True
        elif what == 'call':
            self.call, = values
        elif what == 'broken':  # our own tests, and not the task file
            self.fail_rest({'kind': 'broken', 'cause': 'broken',
                            'error': values[0]})
        else:
            self.failures.append(values[0])
            if sum(map(bool, self.failures)) >= self.maxfail:
                self.fail_rest({'kind': 'skipped', 'cause': 'skipped'})
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

    def end(self, how, value):
        """Ends the process; of the tests that are left, fails one or all."""
        self.stop()
        failure = {'kind': how, 'cause': f'{how} {self.stem}', 'value': value,
                   'call': self.call, 'loaded': self.loaded}
        if self.loaded:
            self.failures.append(failure)
        elif self.count is not None:
            self.fail_rest(failure)
        if len(self.failures) != self.count:
            if self.starts <= RESTARTS:
                self.done = False
                self.start()
            else:
                self.fail_rest(failure)

    def fail_rest(self, failure):
        """Fails the tests that are left: one, if nobody knows how many."""
        left = (self.count or len(self.failures) + 1) - len(self.failures)
        self.failures += [failure] * left
        self.count = len(self.failures)
