"""A verdict while you type: tasks are tested again as they are saved."""
import contextlib
import os
import tempfile
import textwrap
import time
from pathlib import Path

from grader import job as jobs
from grader import report
from grader.course import STEMS
from grader.stubs import not_begun
from grader.students import skipped

POLL = 0.05  # seconds between two looks at the folder
DONE, FAILING, NOT_BEGUN = 'done', 'failing', 'not begun'
ALL_DONE = 'All fourteen tasks are done. Congratulations: you know Keras!'


def saved(folder):
    """Notes of each Python file in a folder what a save changes."""
    files = {}
    for name, below, inside in os.walk(folder):
        out = skipped(name, below + inside)
        below[:] = [part for part in below if part not in out]
        for path in (Path(name, part) for part in inside if part not in out):
            with contextlib.suppress(OSError):  # it has just vanished
                found = path.stat()
                files[path] = found.st_mtime_ns, found.st_size, found.st_ino
    return files


def watch(folder, seconds, versions):
    """Tests the tasks of a folder, and again what is saved.

    Args:
        folder: path object.
        seconds: float. How long a call may take.
        versions: str. The stack, for the head of the screen.

    Yields:
        str. The screen, whenever it changes.
    """
    verdicts = {}  # of each task, its state and its text
    queue, job, last = list(STEMS), None, None
    seen = before = saved(folder)
    shown = ''
    with tempfile.TemporaryDirectory() as scratch:
        try:
            while True:
                now = saved(folder)
                # A file may be half written: wait until two looks agree.
                if now == before != seen:
                    changed = [path for path in {**now, **seen}
                               if now.get(path) != seen.get(path)]
                    seen = now
                    stems = [stem for stem in STEMS
                             if folder / f'{stem}.py' in changed]
                    if len(stems) == 1:
                        last, = stems
                    if len(stems) < len(changed):  # a helper of the student's
                        current = first_unsolved(verdicts)
                        stems += [current] if current else STEMS
                    if job:
                        job.stop()
                        stems, job = [*stems, job.stem], None
                    queue = list(dict.fromkeys(stems + queue))
                before = now
                while queue and not job:
                    stem = queue.pop(0)
                    reason = not_begun(folder, stem)
                    if reason:
                        verdicts[stem] = NOT_BEGUN, report.verdict(
                            stem, [reason])
                    else:
                        job = jobs.Job(folder, stem, scratch, seconds)
                        jobs.start_spare()  # for the next one
                screen = render(folder, verdicts, last, job and job.stem,
                                versions)
                if screen != shown:
                    shown = screen
                    yield screen
                if job:
                    time.sleep(POLL)
                    job.look()
                    if job.done:
                        found, _ = report.failures(job.results, job.stem)
                        verdicts[job.stem] = (
                            (FAILING, report.verdict(job.stem, found[:1]))
                            if found else (DONE, ''))
                        job = None
                else:
                    time.sleep(POLL)
        finally:
            if job:
                job.stop()


def first_unsolved(verdicts):
    """Returns the first task that isn't done, or None."""
    return next((stem for stem in STEMS
                 if verdicts.get(stem, ('',))[0] != DONE), None)


def render(folder, verdicts, last, tested, versions):
    """Draws the screen."""
    lines = [versions, str(folder), '']
    for stem in STEMS:
        state, _ = verdicts.get(stem, ('', ''))
        state = '...' if stem == tested else state
        lines.append(f'{stem:<14}{state}'.rstrip())
    lines.append('')
    stem = last if verdicts.get(last, ('',))[0] == FAILING else (
        first_unsolved(verdicts))
    if not folder.is_dir():
        lines.append(textwrap.fill(f'The folder {folder} is gone.', 79))
    elif stem is None:
        lines.append(ALL_DONE)
    elif stem in verdicts:
        lines.append(verdicts[stem][1])
    return '\n'.join(lines).rstrip() + '\n'
