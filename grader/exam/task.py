"""What every task asks for: its prototypes, its main, no other change."""
import functools
import inspect
import os
from pathlib import Path

from grader.course import number_of
from grader.exam.mains import look_at_main
from grader.exam.student import Unmet, kind, signature, unlike
from grader.failure import Failure

ORDINAL = ('first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh',
           'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth',
           'fourteenth', 'fifteenth')


def unmet(runs, sentence):
    """Goes through those runs of which a sentence isn't known to be met.

    Whoever asks for the next one has met it for the last.
    """
    for run in runs:
        met = vars(run).setdefault('met', set())
        if sentence not in met:
            yield run
            met.add(sentence)


def once(sentence):
    """Has a sentence look at a run once, whoever needs it, too."""
    @functools.wraps(sentence)
    def look(self, *args, **kwargs):
        runs, = [*args, *kwargs.values()]  # pytest gives it by its name
        return sentence(self, unmet(runs, sentence))

    return look


class Task:
    """The sentences that all tasks share; a task's own class adds its own.

    A sentence that needs another one calls it, for its run: so a cause is
    told by the sentence that is about it.
    """

    def __init_subclass__(cls):
        """Has each sentence about runs look at each of them once."""
        for name, sentence in [*vars(cls).items()]:
            if name.startswith('test_') and (
                    'student' not in inspect.signature(sentence).parameters):
                setattr(cls, name, once(sentence))

    def test_prototypes(self, student):
        """The names, the order and the defaults of parameters are binding."""
        for name in student.prototypes:
            look_at_prototype(student, name)

    def test_main(self, student):
        """Its main runs."""
        look_at_main(student)

    def test_changes_nothing_else(self, student):
        """The rules: a task changes nothing else."""
        student.module  # or there is no such file
        student.call = student.paste = ''
        student.printed = student.import_printed
        assert not student.import_printed, unlike(
            'The file runs code when it is imported: it prints '
            f'{student.import_printed.strip()[:60]!r}', 'imports and '
            'functions only')
        assert not student.import_changes, unlike(
            'The file runs code when it is imported: it '
            f'{"".join(student.import_changes[:1])}',
            'imports and functions only')
        for call, paste, change in student.changes:
            student.call, student.paste = call, paste
            assert not change, unlike(
                f'It {change}', 'nothing but what the task describes')


class FileTask(Task):
    """The sentences that tasks 9 to 11 share, which save and load a file."""

    def test_saves_a_file(self, saves):
        """Filename is the path of the file, with any ending."""
        for run in saves:
            name = run.name.removeprefix('./')
            found = sorted(path.as_posix() for path in Path().rglob('*')
                           if path.is_file())
            left = f'It left {", ".join(found)}' if found else (
                'It left no file')
            assert os.path.isfile(name), unlike(
                f'There is no {name}. {left}', 'a file of exactly that name')
            assert len(found) == 1, unlike(left, f'{name} and no other file')
            assert Path(name).read_bytes() != run.older, unlike(
                f'An older {name} lay there, and was not replaced',
                'what was saved last')

    def test_save_returns_none(self, saves):
        """The function that saves returns None."""
        for run in saves:
            only_none(run.returned)


def look_at_prototype(student, name):
    """Raises an `Unmet`, unless a function has the parameters of its task.

    Others may follow, if they have a default. The default of `save_format`
    may be 'keras': the editions of the course differ.
    """
    got, want = [list(each.parameters.values()) for each in (
        inspect.signature(student.function(name)),
        signature(student.prototypes[name]))]

    def fits(parameter, wanted):
        return parameter.name == wanted.name and (
            wanted.default is wanted.empty
            or parameter.default == wanted.default
            or parameter.default == 'keras' and wanted.name == 'save_format')

    def may_follow(parameter):
        return (parameter.default is not parameter.empty
                or parameter.kind in (parameter.VAR_POSITIONAL,
                                      parameter.VAR_KEYWORD))

    first, rest = got[:len(want)], got[len(want):]
    if (len(first) == len(want) and all(map(fits, first, want))
            and all(map(may_follow, rest))):
        return
    student.wrong[name] = Unmet(Failure(
        f'In {name}, {wrong_parameter(got, want, fits)}',
        student.prototypes[name], hint='', cause=f'prototype of {name}: '
        f'{[str(each) for each in got]}',
        clause=f'task {number_of(student.stem)}: the prototype'))
    raise student.wrong[name]


def wrong_parameter(got, want, fits):
    """Says which parameter is the first that is wrong, and how."""
    names = [parameter.name for parameter in got]
    for place, wanted in enumerate(want):
        mine = got[place] if place < len(got) else None
        if mine is not None and fits(mine, wanted):
            continue
        where = f'the {ORDINAL[place]} parameter must be'
        if mine is None:
            return f'{where} {wanted}, and there is none'
        if mine.name == wanted.name:
            return (f'{mine.name} must have the default {wanted.default!r}'
                    + (f'; yours is {mine.default!r}'
                       if mine.default is not mine.empty else ''))
        if sorted(names[:len(want)]) == sorted(each.name for each in want):
            return f'{where} {wanted.name}: they are in another order'
        return f'{where} called {wanted.name}; yours is {mine.name}'
    return f'{got[len(want)].name} must have a default, or go'


def only_none(returned):
    """Raises an `Unlike`, unless a call has returned None."""
    __tracebackhide__ = True
    assert returned is None, unlike(f'It returned {kind(returned)}', 'None')


def only_silence(printed):
    """Raises an `Unlike`, unless a call has printed nothing."""
    __tracebackhide__ = True
    bar = '━' in printed or '[==' in printed
    what = 'a progress bar' if bar else repr(printed.strip()[:60])
    assert not printed, unlike(
        f'With verbose=False, it still prints {what}', 'no output',
        'Is verbose handed to Keras?' * bar)
