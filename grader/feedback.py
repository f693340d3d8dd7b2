"""A folder of feedback: a file for each student, and pages for the teacher.

Each student's grades are also kept as JSON. `grades.csv` and `index.html` are
made of all of these, so grading one student again changes that row alone.
"""
import collections
import contextlib
import csv
import json

import jinja2

from grader import report
from grader.course import HERE, STEMS

COMMON = 5  # mistakes of the class, at the top of its page


class Feedback:
    """What is written for a class.

    Args:
        folder: path object.
        versions: str. The stack that is graded on.

    Attributes:
        grades: dict. Of each student's folder, the grades as
            `report.as_json` returns them: those of earlier runs, too.
    """

    def __init__(self, folder, versions):
        self.folder, self.versions, self.grades = folder, versions, {}
        for path in sorted(folder.rglob('*.json')):
            with contextlib.suppress(ValueError, KeyError):  # it is another
                found = json.loads(path.read_text(encoding='utf-8'))
                self.grades[found['extra_data']['folder']] = found

    def has(self, student, stems):
        """Tells whether a student's tasks were graded in an earlier run."""
        found = self.grades.get(student.home, {'tests': []})
        return set(stems) <= {test['name'][:-3] for test in found['tests']}

    def write(self, student):
        """Writes a student's files; returns the grades."""
        grades = report.as_json(student, self.versions)
        before = self.grades.get(student.home)
        if before:  # of other tasks, and perhaps under another name
            student.label = before['extra_data']['student']
            tests = {test['name']: test
                     for test in before['tests'] + grades['tests']}
            tests = [tests[f'{stem}.py'] for stem in STEMS
                     if f'{stem}.py' in tests]
            grades['tests'] = tests
            grades['score'] = round(sum(test['score'] for test in tests), 2)
            grades['extra_data'].update(max_score=len(tests),
                                        student=student.label)
        path = self.folder / f'{student.label}.txt'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'{student.label}\n{report.feedback(student, self.versions)}',
            encoding='utf-8')
        path.with_name(f'{path.name[:-4]}.json').write_text(
            json.dumps(grades, indent=2) + '\n', encoding='utf-8')
        self.grades[student.home] = grades
        return grades

    def write_class(self):
        """Writes `grades.csv` for a spreadsheet, and `index.html` to read."""
        everybody = sorted(self.grades.values(),
                           key=lambda each: each['extra_data']['student'])
        with open(self.folder / 'grades.csv', 'w', encoding='utf-8-sig',
                  newline='') as file:
            csv.writer(file).writerows([
                ['student', *STEMS, 'total', 'maximum', 'note', 'folder'],
                *map(row, everybody)])
        page = jinja2.Environment(autoescape=True).from_string(
            (HERE / 'class.html').read_text(encoding='utf-8'))
        (self.folder / 'index.html').write_text(page.render(
            students=everybody, stems=STEMS, versions=self.versions,
            tasks=[task(stem, everybody) for stem in STEMS],
            mistakes=mistakes(everybody)), encoding='utf-8')


def row(grades):
    """Returns a student's row of `grades.csv`."""
    more = grades['extra_data']
    found = {test['name'][:-3]: report.point(test)
             for test in grades['tests']}
    # A spreadsheet takes such a name for a formula.
    quote = "'" * more['student'].startswith(('=', '+', '-', '@'))
    return [f'{quote}{more["student"]}', *(found.get(stem, '')
                                           for stem in STEMS),
            f'{grades["score"]:g}', more['max_score'], more['note'],
            more['folder']]


def task(stem, everybody):
    """Returns a task's mean and how many pass, of those who were graded."""
    tests = [test for each in everybody for test in each['tests']
             if test['name'] == f'{stem}.py']
    passed = sum(test['status'] == 'passed' for test in tests)
    return {'mean': sum(test['score'] for test in tests) / len(tests),
            'passed': 100 * passed / len(tests)} if tests else {}


def mistakes(everybody):
    """Lists the commonest mistakes: task, message, and who made them."""
    made = collections.defaultdict(list)
    texts = {}
    for each in everybody:
        for test in each['tests']:
            if test['extra_data']['file']:
                for cause, text in test['extra_data']['mistakes']:
                    made[test['name'], cause].append(
                        each['extra_data']['student'])
                    texts.setdefault((test['name'], cause), text)
    common = sorted(made, key=lambda key: -len(made[key]))[:COMMON]
    return [(name, texts[name, cause], made[name, cause])
            for name, cause in common]
