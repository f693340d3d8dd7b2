"""Grading any folder: `pytest tests/tasks --solutions=FOLDER`."""
import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.grader import processes, results
from tests.grader.command import STEMS, test_file


class Grader:
    """The hooks that hold while folders are graded."""

    def __init__(self, config, students, several):
        self.config, self.students = config, students
        self.several = several

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        """Chooses the tasks; each one's process collects its tests."""
        self.arguments = {}
        task, folder = self.config.option.task, os.getcwd()
        for stem in STEMS:
            if task and int(task) != int(stem.split('-')[0]):
                continue
            file = test_file(stem)
            for argument in self.config.args:
                name, *inside = argument.split('::')
                if Path(folder, name).resolve() in (file, *file.parents):
                    self.arguments.setdefault(stem, []).append(
                        '::'.join([str(file), *inside]))
        session.testscollected = len(self.arguments)
        return True

    def pytest_runtestloop(self, session):
        option = self.config.option
        plugins = [f'-p{name}' for name in option.plugins]
        waiting = []
        for student in self.students:
            for stem in self.arguments:
                student.failures[stem] = None
                reason = processes.not_begun(student.folder, stem)
                if reason:
                    student.failures[stem] = [(reason, reason)]
                    session.testsfailed += 1
                else:
                    waiting.append((student, stem))
        running = {}
        with tempfile.TemporaryDirectory() as scratch:
            try:
                while waiting or running:
                    # One more than processors, as each waits to start and
                    # to end.
                    while waiting and len(running) <= (os.cpu_count() or 1):
                        student, stem = waiting.pop(0)
                        job = processes.Job(
                            student.folder, stem, scratch, option.seconds,
                            option.maxfail, plugins + self.arguments[stem])
                        running[job] = student
                    processes.wait(running)
                    for job in running:
                        job.read()
                    for job in [job for job in running if job.done]:
                        student = running.pop(job)
                        student.failures[job.stem] = job.failures
                        session.testsfailed += results.points(job.failures) < 1
                        if self.several and all(student.failures.values()):
                            print(f'graded {student.label}',
                                  file=sys.__stderr__)
            finally:
                for job in running:
                    job.stop()
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
