"""What the exam's tests share in pytest, whoever starts it."""
import os
from pathlib import Path

import pytest

from grader import child, report
from grader.students import ROOT, STEMS


def pytest_addoption(parser):
    parser.addoption('--solutions', metavar='FOLDER', type=Path, default=ROOT,
                     help='test the task files in FOLDER instead of this '
                     "library's (python -m grader grade gives points too)")


def pytest_collectstart():
    """Before a test is collected; with -n, in the workers alone."""
    child.import_tensorflow()


@pytest.fixture(scope='module', autouse=True)
def graded_task(request, tmp_path_factory):
    """Tells the exam which folder and which task it is about.

    The current folder is one in which nothing else happens.
    """
    stem = getattr(request.module, 'STEM', None)
    if stem in STEMS:
        from grader import expect

        if not expect.current.stem:  # and not in a process of `child`
            expect.current.folder = (
                request.config.option.solutions.absolute())
            expect.current.stem = stem
            before = os.getcwd()
            os.chdir(tmp_path_factory.mktemp('current'))
            yield
            os.chdir(before)
            expect.current.stem = ''
            expect.forget()
            return
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    made = yield
    if call.excinfo is not None and item.path.parent == (
            ROOT / 'tests' / 'tasks'):
        made.failure = child.failure_of(call.excinfo.value)
        made.longrepr = report.sentence(made.failure, item.module.STEM)
        made.outcome = 'failed'  # also where the task file skips the test
    return made
