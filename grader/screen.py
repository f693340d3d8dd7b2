"""The screen of the watch: the tasks on the left, one verdict on the right."""
import asyncio
import os
import signal
from pathlib import Path

from rich.syntax import Syntax
from rich.text import Text
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown, OptionList, Static

from grader import report, stubs
from grader.course import ROOT, STEMS
from grader.page import section
from grader.watch import (
    ALL_DONE,
    DONE,
    FAILING,
    NOT_BEGUN,
    POLL,
    TESTING,
    WAITING,
)

SIGNS = {  # a sign and a colour for each state
    WAITING: (' ', 'dim'), TESTING: ('…', 'yellow'), DONE: ('✓', 'green'),
    FAILING: ('✗', 'red'), NOT_BEGUN: ('·', 'dim')}
HELP = """
Save a task's file, and it is tested. The task stays on the screen until you
save a file of another one.

- **↑ ↓** or a click: choose a task
- **page up, page down**: read on
- **h**: the next hint to it
- **t**: what it asks for
- **space**: test it now
- **a**: test all tasks
- **r**: start it again, and keep your file as `.bak`
- **o**: our answer beside yours
- **c**: copy the lines that repeat the failing call
- **escape**: back to the verdict, or to the list on a narrow screen
- **q** or **Ctrl-C**: quit

✓ done, ✗ failing, with its points, … testing, · not begun
"""


class Question(ModalScreen):
    """Asks something that is answered by yes or no.

    Args:
        text: str.
    """

    BINDINGS = [('y', 'dismiss(True)', 'Yes'),
                ('n,escape', 'dismiss(False)', 'No')]

    def __init__(self, text):
        super().__init__()
        self.text = text

    def compose(self):
        """Writes the question."""
        yield Static(f'{self.text}\n\n(y)es or (n)o', markup=False)


class Watch(App):
    """The application.

    Args:
        homework: `watch.Homework`.
        versions: str. The stack that it is tested on.
    """

    CSS = """
    #head, #progress { height: 1; padding: 0 1; color: $text-muted; }
    #tasks { width: 24; border: none; padding: 0 1; height: 1fr; }
    #right { padding: 0 1; height: 1fr; border-left: solid $surface; }
    #both { height: auto; }
    #both Static { width: 1fr; }
    Markdown { padding: 0; margin: 0; background: $background; }
    Question { align: center middle; }
    Question Static { width: 50; max-width: 90%; padding: 1 2; height: auto;
                      background: $panel; }
    .-narrow #tasks { width: 1fr; }
    .-narrow #right { display: none; border: none; }
    .-narrow.reading #right { display: block; }
    .-narrow.reading #tasks { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, '-narrow'), (60, '-wide')]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        ('question_mark', 'help', 'Keys'), ('q', 'quit', 'Quit'),
        ('h', 'hint', 'Hint'), ('t', 'task', 'Task'),
        ('space', 'test', 'Test'), ('a', 'all', 'All'),
        ('o', 'ours', 'Ours'), ('c', 'copy', 'Copy'),
        ('r', 'restart', 'Restart'),
        Binding('pageup', 'read(-1)', show=False, priority=True),
        Binding('pagedown', 'read(1)', show=False, priority=True),
        Binding('ctrl+c', 'quit', show=False, priority=True),
        Binding('ctrl+z', 'suspend_process', show=False),
        Binding('escape', 'back', show=False)]

    def __init__(self, homework, versions):
        super().__init__()
        self.homework, self.versions = homework, versions
        self.stem, self.shown, self.last = STEMS[0], None, None
        self.page = 'verdict'  # what of the task is on the right
        self.hints = dict.fromkeys(STEMS, 0)  # how many were seen

    def compose(self):
        """Lists the parts of the screen, from the top."""
        yield Static(f'{self.homework.folder.name}   {self.versions}',
                     id='head', markup=False)
        with Horizontal():
            yield OptionList(*STEMS, id='tasks', markup=False)
            with VerticalScroll(id='right', can_focus=False):
                yield Static(id='verdict', markup=False)
                yield Markdown(id='text')
                with Horizontal(id='both'):
                    yield Static(id='ours')
                    yield Static(id='yours')
        yield Static(id='progress', markup=False)
        yield Footer()

    def on_mount(self):
        """Begins to look at the homework."""
        for name in 'SIGTERM', 'SIGHUP':  # leave the terminal as it was
            if hasattr(signal, name) and hasattr(asyncio, 'unix_events'):
                asyncio.get_running_loop().add_signal_handler(
                    getattr(signal, name), self.exit)
        self.choose(self.homework.first_unsolved() or STEMS[0])
        self.call_after_refresh(self.look)  # the list must be there
        self.set_interval(POLL, self.look)

    def look(self):
        """Shows how the tasks stand, if it is another picture than before."""
        if not (self.is_headless or os.isatty(0)):  # it was closed
            self.exit()
        self.homework.look()
        if self.homework.last != self.last:
            self.last = self.homework.last
            self.choose(self.last)
        job = self.homework.job
        progress = '' if not job else (
            f'testing {job.stem} ... {job.begun} of {len(job.results)}'
            if job.results else f'testing {job.stem} ...')
        shown = repr((self.homework.tasks, progress, self.stem, self.page,
                      self.hints, self.homework.folder.is_dir()))
        if shown != self.shown:
            self.shown = shown
            self.query_one('#progress', Static).update(progress)
            self.show_tasks()
            self.show_page()

    def show_tasks(self):
        """Writes the list of the tasks."""
        tasks = self.query_one(OptionList)
        for number, stem in enumerate(STEMS):
            verdict = self.homework.tasks[stem]
            sign, style = SIGNS[verdict.state]
            points = '' if verdict.points is None else f'{verdict.points:g}'
            tasks.replace_option_prompt_at_index(number, Text.assemble(
                (f'{sign} ', style), f'{stem:<14} ', (points, style)))

    def show_page(self):
        """Writes what is on the right."""
        verdict, text, both = (self.query_one(f'#{name}')
                               for name in ('verdict', 'text', 'both'))
        verdict.display = self.page == 'verdict'
        both.display = self.page == 'answers'
        text.display = not verdict.display and not both.display
        page = section(self.stem)
        if self.page == 'verdict':
            verdict.update(self.verdict(page))
        elif self.page == 'task':
            text.update(page.text)
        elif self.page == 'help':
            text.update(HELP)
        elif self.page == 'hints':
            seen = self.hints[self.stem]
            text.update(f'## Hints to {page.title}\n\n' + ''.join(
                f'{number}. {hint}\n' for number, hint in enumerate(
                    page.hints[:seen], 1)) + f'\n{seen} of {len(page.hints)}'
                + '. Press h for the next one.' * (seen < len(page.hints)))
        else:
            for name, folder in (('ours', ROOT),
                                 ('yours', self.homework.folder)):
                self.query_one(f'#{name}', Static).update(Syntax(
                    f'# {name}\n{read(folder / f"{self.stem}.py")}',
                    'python', word_wrap=True))

    def verdict(self, page):
        """Returns how the chosen task stands, in words."""
        verdict = self.homework.tasks[self.stem]
        found = Text(f'{self.stem}.py: {verdict.state}\n\n', 'bold')
        if not self.homework.folder.is_dir():
            return Text(f'The folder {self.homework.folder} is gone.')
        if verdict.state == DONE:
            found.append(f'{page.solved}\n', 'not bold')
            if not self.homework.first_unsolved():
                found.append(f'\n{ALL_DONE}\n', 'not bold green')
        for failure in verdict.failures:
            found.append(f'{report.sentence(failure)}\n', 'not bold')
            for head, lines in (
                    ('It printed:', report.printed(failure)),
                    ('To try it (c copies it):', failure.paste.splitlines()),
                    ('', page.prototypes.splitlines()
                     if verdict.state == NOT_BEGUN else [])):
                if lines:
                    found.append(f'\n{head}\n', 'not bold dim')
                    found.append(''.join(f'  {line}\n' for line in lines),
                                 'not bold')
        return found

    def choose(self, stem):
        """Shows a task's verdict."""
        self.query_one(OptionList).highlighted = STEMS.index(stem)
        self.stem, self.page = stem, 'verdict'

    def turn(self, page):
        """Shows a page of the chosen task, or its verdict once more."""
        self.page = 'verdict' if self.page == page else page
        self.screen.add_class('reading')
        self.query_one('#right').scroll_home(animate=False)
        self.look()

    def on_option_list_option_highlighted(self, event):
        """Shows the task that an arrow or a click chooses."""
        if STEMS[event.option_index] != self.stem:
            self.stem, self.page = STEMS[event.option_index], 'verdict'
            self.look()

    def on_option_list_option_selected(self, event):
        """Shows its verdict on a narrow screen, too."""
        self.screen.add_class('reading')

    def action_back(self):
        """Goes back to the verdict, and from there to the list."""
        if self.page == 'verdict':
            self.screen.remove_class('reading')
        self.page = 'verdict'
        self.look()

    def action_read(self, pages):
        """Scrolls what is on the right."""
        right = self.query_one('#right')
        right.scroll_relative(y=pages * (right.size.height - 1),
                              animate=False)

    def action_task(self):
        """Shows what the task asks for."""
        self.turn('task')

    def action_help(self):
        """Shows the keys."""
        self.turn('help')

    def action_hint(self):
        """Shows one hint more."""
        self.hints[self.stem] = min(self.hints[self.stem] + 1,
                                    len(section(self.stem).hints))
        self.page = ''
        self.turn('hints')

    def action_test(self):
        """Tests the chosen task."""
        self.homework.test([self.stem])
        self.look()

    def action_all(self):
        """Tests all tasks once."""
        self.homework.test(STEMS)
        self.look()

    def action_copy(self):
        """Copies the lines that repeat the failing call."""
        failures = self.homework.tasks[self.stem].failures
        lines = failures[0].paste if failures else ''
        if lines:
            self.copy_to_clipboard(lines)
        self.notify('Copied: paste it into Python.' if lines else
                    'There is no failing call that fits into a few lines.')

    def action_restart(self):
        """Writes a stub in place of the file, if the answer is yes."""
        stem, folder = self.stem, self.homework.folder

        def restart(sure):
            if sure:
                stubs.write_stubs(folder, [stem], again=True)

        self.push_screen(Question(f'Start {stem}.py again? Your file stays '
                                  f'as {stem}.py.bak.'), restart)

    def action_ours(self):
        """Shows our answer beside the student's, if the answer is yes."""
        def show(sure):
            if sure:
                self.turn('answers')

        if self.page == 'answers':
            self.turn('answers')
            return
        count, seen = len(section(self.stem).hints), self.hints[self.stem]
        self.push_screen(Question(
            f'You have used {seen} of {count} hints. Show our answer?'), show)


def read(path):
    """Returns what is in a file, or that there is none."""
    if not Path(path).is_file():
        return '# There is no such file.\n'
    return Path(path).read_text(encoding='utf-8', errors='replace')
