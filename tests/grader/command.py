"""What is to be graded: the options, and the folders that they name."""
import gc
import glob
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
STEMS = ['0-sequential', '1-input', '2-optimize', '3-one_hot', '4-train',
         '5-train', '6-train', '7-train', '8-train', '9-model', '10-weights',
         '11-config', '12-test', '13-predict']


def import_tensorflow():
    """Imports TensorFlow in silence, where it is needed at all.

    It takes seconds, a quarter of them for Python's search for garbage among
    its modules, and some lines of its log heed no variable.
    """
    if 'tensorflow' in sys.modules:
        return
    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
    stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    gc.disable()
    try:
        import tensorflow as tf
        tf.keras.Model
    finally:
        gc.freeze()
        gc.enable()
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(nowhere)
    # It would rewrite each graph to be quick, for longer than a test runs.
    tf.config.optimizer.set_experimental_options(
        {'disable_meta_optimizer': True})


def pytest_collectstart():
    """Before a test is collected; with -n, in the workers alone."""
    import_tensorflow()


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
    for plugin in config.pluginmanager.get_plugins():
        path = Path(getattr(plugin, '__file__', None) or __file__)
        if path.name == 'conftest.py' and ROOT not in path.parents:
            raise pytest.UsageError(f'pytest has run {path}. Write '
                                    '--solutions=FOLDER, with =, and it is '
                                    'not run.')
    if option.task and not re.fullmatch('0*([0-9]|1[0-3])', option.task):
        raise pytest.UsageError(f"The task must be one number from 0 to 13, "
                                f"not '{option.task}'.")
    students = find_students(option.solutions)
    option.dist = 'no'  # pytest-xdist's: each task has a process anyway
    from tests.grader import processes
    processes.prepare()
    import_tensorflow()
    from tests.grader import grading
    config.pluginmanager.register(grading.Grader(config, *students))


def test_file(stem):
    """Gives the path of a task's tests."""
    number, name = stem.split('-')
    return ROOT / 'tests' / 'tasks' / f'test_{int(number):02}_{name}.py'


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
                                'DIR=FOLDER, or --solutions=FOLDER.')
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
