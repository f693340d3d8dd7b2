"""What the exam's tests share in pytest, whoever starts it."""
import os
import tempfile
from pathlib import Path

import pytest

from grader import child, report
from grader.course import ROOT, STEMS, TASKS


def pytest_addoption(parser):
    parser.addoption('--solutions', metavar='FOLDER', type=Path, default=ROOT,
                     help='test the task files in FOLDER instead of this '
                     "library's (python -m grader grade gives points too)")


def pytest_collectstart():
    """Before a test is collected; with -n, in the workers alone."""
    child.import_tensorflow()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Puts last in a file what all tasks share, but the prototypes."""
    files = [item.path for item in items]
    items.sort(key=lambda item: (files.index(item.path), item.name in (
        'test_main', 'test_changes_nothing_else')))


@pytest.fixture(scope='module', autouse=True)
def graded_task(request, tmp_path_factory):
    """Tells the exam which folder and which task it is about.

    Calls get their folders in one that pytest deletes.
    """
    stem = getattr(request.module, 'STEM', None)
    if stem in STEMS:
        import tensorflow.keras as K  # in workers alone

        from grader.exam import expect

        K.utils.set_random_seed(7919)
        if not expect.current.stem:  # and not in a process of `child`
            expect.current.folder = (
                request.config.option.solutions.absolute())
            expect.current.stem = stem
            before = os.getcwd(), tempfile.tempdir
            tempfile.tempdir = str(tmp_path_factory.mktemp('calls'))
            yield
            os.chdir(before[0])
            tempfile.tempdir = before[1]
            expect.current.stem = ''
            expect.forget()
            return
    yield


@pytest.fixture(autouse=True)
def own_folder(request, tmp_path, monkeypatch):
    """A current folder of its own for every test."""
    if request.path.parent == TASKS:
        monkeypatch.chdir(tmp_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    made = yield
    if call.excinfo is not None and item.path.parent == TASKS:
        made.failure = child.failure_of(call.excinfo.value)
        made.longrepr = report.sentence(made.failure, item.module.STEM)
        made.outcome = 'failed'  # also where the task file skips the test
    return made
