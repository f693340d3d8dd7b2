"""What a teacher takes home: grades, messages, and the files with them.

A task counts one point, or the share of its tests that pass.
"""
import collections
import csv
import datetime
import json
import re
import textwrap

from tests.grader import form
from tests.grader.expectations import stack

# What is said of a file, once whatever the number of tests.
OF_A_FILE = '^There is no file|is not done yet'


def points(failures):
    """Gives the points of a task.

    Args:
        failures: list of a pair `(message, cause)` for each test, of empty
            texts if it passed.
    """
    return round(sum(not message for message, _ in failures)
                 / len(failures), 2)


def total(student):
    return round(sum(map(points, student.failures.values())), 2)


def grade(student, stem):
    """Says a task's grade in a word or three."""
    failures = student.failures[stem]
    if stem not in student.stems:
        return 'no file'
    passed = sum(not message for message, _ in failures)
    if passed == len(failures):
        return 'passed'
    return f'{passed} of {len(failures)}'


def messages(failures, told=None, task=None):
    """Lists the messages of a task's failures, one for each cause.

    What the task adds comes before what it shares with those before it.

    Args:
        failures: list, as `points` takes it.
        told: dict. The number of the task of which a thing has been told,
            which is not told again. What is told now is added.
        task: str. The task's own number.
    """
    told = {} if told is None else told
    causes, again, new = {}, collections.Counter(), []
    for message, cause in failures:
        if message:
            causes.setdefault(cause, []).append(message)
    for cause, same in causes.items():
        if re.search(OF_A_FILE, cause):
            new.append(same[0])
            continue
        first = told.get(essence(same[0], cause), task)
        for message in same:
            told.setdefault(essence(message, cause), first)
        more = len(same) - 1
        if first != task:
            again[first] += len(same)
        else:
            new.append(same[0] + (
                f' Also fails {more} more of the tests.' if more else ''))
    return [f'Fails {count} of the tests as task {first} does.'
            for first, count in again.items()] + sorted(
                new, key=lambda text: f'(task {task}:' not in text)


def messages_of(student):
    """Lists the messages of each task, none of which is told twice."""
    told = {}
    return {stem: messages(failures, told, stem.split('-')[0])
            for stem, failures in student.failures.items()}


def essence(message, cause):
    """Leaves out what differs from one task to another.

    That is the arguments of the call, the file, and every number.
    """
    got = re.sub(r'\(.*?\)\. (?=[A-Z`])', ' ', message, count=1)
    got = got.partition(', but the task asks for ')[0]
    return re.sub(r'\d+-\w+\.py|\d+([.,]\d+)*(e-?\d+)?', '',
                  f'{got} ({cause})')


def feedback(student):
    """Writes a student's messages, in the order of the tasks, and grades."""
    text = f'{stack()}\n'
    if student.note:
        text += f'{student.note}\n'
    for stem, found in messages_of(student).items():
        if stem not in student.stems:  # the grades say so
            found = [message for message in found if 'misname' in message]
        if found:
            text += f'\n{stem}.py (task {stem.split("-")[0]})\n'
        text += ''.join(item(message) for message in found)
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
    head = ['student', *(stem.split('-')[0] for stem in stems), 'total',
            'maximum']
    return [head, *([student.label,
                     *('-' if stem not in student.stems else
                       f'{points(student.failures[stem]):g}'
                       for stem in stems),
                     f'{total(student):g}', len(stems)]
                    for student in students)]


def table(students):
    """Writes the grades of a class as a table."""
    width = max(len(student.label) for student in students) + 2
    text = f'{stack()}\n\n'
    notes = ['', *(student.note for student in students)]
    for (label, *numbers, _), note in zip(rows(students), notes):
        text += f'{label:<{width}}' + ''.join(
            f'{number:>6}' for number in numbers) + f'  {note}'.rstrip()
        text += '\n'
    return text


def as_json(student):
    """Gives a student's grades in the shape of Gradescope's results.json."""
    texts = messages_of(student)
    return {
        'score': total(student),
        'output': '\n'.join([' '.join([stack(), student.note]).strip(),
                             *form.notes(student)]),
        'tests': [{
            'name': f'{stem}.py', 'number': stem.split('-')[0],
            'score': points(failures), 'max_score': 1,
            'status': 'passed' if points(failures) == 1 else 'failed',
            'output': '\n'.join(texts[stem])}
            for stem, failures in student.failures.items()],
        'extra_data': {
            'max_score': len(student.failures), 'stack': stack(),
            'date': datetime.date.today().isoformat()}}


def write_json(students, path, several):
    """Writes one student's grades, or those of several by their labels."""
    if several:
        grades = {student.label: as_json(student) for student in students}
    else:
        grades = as_json(students[0])
    path.write_text(json.dumps(grades, indent=2) + '\n', encoding='utf-8')


def write_feedback(students, folder):
    """Writes a file for each student, and grades.csv."""
    for student in students:
        path = folder / f'{student.label}.txt'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{student.label}\n{feedback(student)}',
                        encoding='utf-8')
    with open(folder / 'grades.csv', 'w', encoding='utf-8',
              newline='') as file:
        csv.writer(file).writerows(rows(students))
