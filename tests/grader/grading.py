"""Grading any folder: `pytest tests --solutions FOLDER [--json FILE]`.

Each task runs in a process of its own, forked when the tests are collected
and TensorFlow is imported, and on a copy of the folder. So a task file that
hangs, crashes or spoils something fails its own task and no other.
"""
import contextlib
import glob
import itertools
import json
import math
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from multiprocessing import connection
from pathlib import Path

import graded
import pytest
from _pytest.runner import runtestprotocol

RESTARTS = 2  # of a task whose process ends or hangs
MEMORY = 8 * 2 ** 30  # bytes of address space; TensorFlow itself takes 4
STEMS = ['0-sequential', '1-input', '2-optimize', '3-one_hot', '4-train',
         '5-train', '6-train', '7-train', '8-train', '9-model', '10-weights',
         '11-config', '12-test', '13-predict']
SKIPPED = shutil.ignore_patterns('.*', '__pycache__', '*.npz', '*.keras',
                                 '*.h5', 'venv')


def pytest_addoption(parser):
    group = parser.getgroup('grading')
    group.addoption('--solutions', metavar='FOLDER',
                    help='grade the task files in FOLDER (or FOLDERS, with a '
                    'pattern) instead of testing this library')
    group.addoption('--seconds', metavar='N', type=float, default=40,
                    help='stop a test after so long (default: %(default)s; '
                    'the slowest takes 3)')
    group.addoption('--json', metavar='FILE', dest='json_file',
                    help="write the grades as Gradescope's results.json")


def pytest_configure(config):
    pattern = config.option.solutions
    if not pattern:
        return
    found = [Path(name).resolve() for name in sorted(glob.glob(pattern))]
    folders = [folder for folder in found if any(
        (folder / f'{stem}.py').is_file() for stem in STEMS)]
    if not folders:
        what = 'holds none of the task files' if found else 'does not exist'
        raise pytest.UsageError(
            f'--solutions {pattern}: {what} (0-sequential.py to '
            '13-predict.py)')
    config.pluginmanager.register(Grader(config, folders))


class Grader:
    """The hooks that hold while folders are graded, and their results."""

    def __init__(self, config, folders):
        self.config, self.folders = config, folders
        self.several = glob.has_magic(config.option.solutions)
        self.tasks = []  # of the tests that were selected
        self.failures = {}  # the messages by folder and task, '' for a pass

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        extra = [item for item in items if item.get_closest_marker('extra')]
        config.hook.pytest_deselected(items=extra)
        items[:] = [item for item in items if item not in extra]
        self.tasks = list(dict.fromkeys(item.module.STEM for item in items))

    def pytest_runtestloop(self, session):
        self.config._tmp_path_factory.getbasetemp()  # one for all processes
        waiting = [
            Job(folder, [item for item in session.items
                         if item.module.STEM == stem])
            for folder in self.folders for stem in self.tasks]
        running = []
        with tempfile.TemporaryDirectory() as scratch:
            while waiting or running:
                while waiting and len(running) < (os.cpu_count() or 1):
                    job = waiting.pop(0)
                    job.begin(scratch)
                    if job.done:
                        self.finish(session, job)
                    else:
                        running.append(job)
                connection.wait([job.pipe for job in running], timeout=1)
                for job in running:
                    job.read()
                for job in [job for job in running if job.done]:
                    running.remove(job)
                    self.finish(session, job)
        return True

    def finish(self, session, job):
        """Reports a job's tests, as if they had run in this process."""
        self.failures[job.folder, job.stem] = [
            job.message(item) for item in job.items]
        if self.several:
            session.testsfailed += sum(map(
                bool, self.failures[job.folder, job.stem]))
            if all((job.folder, stem) in self.failures
                   for stem in self.tasks):
                print(f'graded {job.folder.name}', file=sys.__stderr__)
            return
        for item in job.items:
            item.ihook.pytest_runtest_logstart(
                nodeid=item.nodeid, location=item.location)
            for report in job.reports[item.nodeid]:
                item.ihook.pytest_runtest_logreport(report=report)
            item.ihook.pytest_runtest_logfinish(
                nodeid=item.nodeid, location=item.location)

    def pytest_report_teststatus(self, report):
        if report.when == 'call' and report.failed:
            return 'failed', 'F', 'FAILED'

    def count(self, folder, stem):
        """Counts the tests of a task that pass, and all of them."""
        failures = self.failures[folder, stem]
        return failures.count(''), len(failures)

    def grade(self, folder, stem):
        passed, count = self.count(folder, stem)
        if not (folder / f'{stem}.py').is_file():
            return '-' if self.several else 'no file'
        return 'passed' if passed == count else f'{passed} of {count}'

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.stats.pop('deselected', None)
        terminalreporter.reportchars = ''  # the messages are above
        write = terminalreporter.write_line
        terminalreporter.section('grades')
        if self.several:
            numbers = [stem.split('-')[0] for stem in self.tasks]
            width = max(len(folder.name) for folder in self.folders)
            write(' ' * width + ''.join(f'{n:>7}' for n in numbers))
            for folder in self.folders:
                grades = [self.grade(folder, stem).replace(' of ', '/')
                          .replace('passed', 'ok') for stem in self.tasks]
                write(f'{folder.name:<{width}}'
                      + ''.join(f'{grade:>7}' for grade in grades))
            for message in itertools.chain(*self.failures.values()):
                terminalreporter.stats.setdefault(
                    'failed' if message else 'passed', []).append(message)
        else:
            for stem in self.tasks:
                write(f'{stem:<14}{self.grade(self.folders[0], stem)}')
            tasks = sum(self.grade(self.folders[0], stem) == 'passed'
                        for stem in self.tasks)
            write(f'{"total":<14}{tasks} of {len(self.tasks)} tasks')
        if self.config.option.json_file:
            self.write_json()

    def write_json(self):
        """Writes the grades; those of several folders by their names."""
        results = {}
        for folder in self.folders:
            tests = []
            for stem in self.tasks:
                passed, count = self.count(folder, stem)
                tests.append({
                    'name': f'{stem}.py', 'number': stem.split('-')[0],
                    'score': passed, 'max_score': count,
                    'status': 'passed' if passed == count else 'failed',
                    'output': '\n'.join(filter(
                        None, self.failures[folder, stem]))})
            results[folder.name] = {
                'score': sum(test['score'] for test in tests),
                'tests': tests}
        if not self.several:
            results = results[self.folders[0].name]
        Path(self.config.option.json_file).write_text(
            json.dumps(results, indent=2), encoding='utf-8')


class Job:
    """One task of one folder, in a process of its own."""

    def __init__(self, folder, items):
        self.folder, self.items = folder, items
        self.stem = items[0].module.STEM
        self.reports = {item.nodeid: [] for item in items}
        self.options = items[0].config.option
        self.left, self.starts, self.done = list(items), 0, False
        self.failed = 0  # tests, for pytest's --maxfail

    def begin(self, scratch):
        """Starts the tests, unless there is no file to test."""
        if (self.folder / f'{self.stem}.py').is_file():
            self.start(scratch)
        else:
            self.fail(self.items, f'There is no file {self.stem}.py.')
            self.done = True

    def start(self, scratch):
        """Copies the folder, and forks a process for the tests left."""
        self.scratch, self.loaded = scratch, False
        copy = Path(tempfile.mkdtemp(dir=scratch)) / 'solutions'
        shutil.copytree(self.folder, copy, ignore=SKIPPED,
                        ignore_dangling_symlinks=True)
        self.pipe, pipe = multiprocessing.Pipe(duplex=False)
        self.starts += 1
        self.process = multiprocessing.get_context('fork').Process(
            target=run, args=(copy, self.stem, self.left, pipe), daemon=True)
        self.process.start()
        pipe.close()
        self.since = time.monotonic()

    def read(self):
        """Takes the reports that have come, and notes an end."""
        with contextlib.suppress(EOFError):
            while self.left and self.pipe.poll():
                kind, value = self.pipe.recv()
                self.since = time.monotonic()
                if kind == 'loaded':
                    self.loaded = True
                elif kind == 'report':
                    config = self.items[0].config
                    report = config.hook.pytest_report_from_serializable(
                        config=config, data=value)
                    self.reports[report.nodeid].append(report)
                    self.failed += report.failed
                else:
                    self.left.pop(0)
                    if self.failed >= (self.options.maxfail or math.inf):
                        self.fail(self.left, 'Not tested, as the task has '
                                  'failed before.')
                        self.left = []
            if not self.left:
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
        if self.left and not self.loaded:
            self.fail(self.left, f'Importing {self.stem}.py must work, but '
                      f'it {reason}.')
        elif self.left:
            self.fail([self.left.pop(0)], f'A call in this test {reason}.')
            if self.left and self.starts <= RESTARTS:
                self.start(self.scratch)
                return
            self.fail(self.left, f'Not tested, as {self.stem}.py {reason} '
                      'in other tests.')
        self.done = True

    def fail(self, items, message):
        for item in items:
            self.reports[item.nodeid] = [pytest.TestReport(
                item.nodeid, item.location, {}, 'failed', message, 'call')]

    def message(self, item):
        """Gives the message of a test's failure, '' if it passes."""
        return next((str(report.longrepr)
                     for report in self.reports[item.nodeid]
                     if report.failed), '')


def run(folder, stem, items, pipe):
    """Runs a task's tests in a forked process, and sends their reports."""
    os.setsid()
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
    graded.folder = folder
    with contextlib.suppress(pytest.fail.Exception):
        graded.load(stem)
    pipe.send(('loaded', None))
    config = items[0].config
    for item, after in zip(items, [*items[1:], None]):
        for report in runtestprotocol(item, log=False, nextitem=after):
            if report.failed:
                report.when = 'call'
            if report.failed or report.when == 'call':
                pipe.send(('report', config.hook.pytest_report_to_serializable(
                    config=config, report=report)))
        pipe.send(('tested', None))
    pipe.close()
    os._exit(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Says in a sentence what a task file raised."""
    report = yield
    if (item.config.option.solutions and report.failed
            and not isinstance(call.excinfo.value, pytest.fail.Exception)):
        stem = item.module.STEM
        error = graded.where(call.excinfo.value, graded.folder / f'{stem}.py')
        call = graded.last_call[0]
        start = f'Called {call}. It' if call else f'Testing {stem}.py'
        report.longrepr = (f'{start} raised {error}, but task '
                           f'{stem.split("-")[0]} asks for it to work.')
    return report
