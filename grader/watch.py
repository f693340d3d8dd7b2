"""A homework that is tested while its owner types, and saves.

`Homework` knows how the tasks stand, and `screen.py` shows it on a terminal.
Where there is none, `lines` prints a verdict after the other.
"""
import contextlib
import os
import time
from dataclasses import dataclass, field

from grader import job as jobs
from grader import report
from grader.course import STEMS
from grader.stubs import not_begun
from grader.students import skipped

POLL = 0.1  # seconds between two looks at the task files
OTHERS = 2  # seconds between two looks at the rest of the folder
WAITING, TESTING, DONE, FAILING, NOT_BEGUN = (
    'waiting', 'testing', 'done', 'failing', 'not begun')
ALL_DONE = ('All fourteen tasks are done. Congratulations: you know Keras! '
            'What to read next: docs/objectives.md, and our answers, which '
            'say why they do what yours may not.')


@dataclass
class Verdict:
    """How a task stands.

    Attributes:
        state: str. One of the words above.
        failures: list of `Failure`. The first, and no others.
        points: float, or None while they aren't known.
    """

    state: str = WAITING
    failures: list = field(default_factory=list)
    points: float = None


class Homework:
    """The tasks of a folder, tested again when they are saved.

    Args:
        folder: path object.
        seconds: float. How long a call may take.
        scratch: path object. Where to copy the folder.

    Attributes:
        tasks: dict. For each task its `Verdict`.
        job: `Job` that runs, or None.
        last: str. The task that was saved last, or None.
    """

    def __init__(self, folder, seconds, scratch):
        self.folder, self.seconds, self.scratch = folder, seconds, scratch
        self.tasks = {stem: Verdict() for stem in STEMS}
        self.queue, self.job, self.last = list(STEMS), None, None
        self.tested = {}  # of each task, the text that it was tested with
        self.seen = self.before = task_files(folder)
        self.others, self.looked = other_files(folder), time.monotonic()

    def look(self):
        """Looks for what was saved, and at the task that is tested."""
        now = task_files(self.folder)
        # A file may be half written: wait until two looks agree.
        if now == self.before != self.seen:
            changed = [stem for stem in STEMS if now[stem] != self.seen[stem]]
            self.seen = now
            # Some editors save a file twice.
            changed = [stem for stem in changed if self.text(stem) is None
                       or self.text(stem) != self.tested.get(stem)]
            self.last = changed[0] if len(changed) == 1 else self.last
            self.test(changed)
        self.before = now
        if time.monotonic() - self.looked > OTHERS:
            others = other_files(self.folder)
            if others != self.others:  # a helper of the student's
                self.test([self.first_unsolved() or STEMS[0]])
            self.others, self.looked = others, time.monotonic()
        if self.job:
            self.job.look()
            self.take()
        while self.queue and not self.job:
            self.start(self.queue.pop(0))

    def test(self, stems):
        """Has tasks tested before all others, and from their beginning."""
        if stems and self.job:
            stems = [*stems, self.job.stem]
            self.stop()
        self.queue = list(dict.fromkeys([*stems, *self.queue]))

    def start(self, stem):
        """Starts the test of a task, if there is something to test."""
        self.tested[stem] = self.text(stem)
        reason = not_begun(self.folder, stem)
        if reason:
            self.tasks[stem] = Verdict(NOT_BEGUN, [reason])
            return
        self.tasks[stem].state = TESTING
        self.job = jobs.Job(self.folder, stem, self.scratch, self.seconds)
        jobs.start_spare()  # for the next one

    def take(self):
        """Takes the verdict of a test as soon as there is one."""
        verdict = self.tasks[self.job.stem]
        found, _ = report.failures(self.job.results, self.job.stem)
        if found:  # the rest has a say in the points alone
            verdict.state, verdict.failures = FAILING, found[:1]
            verdict.points = None
        if self.job.done:
            if not found:
                verdict.state, verdict.failures = DONE, []
            verdict.points = report.points(self.job.results)
            self.job = None

    def stop(self):
        """Ends the test that runs."""
        if self.job:
            self.job.stop()
            self.job = None

    def text(self, stem):
        """Returns what is in a task's file, or None."""
        with contextlib.suppress(OSError):
            return (self.folder / f'{stem}.py').read_bytes()

    def first_unsolved(self):
        """Returns the first task that isn't done, or None."""
        return next((stem for stem in STEMS
                     if self.tasks[stem].state != DONE), None)


def task_files(folder):
    """Notes of each task's file what a save changes."""
    files = dict.fromkeys(STEMS)
    for stem in STEMS:
        with contextlib.suppress(OSError):  # there is none
            found = os.stat(folder / f'{stem}.py')
            files[stem] = found.st_mtime_ns, found.st_size, found.st_ino
    return files


def other_files(folder):
    """Notes the same of all other files in Python."""
    files = {}
    for name, below, inside in os.walk(folder):
        out = skipped(name, below)
        below[:] = [part for part in below if part not in out]
        for part in inside:
            if part.endswith('.py') and part[:-3] not in STEMS:
                with contextlib.suppress(OSError):  # it has just vanished
                    path = os.path.join(name, part)
                    found = os.stat(path)
                    files[path] = found.st_mtime_ns, found.st_size
    return files


def lines(homework):
    """Looks for ever; yields a text for each verdict that has changed."""
    told = {}
    while True:
        homework.look()
        for stem, verdict in homework.tasks.items():
            state = verdict.state, verdict.failures
            if state != told.get(stem) and (
                    verdict.state not in (WAITING, TESTING)):
                told[stem] = state
                yield f'{stem:<14}{verdict.state}\n' + (
                    report.verdict(stem, verdict.failures)
                    if verdict.state == FAILING else '')
                if not homework.first_unsolved():
                    yield f'{ALL_DONE}\n'
            elif verdict.state == TESTING:
                told.pop(stem, None)
        time.sleep(POLL)
