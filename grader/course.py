"""The fourteen tasks, and where their answers, tests and pages are.

In a clone they are beside this package; a wheel holds a copy within it.
"""
import os
import tempfile
from pathlib import Path

STEMS = ['0-sequential', '1-input', '2-optimize', '3-one_hot', '4-train',
         '5-train', '6-train', '7-train', '8-train', '9-model', '10-weights',
         '11-config', '12-test', '13-predict']
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent  # where the answers are
# The clone first: an editable installation has a copy, which would be old.
CLONE = (ROOT / 'pyproject.toml').is_file()
TASKS = ROOT / 'tests' / 'tasks' if CLONE else HERE / 'tasks'
MAINS = ROOT / 'tests' / 'mains' if CLONE else HERE / 'mains'
PAGE = ROOT / 'docs' / 'tasks.md' if CLONE else HERE / 'tasks.md'


def number_of(stem):
    """Returns a task's number, as text."""
    return stem.split('-')[0]


def exam_file(stem):
    """Returns the path of a task's tests."""
    number, name = stem.split('-')
    return TASKS / f'test_{int(number):02}_{name}.py'


def main_file(stem):
    """Returns the path of a task's main."""
    return MAINS / f'{number_of(stem)}-main.py'


def other_disk(process):
    """Returns a folder for a process's temporary files, on another disk.

    There is one in memory on Linux, as `/tmp` itself is on some systems.
    """
    memory = Path('/dev/shm')
    where = memory if os.access(memory, os.W_OK) else tempfile.gettempdir()
    return Path(where, f'exam-{process}')
