"""The course's own form: how files are named and written.

Files are read as text. Nothing in them is run.
"""
import ast
import difflib
import io
import os
import re
import tokenize
import warnings

try:
    import pycodestyle
except ImportError:  # in an environment made by hand; the rest is still told
    pycodestyle = None

from grader.course import STEMS

FIRST = '#!/usr/bin/env python3'
LONGEST = 10 ** 5  # bytes of a file that is looked at


def similar_name(name, others):
    """Returns the name that may be meant by a missing one, or ''."""
    return ''.join(difflib.get_close_matches(name, others, 1))


def similar_file(path):
    """Returns the name of a file that may be a misnamed task file, or ''.

    It has the same number and a name like it, or the same name and another
    number. Plain names come first, then `.py.txt`, copies, editors' files.
    """
    number, name = path.stem.split('-')
    found = []
    for file in path.parent.glob('*'):
        text = file.name.lower()
        match = re.match(r'\W*(\d*)[ _-]*([a-z_]+)(.*?)\.py(.*)', text)
        if (not match or match[2] == 'main' or file.suffix == '.bak'
                or file.name in [f'{stem}.py' for stem in STEMS]):
            continue
        same = match[1] and int(match[1]) == int(number)
        like = difflib.SequenceMatcher(None, match[2], name).ratio()
        if like >= 0.6 if same else match[2] == name:
            rank = (3 if re.search(r'^\W|[~#]$', text)
                    else 1 if text.endswith('.py.txt')
                    else 2 if match[3] or match[4] else 0)
            found.append((rank, not same, -like, file.name))
    return min(found)[-1] if found else ''


def hiding_file(folder):
    """Returns the name of a student's file that hides a module, or ''."""
    for name in ('numpy', 'keras', 'tensorflow', 'h5py', 'random', 'json',
                 'os', 'tempfile', 'math', 'typing', 'copy', 'types'):
        if (folder / f'{name}.py').is_file():
            return f'{name}.py'
    return ''


def notes(student):
    """Lists a line for each task file that isn't in the course's form."""
    found = []
    for stem in student.results:
        path = student.folder / f'{stem}.py'
        if (path.is_file() and os.access(path, os.R_OK)
                and path.stat().st_size <= LONGEST):
            with warnings.catch_warnings():  # of Python's parser
                warnings.simplefilter('ignore')
                about = about_file(path)
            if about:
                found.append(f'{path.name}: {"; ".join(about)}')
    return found


def about_file(path):
    """Lists what in a file isn't in the course's form."""
    code = path.read_bytes()
    first = code.partition(b'\n')[0].decode('utf-8', 'replace')
    about = []
    if first != FIRST:
        about.append(f'the first line is {first[:30]!r}, not {FIRST!r}')
    if os.name == 'posix' and not path.stat().st_mode & 0o100:
        about.append(f'not executable (chmod +x {path.name})')
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(code).readline)
        lines = io.StringIO(code.decode(encoding), newline=None).readlines()
        tree = ast.parse(code)
        bare = [getattr(node, 'name', 'the module')
                for node in ast.walk(tree) if isinstance(node, (
                    ast.Module, ast.ClassDef, ast.FunctionDef,
                    ast.AsyncFunctionDef)) and not ast.get_docstring(node)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return about  # the exam says what is wrong with it
    if bare:
        about.append(f'no docstring in {", ".join(bare)}')
    style = pep_8(lines)
    if style:
        more = f' and {len(style) - 3} more' if style[3:] else ''
        about.append(f'PEP 8: {", ".join(style[:3])}{more}')
    return about


def pep_8(lines):
    """Lists what pycodestyle finds in lines, such as 'E501 in line 12'."""
    if pycodestyle is None:
        return []
    found = []

    class Report(pycodestyle.BaseReport):
        def error(self, number, offset, text, check):
            if super().error(number, offset, text, check):
                found.append(f'{text[:4]} in line {number}')

    style = pycodestyle.StyleGuide(reporter=Report)
    style.input_file('', lines=lines)
    return found
