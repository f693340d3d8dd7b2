"""Stubs to start from: the prototypes of the tasks. They need only Python."""
import ast
import shutil

from grader.course import ROOT, STEMS, number_of
from grader.failure import Failure
from grader.form import similar_file


def stub(path):
    """Makes the text of a stub from a task file's."""
    text = path.read_text(encoding='utf-8')
    tree, lines = ast.parse(text), text.splitlines()
    parts = [f'{lines[0]}\n"""{summary(tree)}"""\n']
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name[0] != '_':
            # The prototype stands there in lines of the right length.
            head = lines[node.lineno - 1:node.body[0].lineno - 1]
            parts.append('\n'.join([
                *head, f'    """{summary(node)}"""',
                '    raise NotImplementedError(\'Task '
                f"{number_of(path.stem)} is not done yet.')\n"]))
    return '\n\n'.join(parts)


def summary(node):
    """Returns the first line of a docstring."""
    return ast.get_docstring(node).partition('\n')[0]


def write_stubs(folder, stems=STEMS, again=False):
    """Writes a stub of each task, and never overwrites a file.

    Args:
        folder: path object. It is made if it is missing.
        stems: list of str. The tasks.
        again: bool. Whether to move a file that is there aside, to the same
            name with `.bak`.

    Returns:
        Lists of the names that were written, and of those that were there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written, left = [], []
    for name in (f'{stem}.py' for stem in stems):
        target = folder / name
        if again and target.is_file():
            backup = folder / f'{name}.bak'
            number = 1
            while backup.exists():
                number += 1
                backup = folder / f'{name}.bak{number}'
            shutil.move(target, backup)
        try:
            with open(target, 'x', encoding='utf-8', newline='\n') as file:
                file.write(stub(ROOT / name))
        except FileExistsError:
            left.append(name)
            continue
        mode = target.stat().st_mode
        target.chmod(mode | (mode & 0o444) >> 2)  # whoever reads it runs it
        written.append(name)
    return written, left


def not_begun(folder, stem):
    """Returns the `Failure` of a task that isn't worth testing, or None."""
    path = folder / f'{stem}.py'
    if not path.is_file():
        similar = similar_file(path)
        return Failure(
            f'There is no file {path.name}', kind='file', cause='no file',
            hint=similar and f'Did you misname it? There is {similar}.')
    if is_stub(path):
        return Failure(f'{path.name} (task {number_of(stem)}) is not done '
                       'yet', kind='stub', cause='stub')
    return None


def is_stub(path):
    """Tells whether each function in a file is as in a stub."""
    try:
        parts = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    functions = [part for part in parts if isinstance(part, ast.FunctionDef)
                 and not part.name.startswith('_')]
    return bool(functions) and all(
        isinstance(part.body[-1], ast.Raise) and len(part.body)
        == 1 + (ast.get_docstring(part) is not None)
        and 'NotImplementedError' in ast.dump(part.body[-1])
        for part in functions)
