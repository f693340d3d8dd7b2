"""README.md: its code runs, its commands exist, its links lead somewhere."""
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.extra

README = Path(__file__).resolve().parents[1] / 'README.md'
TEXT = README.read_text(encoding='utf-8')
# (language, number of the line before the code, code)
BLOCKS = [(block[1], TEXT.count('\n', 0, block.start(2)), block[2])
          for block in re.finditer(r'^```(\w+)\n(.*?)^```$', TEXT,
                                   re.MULTILINE | re.DOTALL)]


def make_targets():
    """Lists the targets that the README runs, in shell blocks or a line."""
    code = ''.join(code for language, _, code in BLOCKS
                   if language in ('sh', 'bash', 'yaml'))
    calls = re.findall(r'\bmake (.+)', re.sub('#.*', '', code))
    calls += re.findall(r'`make ([^`]+)`', TEXT)
    words = ' '.join(re.sub(r'-C \S+', '', call) for call in calls).split()
    return sorted({word for word in words if '=' not in word})


def links():
    """Lists the links to files of the project, and the pictures."""
    return sorted({link.split('#')[0] for link in
                   re.findall(r'\]\(([^)\s]+)\)', TEXT)
                   if not re.match(r'https?:|#', link)})


@pytest.mark.parametrize('number', range(14))
def test_task(number):
    """The row of a task links its file and its main."""
    row = re.search(rf'^\| \[({number}-\w+\.py)\]\(\1\) .*$', TEXT,
                    re.MULTILINE)
    assert row and f'](tests/mains/{number}-main.py)' in row[0]


@pytest.mark.parametrize('target', make_targets())
def test_make_target(target):
    makefile = README.with_name('Makefile').read_text(encoding='utf-8')
    assert re.search(rf'^{target}:', makefile, re.MULTILINE)


@pytest.mark.parametrize('link', links())
def test_link(link):
    assert (README.parent / link).exists()


def test_section_links():
    titles = [re.sub(r'[^\w -]', '', title).lower().replace(' ', '-')
              for title in re.findall(r'^#+ (.*)$', TEXT, re.MULTILINE)]
    assert set(re.findall(r'\]\(#([^)]+)\)', TEXT)) <= set(titles)


def test_python(monkeypatch):
    """Every block runs, from top to bottom, in one session."""
    monkeypatch.syspath_prepend(README.parent)
    session = {'__name__': '__main__'}
    for language, line, code in BLOCKS:
        if language == 'python':
            # Empty lines before it: an error tells the README's own line.
            exec(compile('\n' * line + code, README, 'exec'), session)
    network, x, y = (session[name] for name in ('best', 'x_test', 'y_test'))
    assert 0.9 < network.evaluate(x, y, verbose=0)[1] < 0.93  # it says 91.1%
