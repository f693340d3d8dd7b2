"""Which folders are graded, and what they are called."""
import contextlib
import glob
import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

from grader.course import ROOT, STEMS

MOST_FILES, MOST_BYTES = 5000, 200 * 10 ** 6  # that are copied of a homework
ARCHIVES = ('.zip', '.tar', '.gz', '.tgz', '.bz2', '.xz', '.rar', '.7z')
# How learning platforms call a student's file when they export a class.
EXPORTS = [
    # Canvas: doejane_LATE_12345_67890_8-train-1.py
    r'(?P<who>[^_]+)(_LATE)?_\d+_(?P<when>\d+)_(?P<name>.+)',
    # Blackboard: Task_jdoe_attempt_2026-11-02-10-11-12_8-train.py
    r'.*_(?P<who>[^_]+)_attempt_(?P<when>[\d-]+)_(?P<name>.+)']
# Moodle's folders: Jane Doe_12345_assignsubmission_file_
MOODLE = r'_\d+_assignsubmission_file_?$'


class NothingToGrade(Exception):
    """There is no folder with a task file."""


def skipped(folder, names):
    """Lists the names in a folder that hold nothing of the student's.

    These are hidden files, virtual environments, clones of this library, and
    what isn't Python.
    """
    return [name for name in names if name[0] == '.'
            or name in ('site-packages', 'node_modules', '__pycache__')
            or not name.endswith('.py') and not os.path.isdir(
                os.path.join(folder, name))
            or os.path.exists(os.path.join(folder, name, 'pyvenv.cfg'))
            or is_library(Path(folder, name))]


def is_library(folder):
    """Tells whether a folder is this library, or a clone of it."""
    with contextlib.suppress(OSError):
        return folder.resolve() == ROOT or 'name = "keras-by-task"' in (
            folder / 'pyproject.toml').read_text('utf-8', 'replace')


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


def find_students(names, scratch):
    """Finds the folders to grade.

    Args:
        names: list of str. Folders, or patterns of several. A folder of
            exactly that name is no pattern, whatever brackets are in it. A
            folder with students' folders, or with the flat files that a
            platform exports, is a class.
        scratch: path object. Where flat files are gathered.

    Returns:
        List of a namespace for each student, and what was taken for several
        of them, as text: '' if it is one.

    Raises:
        NothingToGrade: if there is none, with the reason.
    """
    found = [path for name in names for path in matching(name)]
    entries = [path for path in found if not is_library(path) and (
        len(found) == 1 or is_handed_in(path))]
    told = f'{len(entries)} entries'
    if len(names) == len(found) == 1:
        whole, told = found[0], ''
        if whole.is_dir() and not is_library(whole):
            entries = [whole]
            flat = gather(whole, scratch)
            if flat or is_class(whole):
                entries = [*flat, *(
                    path for path in sorted(whole.iterdir())
                    if is_handed_in(path) and not exported(path))]
                told = (f'{whole.name}: {len(entries)} students (use FOLDER/'
                        'NAME for one)')
    if not any(path.is_dir() for path in entries):
        what = ('does not exist' if not found
                else 'is this library itself, not a folder of solutions'
                if not entries else note_of(entries)
                or 'is not a folder')
        raise NothingToGrade(f'{", ".join(names)} {what}.')
    base = os.path.commonpath([path.parent for path in entries])
    students = []
    for path in entries:
        label = os.path.relpath(path, base) if len(names) < len(found) or (
            not told) else path.name
        students.append(find_student(path, re.sub(MOODLE, '', label)))
        students[-1].home = str(whole / path.name if told and len(
            found) == 1 else path)
    if not any(student.stems for student in students):
        notes = sorted({student.note for student in students})
        raise NothingToGrade(
            f'{", ".join(names)} holds none of the task files, {STEMS[0]}.py '
            f'to {STEMS[-1]}.py ({"; ".join(notes)}).')
    return students, told


def matching(pattern):
    """Lists the paths that match a pattern; a path matches itself."""
    # cmd.exe takes such quotes for a part of the name.
    if pattern[0] == pattern[-1] == "'" and not os.path.exists(pattern):
        pattern = pattern[1:-1]
    path = os.path.abspath(os.path.expanduser(pattern))
    exists = next(parent for parent in (Path(path), *Path(path).parents)
                  if parent.exists())
    if path == str(exists):
        return [exists]
    rest = os.path.relpath(path, exists)
    return [Path(name) for name in sorted(glob.glob(
        os.path.join(glob.escape(exists), rest)))]


def is_class(folder):
    """Tells whether students' folders are in a folder, and not their files."""
    if any((folder / f'{stem}.py').exists() for stem in STEMS):
        return False
    return sum(bool(find_student(path, '').stems)
               for path in folder.iterdir() if path.is_dir()
               and not skipped(folder, [path.name])) > 1


def is_handed_in(path):
    """Tells whether a path is a student's, by its name and kind."""
    return not is_library(path) and path.name[0] != '.' and (
        path.suffix.lower() in (*ARCHIVES, '.py') or path.is_dir()
        and not skipped(path.parent, [path.name]))


def exported(path):
    """Returns what a platform's name of a file tells, or None."""
    return path.is_file() and next(filter(None, (
        re.fullmatch(pattern, path.name) for pattern in EXPORTS)), None)


def gather(folder, scratch):
    """Gathers the flat files of a platform's export, student by student.

    Of several attempts at one file, the last counts.

    Returns:
        List of folders, one for each student.
    """
    files = {}
    for path in folder.iterdir():
        match = exported(path)
        if match:
            task = re.fullmatch(rf'({"|".join(STEMS)})(?:-(\d+))?\.py',
                                match['name'])
            name = f'{task[1]}.py' if task else match['name']
            attempt = int(task[2] or 0) if task else 0
            files.setdefault(match['who'], []).append(
                (match['when'].zfill(20), attempt, name, path))
    if not any(name[:-3] in STEMS for found in files.values()
               for _, _, name, _ in found):
        return []
    for who, found in files.items():
        home = Path(scratch, folder.name, who)
        home.mkdir(parents=True)
        for _, _, name, path in sorted(found):
            shutil.copyfile(path, home / name)
    return sorted(Path(scratch, folder.name).iterdir())


def note_of(paths):
    """Says what archives are among some paths, and what to do about them."""
    found = [path.name for path in paths
             if path.suffix.lower() in ARCHIVES]
    return f'{found[0]}: unpack it first' if found else ''


def find_student(folder, label):
    """Finds the task files in a folder or below it."""
    held, others = {}, []
    for name, below, files in os.walk(folder):
        out = skipped(name, below)
        below[:] = sorted(part for part in below if part not in out)
        held[Path(name)] = [stem for stem in STEMS if f'{stem}.py' in files]
        others += [Path(name, file) for file in files]
    best = max(held, key=lambda path: (len(held[path]), -len(path.parts)),
               default=folder)
    note = '' if best == folder else f'files found in {label}/' + str(
        best.relative_to(folder))
    if not held.get(best):
        note = (note_of([folder, *others])
                or 'a file, not a folder' * folder.is_file()
                or 'it can\'t be read' * (not held)
                or 'a notebook, and none of the task files' * any(
                    path.suffix == '.ipynb' for path in others)
                or 'none of the task files')
    return SimpleNamespace(folder=best, label=label, stems=held.get(best, []),
                           results={}, note=note)
