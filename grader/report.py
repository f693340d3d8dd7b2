"""Grades, messages and files: the one place where English is put together."""
import dataclasses
import datetime
import json
import re
import textwrap

from rich.table import Table
from rich.text import Text

from grader import form
from grader.course import number_of
from grader.page import section

LINES = 10  # of what a call has printed


def sentence(failure):
    """Says in a sentence or two why a sentence of the exam isn't met.

    Args:
        failure: `Failure`.
    """
    text = f'Called {failure.call}. {failure.got}' if failure.call else (
        failure.got)
    if failure.expected:
        text += f'. Expected: {failure.expected}'
    if failure.clause:
        text += f' ({failure.clause})'
    if text[-1] not in '.?!':
        text += '.'
    return f'{text} {failure.hint}'.strip()


def told(failure):
    """Writes a message, and below it what the call printed."""
    text = item(sentence(failure))
    lines = printed(failure)
    if lines:
        text += '  It printed:\n' + ''.join(
            f'    {line}\n' for line in lines)
    if failure.paste:
        text += '  To try it:\n' + textwrap.indent(failure.paste, '    ')
        text += '\n'
    return text


def printed(failure):
    """Lists the last lines that the failing call printed."""
    text = re.sub('[^\n]*[\r\x08]', '', failure.printed)
    return [line for line in text.split('\n') if line.strip()][-LINES:]


def points(results):
    """Returns a task's points, from 0 to 1.

    They are the share of what the task adds that is met, times the share of
    the rest. So the answer to the task before gets none. A file that can't be
    imported, a missing function and a usual call that ends its process give
    none, either.
    """
    for result in results:
        kind = result.failure.kind if result.failure else ''
        if kind in ('import', 'function', 'file', 'stub') or (
                kind == 'ended' and '[others]' not in result.test):
            return 0
    found = 1
    for new in True, False:
        marks = [not result.failure for result in results
                 if result.new == new]
        found *= sum(marks) / len(marks) if marks else 1
    return round(found, 2)


def total(student):
    """Returns a student's points."""
    return round(sum(map(points, student.results.values())), 2)


def passes(results):
    """Tells whether all sentences of a task are met."""
    return not any(result.failure for result in results)


def grade(student, stem):
    """Says a task's grade in a word or three."""
    results = student.results[stem]
    if stem not in student.stems:
        return 'no file'
    if passes(results):
        return 'passed'
    return f'{points(results):g}'


def failures(results, stem, told=None):
    """Lists a task's failures, one for each cause.

    Args:
        results: list of results, each with a `Failure` or None.
        stem: str. The task's file without its ending.
        told: dict. For each cause, the task for which it was told. What is
            told now is added.

    Returns:
        List of the failures, and the tasks in which others were told.
    """
    told = {} if told is None else told
    found, elsewhere = [], []
    for failure in (result.failure for result in results if result.failure):
        if failure.kind == 'skipped':
            continue
        alone = failure.kind in ('file', 'stub')
        before = stem if alone else told.setdefault(failure.cause, stem)
        if before != stem:
            elsewhere.append(before)
        elif failure.cause not in [each.cause for each in found]:
            found.append(failure)
    return found, list(dict.fromkeys(elsewhere))


def failures_of(student):
    """Lists the failures of each task, none of which is told twice."""
    told = {}
    return {stem: failures(results, stem, told)
            for stem, results in student.results.items()}


def messages(found, elsewhere):
    """Lists the messages of a task's failures."""
    return [f'Fails for the same reason as task {number_of(stem)}.'
            for stem in elsewhere] + [sentence(each) for each in found]


def verdict(stem, found, elsewhere=()):
    """Writes the messages of a task, with its question."""
    if not found and not elsewhere:
        return ''
    page = section(stem)
    text = (f'{stem}.py (task {number_of(stem)}; see docs/tasks.md, '
            f'{page.title})\n')
    text += ''.join(map(item, messages([], elsewhere)))
    text += ''.join(map(told, found))
    if any(failure.kind == 'stub' for failure in found):
        text += textwrap.indent(page.prototypes, '    ') + '\n'
    return text


def feedback(student, versions):
    """Writes a student's messages, in the order of the tasks, and grades."""
    text = f'{versions}\n'
    if student.note:
        text += f'{student.note}\n'
    for stem, (found, elsewhere) in failures_of(student).items():
        if stem not in student.stems:  # the grades say so
            found = [failure for failure in found if failure.hint]
        if found or elsewhere:
            text += '\n' + verdict(stem, found, elsewhere)
    text += '\n'
    for stem in student.results:
        text += f'{stem:<14}{grade(student, stem)}\n'
    text += f'{"total":<14}{total(student):g} of {len(student.results)}\n'
    notes = form.notes(student)
    if notes:
        text += '\nform, without points\n' + ''.join(map(item, notes))
    return text


def item(text):
    """Writes an item of a list in lines."""
    return textwrap.fill(text, 79, initial_indent='- ', subsequent_indent='  ',
                         break_long_words=False, break_on_hyphens=False) + '\n'


def as_json(student, versions):
    """Returns a student's grades in the shape of Gradescope's results.json."""
    tests = []
    for stem, (found, elsewhere) in failures_of(student).items():
        results, texts = student.results[stem], messages(found, elsewhere)
        tests.append({
            'name': f'{stem}.py', 'number': number_of(stem),
            'score': points(results), 'max_score': 1,
            'status': 'passed' if passes(results) else 'failed',
            'output': '\n'.join(texts),
            'extra_data': {
                'messages': texts, 'file': stem in student.stems,
                'mistakes': [[each.cause, sentence(dataclasses.replace(
                    each, call=''))] for each in found]}})
    return {
        'score': total(student),
        'output': '\n'.join([' '.join([versions, student.note]).strip(),
                             *form.notes(student)]),
        'tests': tests,
        'extra_data': {
            'max_score': len(student.results), 'stack': versions,
            'date': datetime.date.today().isoformat(), 'note': student.note,
            'student': student.label, 'folder': student.home}}


def write_json(grades, path, several):
    """Writes one student's grades, or those of several by their labels."""
    grades = {each['extra_data']['student']: each for each in grades}
    if not several:
        grades, = grades.values()
    path.write_text(json.dumps(grades, indent=2) + '\n', encoding='utf-8')


def table(grades):
    """Makes the table of a class, and a list of notes below it.

    Args:
        grades: list of dicts, as `as_json` returns them.
    """
    shown = Table(box=None, pad_edge=False, padding=(0, 0, 0, 1))
    shown.add_column('student', overflow='ellipsis', no_wrap=True,
                     max_width=20)
    for test in grades[0]['tests']:
        shown.add_column(test['number'], justify='right', min_width=4)
    shown.add_column('total', justify='right')
    for each in grades:
        shown.add_row(Text(each['extra_data']['student']), *(
            point(test) for test in each['tests']), f'{each["score"]:g}')
    notes = [f'{each["extra_data"]["student"]}: {each["extra_data"]["note"]}'
             for each in grades if each['extra_data']['note']]
    return shown, notes


def point(test):
    """Shows a task's points; '-' if there is no file."""
    return f'{test["score"]:g}' if test['extra_data']['file'] else '-'
