"""The watch: what is tested when, and the screen on which it is shown."""
import asyncio
import html
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import screen, versions, watch
from grader.__main__ import main
from grader.course import ROOT, STEMS
from grader.failure import Failure
from grader.page import section

pytestmark = pytest.mark.timeout(120)

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
RIGHT = (PLAIN / '3-one_hot.py').read_text(encoding='utf-8')
WRONG = 'def one_hot(labels, classes=None):\n    pass\n'
ENDLESS = 'def one_hot(labels, classes=None):\n    while True:\n        pass\n'
FAILURE = Failure('It returned None', 'an array', 'task 3: returns it',
                  'one_hot([1])', printed='a\nb', paste='one_hot([1])')


@pytest.fixture
def homework(scratch, tmp_path_factory):
    """A homework with one failing task, of which nothing is tested yet."""
    (scratch / '3-one_hot.py').write_text(WRONG)
    found = watch.Homework(scratch, 20, tmp_path_factory.mktemp('copies'))
    found.queue.clear()
    found.tasks['3-one_hot'] = watch.Verdict(watch.FAILING, [FAILURE], 0.25)
    yield found
    found.stop()


def shown(app):
    """Returns the text that is on the screen, line by line."""
    lines = {}
    for x, y, text in re.findall(
            r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>',
            app.export_screenshot(title='')):
        line = lines.get(float(y), '').ljust(round(float(x) / 12.2))
        lines[float(y)] = line + html.unescape(text).replace('\xa0', ' ')
    return '\n'.join(lines[y].rstrip() for y in sorted(lines))


def after(homework, *keys, size=(80, 24)):
    """Returns what the screen shows after some keys, and the application."""
    async def press():
        app = screen.Watch(homework, 'TensorFlow 0, Keras 0')
        async with app.run_test(size=size) as pilot:
            await pilot.press('down', 'down', 'down', *keys)
            await pilot.pause()
            return shown(app), app

    return asyncio.run(press())


def words(text):
    """Returns what is on the right of the screen, as one line."""
    return ' '.join(' '.join(line.rpartition('│')[2]
                             for line in text.splitlines()).split())


KEYS = [
    ([], ['✗ 3-one_hot      0.25', '3-one_hot.py: failing', 'It printed:',
          'one_hot([1])']),
    (['h'], ['1. Keras has a function for this', '1 of 2. Press h']),
    (['h', 'h', 'h'], ['2. Pass its arguments', '2 of 2']),
    (['t'], ['Task 3: One Hot', 'Turn a vector of labels']),
    (['t', 'pagedown'], ['What counts']), (['t', 't'], ['It printed:']),
    (['t', 'down'], ['4-train.py: waiting']), (['h', 'escape'], ['printed:']),
    (['o'], ['You have used 0 of 2 hints. Show our answer?']),
    (['h', 'o'], ['You have used 1 of 2 hints.']),
    (['o', 'y'], ['# ours', '# yours']), (['o', 'n'], ['It printed:']),
    (['o', 'y', 'o'], ['It printed:']),
    (['question_mark'], ['h: the next hint']),
    (['c'], ['Copied']), (['down', 'c'], ['no failing call']),
    (['r'], ['Start 3-one_hot.py again?', '3-one_hot.py.bak'])]


def test_keys(homework):
    """Each in the same application, on the verdict of task 3."""
    async def press():
        app = screen.Watch(homework, '')
        async with app.run_test(notifications=True) as pilot:
            for keys, texts in KEYS:
                app.choose('3-one_hot')
                app.hints['3-one_hot'] = 0
                app.clear_notifications()
                app.look()
                await pilot.press(*keys)
                await pilot.pause()
                text = shown(app)
                for each in texts:
                    assert each in f'{text}\n{words(text)}', keys
                if len(app.screen_stack) > 1:
                    await pilot.press('n')

    asyncio.run(press())


def test_what_is_copied(homework):
    assert after(homework, 'c')[1].clipboard == FAILURE.paste


@pytest.mark.parametrize('answer, text', [('y', 'raise Not'), ('n', 'pass')])
def test_start_again(homework, answer, text):
    after(homework, 'r', answer)
    file = homework.folder / '3-one_hot.py'
    assert text in file.read_text()
    assert file.with_suffix('.py.bak').exists() == (answer == 'y')


@pytest.mark.parametrize('key, stems', [('space', STEMS[3:4]), ('a', STEMS)])
def test_test_again(homework, monkeypatch, key, stems):
    started = []
    monkeypatch.setattr(homework, 'start', started.append)
    after(homework, key)
    assert started == stems


@pytest.mark.parametrize('key', ['q', 'ctrl+c'])
def test_quit(homework, key):
    assert after(homework, key)[1].return_code == 0


@pytest.mark.parametrize('size', [(80, 24), (200, 60)])
def test_list_and_verdict_stand_side_by_side(homework, size):
    text, _ = after(homework, size=size)
    assert re.search(r'13-predict +│', text)
    assert 'It printed:' in text
    assert 'Quit' in text
    assert 'Restart' in text


def test_list_and_verdict_take_turns(homework):
    text, _ = after(homework, size=(40, 15))
    assert '3-one_hot' in text
    assert 'It printed:' not in text
    text, _ = after(homework, 'enter', size=(40, 15))
    assert '4-train' not in text
    assert 'It printed:' in text
    assert max(map(len, text.splitlines())) <= 40
    text, _ = after(homework, 'enter', 'escape', size=(40, 15))
    assert '4-train' in text


def test_done(homework):
    homework.tasks['3-one_hot'] = watch.Verdict(watch.DONE, [], 1)
    text = words(after(homework)[0])
    assert section('3-one_hot').solved in text
    assert watch.ALL_DONE not in text
    homework.tasks = dict.fromkeys(STEMS, watch.Verdict(watch.DONE, [], 1))
    assert watch.ALL_DONE in words(after(homework)[0])


def test_what_was_saved_last_is_chosen(homework, monkeypatch):
    monkeypatch.setattr(homework, 'start', lambda stem: None)

    async def save():
        app = screen.Watch(homework, '')
        async with app.run_test() as pilot:
            await pilot.press('down', 't')
            (homework.folder / '8-train.py').write_text('')
            while app.stem != '8-train':
                await pilot.pause(watch.POLL)
            await pilot.pause()
            assert '8-train.py: waiting' in shown(app)
            await pilot.press('up')
            await pilot.pause(3 * watch.POLL)
            assert '7-train.py: waiting' in shown(app)

    asyncio.run(save())


def test_a_file_without_a_change_is_not_tested_again(homework, monkeypatch):
    started = []
    monkeypatch.setattr(homework, 'start', lambda stem: started.append(
        homework.tested.__setitem__(stem, homework.text(stem)) or stem))
    file = homework.folder / '3-one_hot.py'
    for text in WRONG, WRONG, RIGHT:
        file.write_text(text)
        os.utime(file, (0, len(started)))
        homework.look()
        homework.look()
    assert started == ['3-one_hot'] * 2


@pytest.mark.slow
def test_what_is_tested(homework):
    """A save while it is tested; deleted; renamed; a helper; no folder."""
    def until(stem, state, part=''):
        while not (homework.tasks[stem].state == state and part in repr(
                homework.tasks[stem])):
            homework.look()
            states.append(homework.tasks['3-one_hot'].state)
            time.sleep(watch.POLL)

    homework.tasks['3-one_hot'] = watch.Verdict()
    states, file = [], homework.folder / '3-one_hot.py'
    file.write_text(ENDLESS)
    until('3-one_hot', watch.TESTING)
    file.write_text(ENDLESS + '# again\n')
    until('3-one_hot', watch.TESTING)
    file.write_text(RIGHT)
    until('3-one_hot', watch.DONE)
    assert watch.FAILING not in states
    file.write_text(WRONG)
    until('3-one_hot', watch.FAILING, 'It returned None')
    file.unlink()
    until('3-one_hot', watch.NOT_BEGUN)
    (homework.folder / 'unfinished.py').write_text(RIGHT)
    (homework.folder / 'unfinished.py').rename(file)  # as some editors do
    until('3-one_hot', watch.DONE)
    (homework.folder / '0-sequential.py').write_text('import helper\n')
    until('0-sequential', watch.FAILING, "No module named 'helper'")
    (homework.folder / 'helper.py').write_text('')
    until('0-sequential', watch.FAILING, 'no function build_model')
    away = homework.folder.with_name('away')
    homework.folder.rename(away)
    until('3-one_hot', watch.NOT_BEGUN)
    away.rename(homework.folder)
    until('3-one_hot', watch.DONE)


def test_what_is_looked_at_costs_little(tmp_path):
    """Pictures are not; and no folder of Python's own."""
    (tmp_path / 'env' / 'lib').mkdir(parents=True)
    for name in ('a.py', '3-one_hot.py', 'b.png', 'env/pyvenv.cfg',
                 'env/lib/c.py', '.d.py'):
        (tmp_path / name).touch()
    assert [Path(name).name for name in watch.other_files(tmp_path)
            if Path(name).name[0] != '.'] == ['a.py']
    assert [stem for stem, file in watch.task_files(tmp_path).items()
            if file] == ['3-one_hot']


@pytest.mark.slow
@pytest.mark.skipif(os.name == 'nt', reason='it has no pty')
def test_on_a_terminal(scratch):
    """The real command: the screen's first verdicts, a save, and Ctrl-C."""
    import pty

    (scratch / '3-one_hot.py').write_text(WRONG)
    number, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, '-m', 'grader', 'watch', str(scratch)], cwd=ROOT,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, 'TERM': 'xterm-256color', 'COLUMNS': '80',
             'LINES': '24'})
    os.close(theirs)
    seen = b''

    def sees(text):
        nonlocal seen
        while text not in seen:
            seen += os.read(number, 10000)

    try:
        sees('✗'.encode())
        os.write(number, 3 * b'\x1b[B')  # arrows, down to task 3
        sees(b'returned None')
        (scratch / '3-one_hot.py').write_text(RIGHT)
        sees('✓'.encode())
        os.write(number, b'\x03')
        sees(b'\x1b[?1049l')  # the screen of before is back
        assert process.wait(timeout=30) == 0
        assert b'Traceback' not in seen
        assert b'oneDNN' not in seen
    finally:
        process.kill()
        process.wait()
        os.close(number)


@pytest.mark.slow
@pytest.mark.skipif(os.name == 'nt', reason='it has no pty')
def test_a_terminal_that_is_closed(scratch):
    """Nothing goes on without a screen."""
    import pty

    number, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, '-m', 'grader', 'watch', str(scratch)], cwd=ROOT,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, 'TERM': 'xterm-256color'})
    os.close(theirs)
    seen = b''
    while '·'.encode() not in seen:
        seen += os.read(number, 10000)
    os.close(number)
    try:
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_without_a_terminal(scratch):
    """Plain lines, one verdict after the other; and Ctrl-C."""
    (scratch / '3-one_hot.py').write_text(WRONG)
    process = subprocess.Popen(
        [sys.executable, '-m', 'grader', 'watch', str(scratch), '--seconds',
         '5'], cwd=ROOT, text=True, encoding='utf-8',
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)

    def sees(text):
        for line in process.stdout:
            seen.append(line)
            if text in line:
                return
        raise AssertionError(''.join(seen))

    seen = []
    try:
        sees(versions.stack())
        sees('0-sequential  not begun')
        sees('3-one_hot     failing')
        sees('It returned None')
        (scratch / '3-one_hot.py').write_text(RIGHT)
        sees('3-one_hot     done')
        (scratch / '3-one_hot.py').write_text(ENDLESS)
        sees('3-one_hot     failing')
        sees('ran for more than')
        if os.name != 'nt':  # where no process can press Ctrl-C for another
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        assert '\x1b' not in ''.join(seen)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_no_folder(scratch, monkeypatch):
    monkeypatch.setattr(sys, 'argv', ['grader', 'watch', 'nowhere'])
    with pytest.raises(SystemExit, match='no folder nowhere'):
        main()
