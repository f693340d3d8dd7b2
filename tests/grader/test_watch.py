"""How tasks are judged as they are saved."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import versions, watch
from grader.__main__ import main
from grader.course import ROOT

pytestmark = pytest.mark.timeout(120)

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
RIGHT = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')


class Learner:
    """Somebody who saves files, and looks at the screen."""

    def __init__(self, folder):
        self.folder, self.screens = folder, ['']
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'grader', 'watch', str(folder),
             '--seconds', '5'], cwd=ROOT, text=True,
            encoding='utf-8', stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def save(self, stem, text):
        (self.folder / f'{stem}.py').write_text(text, encoding='utf-8')

    def sees(self, *texts):
        """Reads until a screen has all the texts, wherever lines break."""
        self.screens = ['']
        while not all(text in self.screens[-1] for text in texts):
            line = self.process.stdout.readline()
            assert line, f'It has ended, after {self.screens}'
            if line.startswith(versions.stack()):
                self.screens.append('')
            self.screens[-1] += f'{" ".join(line.split())} '


@pytest.fixture
def learner(scratch):
    folder = scratch / 'home'
    folder.mkdir()
    learner = Learner(folder)
    yield learner
    learner.process.kill()
    learner.process.wait()
    learner.process.stdout.close()


@pytest.mark.slow
def test_watch(learner):
    learner.sees('13-predict not begun', 'no file 0-sequential.py.')

    # The first that isn't done is shown, and judged again with its helper.
    learner.save('0-sequential', 'from helper import build_model\n')
    learner.sees('0-sequential failing', "No module named 'helper'")
    learner.save('helper', (PLAIN / '0-sequential.py').read_text(
        encoding='utf-8'))
    learner.sees('0-sequential done', 'There is no file 1-input.py.')

    # Any other, when it is saved.
    learner.save('3-one_hot', 'def one_hot(labels:\n')
    learner.sees('3-one_hot failing', '3-one_hot.py (task 3; see docs/',
                 "Python can't read line 1")
    learner.save('3-one_hot', 'while True:\n    pass\n')
    learner.sees('3-one_hot failing', 'ran for more than 5 seconds')
    # A save while that is judged: nobody waits for the verdict before.
    learner.save('3-one_hot', 'while True:\n    """Again."""\n')
    learner.sees('3-one_hot ...')
    learner.save('3-one_hot', RIGHT)
    learner.sees('3-one_hot done', 'There is no file 1-input.py.')
    assert not any('3-one_hot failing' in screen
                   for screen in learner.screens)
    (learner.folder / '3-one_hot.py').unlink()
    learner.sees('3-one_hot not begun')
    # As editors do that save by renaming.
    learner.save('unfinished', RIGHT)
    (learner.folder / 'unfinished.py').rename(learner.folder / '3-one_hot.py')
    learner.sees('3-one_hot done')

    away = learner.folder.with_name('away')
    learner.folder.rename(away)
    learner.sees('3-one_hot not begun', 'is gone')
    away.rename(learner.folder)
    learner.sees('3-one_hot done')

    learner.save('13-predict', 'while True:\n    pass\n')
    learner.sees('13-predict ...')
    if os.name != 'nt':  # where no process can press Ctrl-C for another
        number = str(learner.process.pid)
        children = Path('/proc', number, 'task', number, 'children')
        workers = (children.read_text(encoding='utf-8').split()
                   if children.exists() else [])
        learner.process.send_signal(signal.SIGINT)
        output, _ = learner.process.communicate(timeout=60)
        assert 'Traceback' not in output and learner.process.returncode == 0
        deadline = time.monotonic() + 5
        while any(Path('/proc', pid).exists() for pid in workers):
            assert time.monotonic() < deadline, 'Its processes live on.'


def test_all_done(scratch):
    done = {stem: (watch.DONE, '') for stem in watch.STEMS}
    assert watch.ALL_DONE in watch.render(scratch, done, '8-train', None, '')
    failing = {**done, '8-train': (watch.FAILING, 'It returned None.')}
    screen = watch.render(scratch, failing, None, None, '')
    assert screen.endswith('\n\nIt returned None.\n')


def test_no_folder(scratch, monkeypatch):
    monkeypatch.setattr(sys, 'argv', ['grader', 'watch', 'nowhere'])
    with pytest.raises(SystemExit, match='no folder nowhere'):
        main()
