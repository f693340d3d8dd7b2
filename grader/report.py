"""Grades, messages and files: the one place where English is put together.

A failure is a dict: its `kind`, its `cause`, and what there is to tell of it.
"""
import collections
import csv
import datetime
import json
import re
import textwrap

from grader import form
from grader.course import PAGE, number_of
from grader.exam.advice import ADVICE

LINES = 10  # of what a call has printed


def sentence(failure, stem):
    """Says in a sentence or two why a test has failed.

    Args:
        failure: dict.
        stem: str. The task's file without its ending.
    """
    file, number = f'{stem}.py', number_of(stem)
    call = failure.get('call')
    called = f'Called {call}. It' if call else f'Testing {file}'
    line = (f' (line {failure["line"]} of {failure["file"]})'
            if failure.get('line') else '')
    kind = failure['kind']
    if kind == 'unmet':
        text = (f'Called {call}. ' if call else '') + (
            f'{failure["got"]}. Expected: {failure["wanted"]} '
            f'({failure["clause"]}).')
    elif kind == 'prototype':
        text = (f'{failure["name"]} has {parameters(failure)}. Expected: '
                f'{failure["wanted"]} ({failure["clause"]}).')
    elif kind == 'raised':
        text = f'{called} raised {failure["error"]}{line} (task {number}).'
    elif kind == 'import':
        text = f'Importing {file} raised {failure["error"]}{line}.'
    elif kind == 'file':
        text = f'There is no file {file}.'
    elif kind == 'function':
        text = f'{file} must have a function {failure["name"]}.'
    elif kind == 'stub':
        text = f'{file} (task {number}) is not done yet.'
    elif kind == 'exam':
        text = (f'The exam itself failed, in {failure["where"]}: '
                f'{failure["error"]}. This may not be your mistake: please '
                'report it.')
        if call:
            text += f' Your call {call} returned {failure["returned"]}.'
    elif kind == 'broken':
        text = f'The exam itself failed: {failure["error"]}'
    elif kind == 'skipped':
        text = 'Not tested, because the task has failed before.'
    elif kind in HOW:
        if not failure['loaded']:
            called = f'Importing {file}'
        text = (f'{called} {HOW[kind].format(failure["value"])} '
                f'(task {number}).')
    else:
        text = f'Testing {file} was cut short.'
    if failure.get('similar'):
        text += f' Did you misname it? There is {failure["similar"]}.'
    if failure.get('hiding'):
        text += (f' Your own {failure["hiding"]} hides a module of that name: '
                 'rename it.')
    if failure.get('advice'):
        text += f' {ADVICE[failure["advice"]]}'
    return text


HOW = {'ended': 'ended its process, with exit status {}',
       'closed': 'wrote to a file that it had not opened, or closed it',
       'slow': 'ran for more than {:g} seconds, and was stopped'}


def parameters(failure):
    """Says in which parameters a prototype differs."""
    has, lacks = ', '.join(failure['has']), ', '.join(failure['lacks'])
    if has and lacks:
        return f'{has} and not {lacks}'
    return has or lacks and f'no {lacks}' or 'its parameters in another order'


def printed(failure):
    """Lists the last lines that the failing call printed."""
    text = re.sub('[^\n]*[\r\x08]', '', failure.get('printed', ''))
    return [line for line in text.split('\n') if line.strip()][-LINES:]


def question(stem):
    """Returns where a task's question stands, and its prototypes.

    They are read from docs/tasks.md.
    """
    text = PAGE.read_text(encoding='utf-8')
    title, section = re.search(rf'(?ms)^## (Task {number_of(stem)}: .*?)$'
                               r'(.*?)(?=^## |\Z)', text).groups()
    code = re.search(r'(?ms)^```py\n(.*?)^```', section)[1]
    return f'docs/tasks.md, {title}', code.rstrip()


def points(failures):
    """Returns a task's points: one, in proportion to the tests that pass."""
    return round(failures.count(None) / len(failures), 2)


def total(student):
    """Returns a student's points."""
    return round(sum(map(points, student.failures.values())), 2)


def grade(student, stem):
    """Says a task's grade in a word or three."""
    failures = student.failures[stem]
    if stem not in student.stems:
        return 'no file'
    if not any(failures):
        return 'passed'
    return f'{failures.count(None)} of {len(failures)}'


def messages(failures, stem, told=None):
    """Lists a task's failures, one for each cause.

    What the task adds comes before what it shares with those before it.

    Args:
        failures: list of dicts, or None where a test passed.
        stem: str. The task's file without its ending.
        told: dict. For each cause, the task for which it was told. What is
            told now is added.

    Returns:
        List of tuples `(text, failure)`.
    """
    told = {} if told is None else told
    causes = collections.defaultdict(list)
    again, new = collections.Counter(), []
    for failure in filter(None, failures):
        causes[failure['cause']].append(failure)
    for cause, alike in causes.items():
        first = min(alike, key=lambda each: len(each.get('call') or ''))
        alone = first['kind'] in ('file', 'stub')
        before = stem if alone else told.setdefault(cause, stem)
        if before != stem:
            again[before] += len(alike)
            continue
        more = len(alike) - 1
        new.append((sentence(first, stem) + (
            f' {tests(more, " more")} for the same reason.'
            if more and not alone else ''), first))
    new.sort(key=lambda pair: f'task {number_of(stem)}' not in pair[1].get(
        'clause', ''))
    return [(f'{tests(count)} for the same reason as in task '
             f'{number_of(before)}.', {}) for before, count in again.items()
            ] + new


def tests(count, more=''):
    """Says how many tests fail."""
    return f'{count}{more} test{" fails" if count == 1 else "s fail"}'


def messages_of(student):
    """Lists the messages of each task, none of which is told twice."""
    told = {}
    return {stem: messages(failures, stem, told)
            for stem, failures in student.failures.items()}


def verdict(stem, found):
    """Writes the messages of a task, with its question."""
    if not found:
        return ''
    place, code = question(stem)
    text = f'{stem}.py (task {number_of(stem)}; see {place})\n'
    for message, failure in found:
        text += item(message)
        lines = printed(failure)
        if lines:
            text += '  It printed:\n' + ''.join(
                f'    {line}\n' for line in lines)
    if any(failure.get('kind') == 'stub' for _, failure in found):
        text += textwrap.indent(code, '    ') + '\n'
    return text


def feedback(student, versions):
    """Writes a student's messages, in the order of the tasks, and grades."""
    text = f'{versions}\n'
    if student.note:
        text += f'{student.note}\n'
    for stem, found in messages_of(student).items():
        if stem not in student.stems:  # the grades say so
            found = [pair for pair in found if pair[1].get('similar')]
        if found:
            text += '\n' + verdict(stem, found)
    text += '\n'
    for stem in student.failures:
        text += f'{stem:<14}{grade(student, stem)}\n'
    text += f'{"total":<14}{total(student):g} of {len(student.failures)}\n'
    notes = form.notes(student)
    if notes:
        text += '\nform, without points\n' + ''.join(map(item, notes))
    return text


def item(text):
    """Writes an item of a list in lines."""
    return textwrap.fill(text, 79, initial_indent='- ', subsequent_indent='  ',
                         break_long_words=False, break_on_hyphens=False) + '\n'


def rows(students):
    """Lists the grades of a class.

    Returns:
        List of rows: the names of the columns, and then one per student.
    """
    stems = students[0].failures
    head = ['student', *map(number_of, stems), 'total', 'maximum']
    return [head, *([student.label,
                     *('-' if stem not in student.stems else
                       f'{points(student.failures[stem]):g}'
                       for stem in stems),
                     f'{total(student):g}', len(stems)]
                    for student in students)]


def table(students, versions):
    """Writes the grades of a class as a table."""
    width = max(len(student.label) for student in students) + 2
    text = f'{versions}\n\n'
    notes = ['', *(student.note for student in students)]
    for (label, *numbers, _), note in zip(rows(students), notes):
        text += f'{label:<{width}}' + ''.join(
            f'{number:>6}' for number in numbers) + f'  {note}'.rstrip()
        text += '\n'
    return text


def as_json(student, versions):
    """Returns a student's grades in the shape of Gradescope's results.json."""
    texts = messages_of(student)
    return {
        'score': total(student),
        'output': '\n'.join([' '.join([versions, student.note]).strip(),
                             *form.notes(student)]),
        'tests': [{
            'name': f'{stem}.py', 'number': number_of(stem),
            'score': points(failures), 'max_score': 1,
            'status': 'failed' if any(failures) else 'passed',
            'output': '\n'.join(text for text, _ in texts[stem])}
            for stem, failures in student.failures.items()],
        'extra_data': {
            'max_score': len(student.failures), 'stack': versions,
            'date': datetime.date.today().isoformat()}}


def write_json(students, path, several, versions):
    """Writes one student's grades, or those of several by their labels."""
    grades = {student.label: as_json(student, versions)
              for student in students}
    if not several:
        grades, = grades.values()
    path.write_text(json.dumps(grades, indent=2) + '\n', encoding='utf-8')


def write_feedback(students, folder, versions):
    """Writes a file for each student, and grades.csv for a spreadsheet."""
    for student in students:
        path = folder / f'{student.label}.txt'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{student.label}\n{feedback(student, versions)}',
                        encoding='utf-8')
    with open(folder / 'grades.csv', 'w', encoding='utf-8-sig',
              newline='') as file:
        csv.writer(file).writerows(
            # A spreadsheet takes such a name for a formula.
            [f"'{label}" if label[:1] in ('=', '+', '-', '@') else label,
             *row] for label, *row in rows(students))
