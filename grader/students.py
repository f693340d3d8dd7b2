"""Which folders are graded, and what they are called."""
import contextlib
import glob
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

from grader.course import ROOT, STEMS

MOST_FILES, MOST_BYTES = 5000, 200 * 10 ** 6  # that are copied of a homework


class NothingToGrade(Exception):
    """There is no folder with a task file."""


def skipped(folder, names):
    """Lists the names in a folder that hold nothing of the student's.

    These are hidden files, virtual environments, and what isn't Python.
    """
    return [name for name in names if name[0] == '.'
            or name in ('site-packages', 'node_modules', '__pycache__')
            or not name.endswith('.py') and not os.path.isdir(
                os.path.join(folder, name))
            or os.path.exists(os.path.join(folder, name, 'pyvenv.cfg'))]


def copy(folder, target):
    """Copies what is the student's in a folder, as far as it can be read.

    A link to a file inside the folder is copied, and one to a folder is
    followed once. One that leads out of it is left out.

    Returns:
        str. What was too much to be copied, or ''.
    """
    home, seen, files, size = folder.resolve(), set(), 0, 0
    target.mkdir()
    for name, below, inside in os.walk(folder, followlinks=True):
        real = Path(name).resolve()
        if real in seen or not real.is_relative_to(home):
            below[:] = []
            continue
        seen.add(real)
        out = skipped(name, below + inside)
        below[:] = [part for part in below if part not in out]
        here = target / os.path.relpath(name, folder)
        here.mkdir(exist_ok=True)
        for part in inside:
            path = Path(name, part)
            if part in out or not path.is_file() or not (
                    path.resolve().is_relative_to(home)):
                continue
            files, size = files + 1, size + path.stat().st_size
            if files > MOST_FILES or size > MOST_BYTES:
                return (f'more than {MOST_FILES:,} files or '
                        f'{MOST_BYTES // 10 ** 6} MB: the rest is left out')
            with contextlib.suppress(OSError):  # what can't be read
                shutil.copyfile(path, here / part)
    return ''


def find_students(pattern):
    """Finds the folders to grade.

    Args:
        pattern: str. A folder, or a pattern of several. A folder of exactly
            that name is no pattern, whatever brackets are in it.

    Returns:
        List of a namespace for each student, and whether it may be several.

    Raises:
        NothingToGrade: if there is none, with the reason.
    """
    if not pattern.strip():
        raise NothingToGrade('Name the folder to grade.')
    path = os.path.abspath(os.path.expanduser(pattern))
    exists = next(parent for parent in (Path(path), *Path(path).parents)
                  if parent.exists())
    several = path != str(exists)
    names = [path]
    if several:
        rest = os.path.relpath(path, exists)
        names = sorted(glob.glob(os.path.join(glob.escape(exists), rest)))
    zips = [name for name in names if name.endswith('.zip')]
    found = [name for name in names if os.path.isdir(name)]
    folders = [name for name in found if Path(name).resolve() != ROOT]
    if not folders:
        what = ('is this library itself, not a folder of solutions' if found
                else 'is a zip file: unzip it first' if zips
                else 'is not a folder' if os.path.exists(path)
                else 'does not exist')
        raise NothingToGrade(f'{path} {what}.')
    base = os.path.commonpath([os.path.dirname(name)
                               for name in folders + zips])
    students = [
        find_student(Path(name), os.path.relpath(name, base))
        if name in folders else SimpleNamespace(
            folder=Path(name), label=os.path.relpath(name, base), stems=[],
            results={}, note='a zip file: unzip it first')
        for name in sorted(folders + zips)]
    if not any(student.stems for student in students):
        notes = {student.note for student in students}
        raise NothingToGrade(
            f'{path} holds none of the task files, {STEMS[0]}.py to '
            f'{STEMS[-1]}.py ({"; ".join(sorted(notes))}).')
    return students, several


def find_student(folder, label):
    """Finds the task files in a folder or below it."""
    held, notebooks = {}, False
    for name, below, files in os.walk(folder):
        out = skipped(name, below)
        below[:] = sorted(part for part in below if part not in out
                          and Path(name, part).resolve() != ROOT)
        held[Path(name)] = [stem for stem in STEMS if f'{stem}.py' in files]
        notebooks |= any(file.endswith('.ipynb') for file in files)
    best = max(held, key=lambda path: (len(held[path]), -len(path.parts)))
    note = '' if best == folder else f'files found in {label}/' + str(
        best.relative_to(folder))
    if not held[best]:
        note = ('a notebook, and none of the task files' if notebooks
                else 'none of the task files')
    return SimpleNamespace(folder=best, label=label, stems=held[best],
                           results={}, note=note)
