"""Grading any folder: `pytest tests/tasks --solutions FOLDER`."""
import glob
import os
import re
import sys
import tempfile
from multiprocessing import connection
from pathlib import Path
from types import SimpleNamespace

import processes
import pytest
import results

ROOT = Path(__file__).parents[2]
TASKS = ROOT / 'tests' / 'tasks'
STEMS = ['0-sequential', '1-input', '2-optimize', '3-one_hot', '4-train',
         '5-train', '6-train', '7-train', '8-train', '9-model', '10-weights',
         '11-config', '12-test', '13-predict']


def pytest_addoption(parser):
    group = parser.getgroup('grading')
    group.addoption('--solutions', metavar='FOLDER',
                    help='grade the task files in FOLDER (or FOLDERS, with a '
                    'pattern) instead of testing this library')
    group.addoption('--task', metavar='N', help='grade this task alone')
    group.addoption('--seconds', metavar='N', type=float, default=20,
                    help='stop a call after so long (default: %(default)s; '
                    'the slowest takes 2)')
    group.addoption('--json', metavar='FILE', dest='json_file', type=Path,
                    help="write the grades as Gradescope's results.json")
    group.addoption('--feedback', metavar='FOLDER', type=Path,
                    help='write a file for each student, and grades.csv')


def pytest_configure(config):
    option = config.option
    if option.solutions is None:
        return
    if not hasattr(os, 'fork'):
        raise pytest.UsageError('Grading needs fork, which native Windows '
                                "doesn't have: use Linux, or WSL.")
    if option.task and not re.fullmatch('0*([0-9]|1[0-3])', option.task):
        raise pytest.UsageError(f"The task must be one number from 0 to 13, "
                                f"not '{option.task}'.")
    config.pluginmanager.register(processes)
    config.pluginmanager.register(
        Grader(config, *find_students(option.solutions)))


def find_students(pattern):
    """Finds the folders to grade.

    Args:
        pattern: str. A folder, or a pattern of several. What exists by that
            name is no pattern, whatever brackets are in it.

    Returns:
        List of a namespace for each student, and whether it may be several.

    Raises:
        pytest.UsageError: if there is nothing to grade.
    """
    if not pattern.strip():
        raise pytest.UsageError('Name the folder to grade: make grade '
                                'DIR=FOLDER, or --solutions FOLDER.')
    path = os.path.abspath(os.path.expanduser(pattern))
    exists = next(parent for parent in (Path(path), *Path(path).parents)
                  if parent.exists())
    several = path != str(exists)
    names = [path]
    if several:
        rest = os.path.relpath(path, exists)
        names = sorted(glob.glob(os.path.join(glob.escape(exists), rest)))
    found = [name for name in names if os.path.isdir(name)]
    folders = [name for name in found if Path(name).resolve() != ROOT]
    if not folders:
        what = ('is this library itself, not a folder of solutions' if found
                else 'is not a folder' if os.path.exists(path)
                else 'does not exist')
        raise pytest.UsageError(f'{path} {what}.')
    base = os.path.commonpath([os.path.dirname(name) for name in folders])
    students = [find_student(Path(name), os.path.relpath(name, base))
                for name in folders]
    if not any(student.stems for student in students):
        raise pytest.UsageError(f'{path} holds none of the task files, '
                                f'{STEMS[0]}.py to {STEMS[-1]}.py.')
    return students, several


def find_student(folder, label):
    """Finds the task files in a folder or below it."""
    held = {}
    for name, below, files in os.walk(folder):
        below[:] = sorted(
            part for part in below if part[0] != '.' and part != 'venv'
            and Path(name, part).resolve() != ROOT)
        held[Path(name)] = [stem for stem in STEMS if f'{stem}.py' in files]
    best = max(held, key=lambda path: (len(held[path]), -len(path.parts)))
    note = '' if best == folder else f'files found in {label}/' + str(
        best.relative_to(folder))
    return SimpleNamespace(
        folder=best, label=label, stems=held[best], failures={},
        note=note if held[best] else 'none of the task files')


class Grader:
    """The hooks that hold while folders are graded."""

    def __init__(self, config, students, several):
        self.config, self.students = config, students
        self.several = several

    def pytest_ignore_collect(self, collection_path):
        if TASKS not in (collection_path, *collection_path.parents):
            return collection_path not in TASKS.parents
        task = self.config.option.task
        if task and collection_path.suffix == '.py':
            return not collection_path.name.startswith(
                f'test_{int(task):02}_')

    def pytest_runtestloop(self, session):
        tests = {}
        for item in session.items:
            tests.setdefault(item.module.STEM, []).append(item)
        # For pytest's temporary folders, one base for all processes.
        self.config._tmp_path_factory.getbasetemp()
        waiting = []
        for student in self.students:
            for stem, items in tests.items():
                student.failures[stem] = None
                if stem in student.stems:
                    waiting.append((student, stem, items))
                else:
                    missing = f'There is no file {stem}.py.'
                    student.failures[stem] = [(missing, missing)] * len(items)
                    session.testsfailed += 1
        running = {}
        with tempfile.TemporaryDirectory() as scratch:
            while waiting or running:
                while waiting and len(running) < (os.cpu_count() or 1):
                    student, stem, items = waiting.pop(0)
                    job = processes.Job(student.folder, items, scratch)
                    running[job] = student
                connection.wait([job.pipe for job in running], timeout=1)
                for job in running:
                    job.read()
                for job in [job for job in running if job.done]:
                    student = running.pop(job)
                    student.failures[job.stem] = job.failures
                    session.testsfailed += results.points(job.failures) < 1
                    if self.several and all(student.failures.values()):
                        print(f'graded {student.label}', file=sys.__stderr__)
        return True

    def pytest_terminal_summary(self, terminalreporter):
        students, option = self.students, self.config.option
        if not all(student.failures and all(student.failures.values())
                   for student in students):
            return  # there were no tests, or the run was interrupted
        terminalreporter.ensure_newline()
        terminalreporter.write(results.table(students) if self.several
                               else results.feedback(students[0]))
        for student in students:
            for failures in student.failures.values():
                kind = 'passed' if results.points(failures) == 1 else 'failed'
                terminalreporter.stats.setdefault(kind, []).append(failures)
        terminalreporter.reportchars = ''  # the messages are above
        if option.json_file:
            results.write_json(students, option.json_file, self.several)
        if option.feedback:
            results.write_feedback(students, option.feedback)
