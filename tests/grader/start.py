"""Writes a stub of each task: `python -m tests.grader.start FOLDER`.

A stub has the first line, the docstrings and the prototypes of its task, and
is to be filled in. What a folder holds already is left as it is. Nothing but
Python is needed.
"""
import argparse
import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def stub(path):
    """Makes the text of a stub from a task file's."""
    text = path.read_text(encoding='utf-8')
    tree, lines = ast.parse(text), text.splitlines()
    parts = [f'{lines[0]}\n"""{summary(tree)}"""\n']
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name[0] != '_':
            # The prototype stands there in lines of the right length.
            head = lines[node.lineno - 1:node.body[0].lineno - 1]
            number = path.name.split('-')[0]
            parts.append('\n'.join([
                *head, f'    """{summary(node)}"""',
                '    raise NotImplementedError('
                f"'Task {number} is not done yet.')\n"]))
    return '\n\n'.join(parts)


def summary(node):
    """Gives the first line of a docstring."""
    return ast.get_docstring(node).partition('\n')[0]


def write_stubs(folder):
    """Writes the stubs whose names a folder hasn't got.

    Returns:
        Lists of the names that were written, and of those that were there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written, left = [], []
    for path in sorted(ROOT.glob('[0-9]*-*.py'),
                       key=lambda path: int(path.name.split('-')[0])):
        target = folder / path.name
        try:
            with open(target, 'x', encoding='utf-8', newline='\n') as file:
                file.write(stub(path))
        except FileExistsError:
            left.append(path.name)
            continue
        mode = target.stat().st_mode
        target.chmod(mode | (mode & 0o444) >> 2)  # whoever reads it runs it
        written.append(path.name)
    return written, left


def main():
    parser = argparse.ArgumentParser(
        description='Writes a stub of each task, to be filled in.')
    parser.add_argument('folder', help='where to write; made if missing')
    name = parser.parse_args().folder
    if not name.strip():
        parser.error('name the folder: make start DIR=FOLDER')
    try:
        written, left = write_stubs(Path(name).expanduser())
    except OSError as error:
        sys.exit(f'{error.filename}: {error.strerror}. Choose another folder.')
    print(f'Stubs written to {name}: {len(written)}. What to make of them: '
          'docs/tasks.md')
    if left:
        print(f'Left as they were: {", ".join(left)}')


if __name__ == '__main__':
    main()
