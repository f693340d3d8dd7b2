"""A verdict while you type: `python -m tests.grader.watch FOLDER`.

It shows how far the fourteen tasks are, and what the exam says of one: the
last one saved, or else the first that isn't done. Whatever is saved in the
folder is judged again. Ctrl-C ends it.
"""
import argparse
import contextlib
import os
import signal
import sys
import tempfile
import textwrap
import time
from pathlib import Path

from tests.grader import processes
from tests.grader.command import STEMS, find_student

POLL = 0.05  # seconds between two looks at the folder
DONE, FAILING, NOT_BEGUN = 'done', 'failing', 'not begun'
ALL_DONE = 'All fourteen tasks are done. Congratulations: you know Keras!'


def saved(folder):
    """Notes of each Python file in a folder what a save changes."""
    files = {}
    for name, below, inside in os.walk(folder):
        skipped = processes.not_copied(name, below + inside)
        below[:] = [part for part in below if part not in skipped]
        for path in (Path(name, part) for part in inside
                     if part not in skipped):
            with contextlib.suppress(OSError):  # it has just vanished
                found = path.stat()
                files[path] = found.st_mtime_ns, found.st_size, found.st_ino
    return files


def watch(folder, seconds):
    """Judges the tasks of a folder, and again what is saved.

    Args:
        folder: path object.
        seconds: float. How long a call may take.

    Yields:
        str. The screen, whenever it changes.
    """
    from tests.grader import results

    verdicts = {}  # of each task, its state and its first message
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
                    reason = processes.not_begun(folder, stem)
                    if reason:
                        verdicts[stem] = NOT_BEGUN, reason
                    else:
                        job = processes.Job(folder, stem, scratch, seconds)
                        processes.prepare()  # for the next one
                screen = render(folder, verdicts, last, job and job.stem)
                if screen != shown:
                    shown = screen
                    yield screen
                if job:
                    processes.wait([job], POLL)
                    job.read()
                    if job.done:
                        messages = results.messages(
                            job.failures, task=job.stem.split('-')[0])
                        verdicts[job.stem] = (
                            (FAILING, messages[0]) if messages
                            else (DONE, ''))
                        job = None
                else:
                    time.sleep(POLL)
        finally:
            if job:
                job.stop()


def first_unsolved(verdicts):
    """Gives the first task that isn't done, or None."""
    return next((stem for stem in STEMS
                 if verdicts.get(stem, ('',))[0] != DONE), None)


def render(folder, verdicts, last, judged):
    """Draws the screen."""
    from tests.grader.expectations import stack

    lines = [stack(), str(folder), '']
    for stem in STEMS:
        state, _ = verdicts.get(stem, ('', ''))
        state = '...' if stem == judged else state
        lines.append(f'{stem:<14}{state}'.rstrip())
    lines.append('')
    stem = last if verdicts.get(last, ('',))[0] == FAILING else (
        first_unsolved(verdicts))
    text = ''
    if not folder.is_dir():
        text = f'The folder {folder} is gone.'
    elif stem is None:
        text = ALL_DONE
    elif stem in verdicts:
        state, text = verdicts[stem]
        if state == FAILING:
            lines.append(f'{stem}.py (task {stem.split("-")[0]})')
    lines.append(textwrap.fill(text, 79, break_long_words=False,
                               break_on_hyphens=False))
    return '\n'.join(lines).rstrip() + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folder', help='where your task files are')
    parser.add_argument('--seconds', metavar='N', type=float, default=20,
                        help='stop a call after so long '
                        '(default: %(default)s)')
    options = parser.parse_args()
    folder = Path(os.path.abspath(os.path.expanduser(options.folder)))
    if not options.folder or not folder.is_dir():
        sys.exit(f'There is no folder {options.folder}. '
                 'make start DIR=FOLDER makes one, with a file for each task.')
    folder = find_student(folder, folder.name).folder  # it may be below
    sys.stdout.reconfigure(errors='replace')  # the student's own letters
    # Started in the background by a script, it would not heed Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    clear = ''
    if sys.stdout.isatty():
        os.system('')  # has a terminal of Windows heed the codes
        clear = '\x1b[2J\x1b[H'
    with contextlib.suppress(KeyboardInterrupt):
        print('TensorFlow starts ...', flush=True)
        processes.prepare()
        processes.warm_up()
        for screen in watch(folder, options.seconds):
            print(f'{clear}{screen}', flush=True)


if __name__ == '__main__':
    main()
