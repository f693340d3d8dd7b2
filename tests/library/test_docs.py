"""The pages: they agree with the code, their commands and links exist."""
import ast
import importlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.name: path.read_text(encoding='utf-8')
         for folder in (ROOT, ROOT / 'docs')
         for path in sorted(folder.glob('*.md'))}
every_page = pytest.mark.parametrize('page', PAGES)
every_task = pytest.mark.parametrize('number', range(14))


def blocks(page, *languages):
    """Lists (number of the line before the code, code)."""
    text = PAGES[page]
    return [(text.count('\n', 0, block.start(2)), block[2])
            for block in re.finditer(r'^```(\w+)\n(.*?)^```$', text,
                                     re.MULTILINE | re.DOTALL)
            if block[1] in languages]


def functions(code):
    """Maps the names of code's public functions to their parameters."""
    return {node.name: node.args for node in ast.parse(code).body
            if isinstance(node, ast.FunctionDef) and node.name[0] != '_'}


def prototypes(code):
    return {name: ast.unparse(arguments)
            for name, arguments in functions(code).items()}


def task(number):
    """Gives a task's part of the page, and the prototypes in it as code."""
    _, text = re.split(rf'^## Task {number}: .*$', PAGES['tasks.md'],
                       flags=re.MULTILINE)
    text = text.partition('\n## ')[0]
    code, = re.findall(r'^```py\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
    return text, code.replace(':\n', ': pass\n')


def explained(number):
    """Lists the arguments in a task's table."""
    return re.findall(r'^\| `(\w+)` \| ', task(number)[0], re.MULTILINE)


@every_task
def test_task_has_its_prototypes(number):
    """As in our file, from which the stub is made."""
    file, = ROOT.glob(f'{number}-*.py')
    text, code = task(number)
    assert prototypes(code) == prototypes(file.read_text(encoding='utf-8'))
    for link in f'../tests/mains/{number}-main.py', f'../{file.name}':
        assert f']({link})' in text
    assert f'File `{file.name}`, ' in text


@every_task
def test_exam_has_its_prototypes(number):
    file, = ROOT.glob(f'tests/tasks/test_{number:02}_*.py')
    exam = importlib.import_module(f'tests.tasks.{file.stem}')
    code = ''.join(f'def {prototype}: pass\n'
                   for prototype in exam.PROTOTYPES)
    assert prototypes(code) == prototypes(task(number)[1])


@every_task
def test_task_explains_its_arguments(number):
    """Each in a table, of this task or one before of the same functions."""
    code = functions(task(number)[1])
    wanted = {argument.arg for arguments in code.values()
              for argument in arguments.args}
    assert wanted.issuperset(explained(number))
    assert wanted == {name for before in range(number + 1) if code.keys()
                      == functions(task(before)[1]).keys()
                      for name in explained(before)}


@every_task
def test_row_of_a_task(number):
    """It links the question, the file and the main, and names functions."""
    file, = ROOT.glob(f'{number}-*.py')
    row, = re.findall(rf'^\| \[{number}\. .*$', PAGES['README.md'],
                      re.MULTILINE)
    assert f'](docs/tasks.md#task-{number}-' in row
    assert f'[{file.name}]({file.name})' in row
    assert f'](tests/mains/{number}-main.py)' in row
    for name in functions(file.read_text(encoding='utf-8')):
        assert f'`{name}`' in row


def test_workarounds():
    """The table has each test of a workaround, and no other."""
    tests = (ROOT / 'tests/library/test_workarounds.py').read_text('utf-8')
    assert sorted(re.findall(r' \| `(test_\w+)` \| ', PAGES['CONTRIBUTING.md'])
                  ) == sorted(re.findall(r'^def (test_\w+)', tests,
                                         re.MULTILINE))


@every_page
def test_figures(page):
    """docs/figures.md has each figure, with the command that gives it."""
    figures = [row.split(' | ')[1] for row in PAGES[
        'figures.md'].splitlines() if page in row.split(' | ')[0]]
    text = '' if page in ('CHANGELOG.md', 'figures.md') else PAGES[page]
    for figure in re.findall(
            r'(?<![\w.])\d[\d.,]*(?:%| (?:s|seconds|minutes|MB|GB|'
            r'of the time|of plain)\b)', text):
        assert figure in ', '.join(figures), (
            'Measure it, and add it with its command to docs/figures.md.')


@every_page
def test_make_targets(page):
    makefile = (ROOT / 'Makefile').read_text(encoding='utf-8')
    code = ''.join(code for _, code in blocks(page, 'sh', 'yaml'))
    for call in (re.findall(r'\bmake (.+)', re.sub('#.*', '', code))
                 + re.findall(r'`make ([^`]+)`', PAGES[page])):
        words = re.sub(r"-C( \S+)?|\w+=('[^']*'|\S*)", '', call).split()
        for word in words[:1]:
            assert re.search(rf'^{word}:', makefile, re.MULTILINE), call


@every_page
def test_commands(page):
    """The scripts and modules that shell code runs are there."""
    for _, code in blocks(page, 'sh'):
        for script in re.findall(r'\b(?:tests|examples|docs)/[\w./-]+', code):
            assert (ROOT / script).exists(), script
        for module in re.findall(r'-m (tests[\w.]+)', code):
            assert (ROOT / f'{module.replace(".", "/")}.py').exists(), module
        for command in re.findall(r'-m grader (\w+)', code):
            assert command in ('start', 'watch', 'grade'), command


@pytest.mark.slow
def test_shown_verdicts():
    """What a page shows is what the command above it prints."""
    shown = re.findall(r'^```sh\npython (-m grader grade \S*tests/\S+(?: '
                       r'--task \d+)?)\n```.*?^```text\n(.*?)^```$',
                       PAGES['grading.md'], re.MULTILINE | re.DOTALL)
    assert shown
    for command, text in shown:
        run = subprocess.run(
            [sys.executable, *shlex.split(command)], cwd=ROOT, text=True,
            encoding='utf-8', stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        parts = re.split(r'^(?:\.\.\.|TensorFlow .*)\n', text,
                         flags=re.MULTILINE)  # left out, or the versions
        for part in parts:
            assert part in run.stdout, run.stdout


@every_page
def test_links(page):
    folder = ROOT if (ROOT / page).exists() else ROOT / 'docs'
    for link in re.findall(r'\]\(([^)\s]+)\)', PAGES[page]):
        if not re.match('https?:', link):
            path, _, title = link.partition('#')
            target = (folder / path).resolve() if path else folder / page
            assert target.exists(), link
            titles = [re.sub(r'[^\w -]', '', each).lower().replace(' ', '-')
                      for each in re.findall(r'^#+ (.*)$', PAGES.get(
                          target.name, ''), re.MULTILINE)]
            assert not title or title in titles, link


@every_page
def test_python(page, monkeypatch, capsys):
    """Every block runs, from top to bottom, in one session."""
    if 'matplotlib' in PAGES[page]:
        pytest.importorskip('matplotlib').use('agg')
    monkeypatch.setattr(sys, 'path', [*sys.path])
    session = {'__name__': '__main__'}
    for line, code in blocks(page, 'python'):
        # Empty lines before it: an error tells the page's own line.
        exec(compile('\n' * line + code, ROOT / page, 'exec'), session)
    if page in ('README.md', 'objectives.md'):
        digits = r'(\w+): (\[\d( \d){9}\])'
        printed = dict(match[:2] for match in re.findall(
            digits, capsys.readouterr().out))
        said = dict(match[:2] for match in re.findall(digits, PAGES[page]))
        assert printed['true'] == said['true']
        same = [a == b for a, b in zip(printed['predicted'].split(),
                                       said['predicted'].split())]
        assert sum(same) >= 8, printed  # processors differ in a digit or two


@pytest.mark.slow
def test_what_a_notebook_does(scratch):
    """The file that its first cell writes passes by its second cell."""
    cells = [code for _, code in blocks('notebooks.md', 'text')]
    head, code = cells[0].split('\n', 1)
    Path(head.removeprefix('%%writefile ')).write_text(code, encoding='utf-8')
    command = cells[1].strip().removeprefix('!grader ').split()
    run = subprocess.run(
        [sys.executable, '-m', 'grader', *command], text=True,
        env={**os.environ, 'PYTHONPATH': str(ROOT)}, stdout=subprocess.PIPE)
    assert run.returncode == 0
    assert '3-one_hot     passed' in run.stdout


def test_a_notebook_runs_python_alone():
    """A block of shell code would run as a cell of the notebook."""
    assert not blocks('objectives.md', 'sh', 'bash')


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_notebook(scratch):
    """It runs from top to bottom, and holds its pictures."""
    jupytext = pytest.importorskip('jupytext')
    pytest.importorskip('ipykernel')
    (scratch / 'objectives.md').write_text(PAGES['objectives.md'],
                                            encoding='utf-8')
    environment = ('import os, sys; os.environ["PYTHONPATH"] = sys.argv[1]; '
                   'from jupytext.cli import jupytext; '
                   'sys.exit(jupytext(sys.argv[2:]))')
    done = subprocess.run(
        [sys.executable, '-c', environment, str(ROOT), '--to',
         'notebook', '--set-kernel', 'python3', '--execute', 'objectives.md'],
        capture_output=True, text=True, encoding='utf-8')
    assert done.returncode == 0, done.stderr[-2000:]
    notebook = jupytext.read('objectives.ipynb')
    pictures = [output for cell in notebook.cells
                for output in cell.get('outputs', [])
                if 'image/png' in output.get('data', {})]
    assert len(pictures) == 1
