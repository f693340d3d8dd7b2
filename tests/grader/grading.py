"""Grading any folder: `pytest tests/tasks --solutions=FOLDER`."""
import os
import sys
import tempfile
from multiprocessing import connection

from tests.grader import processes, results
from tests.grader.command import ROOT
from tests.grader.form import no_file

TASKS = ROOT / 'tests' / 'tasks'


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
                    missing = no_file(student.folder / f'{stem}.py')
                    student.failures[stem] = [(missing, missing)] * len(items)
                    session.testsfailed += 1
        running = {}
        with tempfile.TemporaryDirectory() as scratch:
            while waiting or running:
                # One more than processors, as each waits to start and to end.
                while waiting and len(running) <= (os.cpu_count() or 1):
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
