"""README.md and docs: their code runs, their commands and links exist."""
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.name: path.read_text(encoding='utf-8')
         for path in (ROOT / 'README.md', *sorted(ROOT.glob('docs/*.md')))}
every_page = pytest.mark.parametrize('page', PAGES)


def blocks(page, *languages):
    """Lists (number of the line before the code, code)."""
    text = PAGES[page]
    return [(text.count('\n', 0, block.start(2)), block[2])
            for block in re.finditer(r'^```(\w+)\n(.*?)^```$', text,
                                     re.MULTILINE | re.DOTALL)
            if block[1] in languages]


@pytest.mark.parametrize('number', range(14))
def test_task(number):
    """The row of a task links its file and its main."""
    row = re.search(rf'^\| \[({number}-\w+\.py)\]\(\1\) .*$',
                    PAGES['README.md'], re.MULTILINE)
    assert row and f'](tests/mains/{number}-main.py)' in row[0]


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
    """The scripts that shell code runs are there."""
    for _, code in blocks(page, 'sh'):
        for script in re.findall(r'\b(?:tests|examples|docs)/[\w./-]+', code):
            assert (ROOT / script).exists(), script


@every_page
def test_links(page):
    folder = ROOT if page == 'README.md' else ROOT / 'docs'
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


@pytest.mark.timeout(300)
def test_notebook(scratch):
    """It runs from top to bottom, and holds its pictures."""
    jupytext = pytest.importorskip('jupytext')
    pytest.importorskip('ipykernel')
    (scratch / 'objectives.md').write_text(PAGES['objectives.md'])
    environment = ('import os, sys; os.environ["PYTHONPATH"] = sys.argv[1]; '
                   'from jupytext.cli import jupytext; '
                   'sys.exit(jupytext(sys.argv[2:]))')
    done = subprocess.run(
        [sys.executable, '-c', environment, str(ROOT), '--to',
         'notebook', '--set-kernel', 'python3', '--execute', 'objectives.md'],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    notebook = jupytext.read('objectives.ipynb')
    pictures = [output for cell in notebook.cells
                for output in cell.get('outputs', [])
                if 'image/png' in output.get('data', {})]
    assert len(pictures) == 2
