"""Which folders are graded, and what they are called."""
import glob
import os
from pathlib import Path
from types import SimpleNamespace

from grader.course import ROOT, STEMS


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
            failures={}, note='a zip file: unzip it first')
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
                           failures={}, note=note)
