"""What is tried: tables of values, and the calls that are made of them.

At the top of a task's tests stand tables: for each argument the values that
are tried, the usual one first. None means that it is left out. `cases` lists
the usual case, then each other value alone, so the first case that fails is
the usual call with one thing changed. `calls` makes a fixture of them.
"""
import os
import tempfile

import pytest
from allpairspy import AllPairs


def cases(tables, pairs=0):
    """Lists the cases of some tables.

    Args:
        tables: dict. For each argument the list of its values.
        pairs: int. How many cases to add in which as many pairs of values
            meet as possible.

    Returns:
        List of dicts: the usual case, then each other value alone, and then
        those of pairs.
    """
    usual = {name: values[0] for name, values in tables.items()}
    found = [usual]
    for name, values in tables.items():
        found += [{**usual, name: value} for value in values[1:]]
    if pairs:
        names = list(tables)
        for values in list(AllPairs(list(tables.values())))[1:pairs + 1]:
            found.append(dict(zip(names, values)))
    return found


def calls(make, cases):
    """Makes a fixture: the calls of the usual case, and those of the others.

    A sentence of the exam gets it as an argument, and goes through it:
    `for run in runs: assert ...`. Each call is made when a sentence first
    asks for it.

    Args:
        make: function. `make(student, case)` makes the call of a case, and
            returns an object for what came of it.
        cases: list of dicts, the usual one first.
    """
    @pytest.fixture(scope='module', params=['usual', 'others'][:len(cases)])
    def runs(student, request):
        return Runs(student, make, cases[:1] if request.param == 'usual'
                    else cases[1:])

    return runs


class Runs:
    """The calls of a task, each made when it is first asked for, and kept.

    What a call returned is kept, and so is what it raised: whoever asks for
    it again gets the same, and the call's folder as the current one.

    Args:
        student: `Student`.
        make: function. It makes the call of a case: `make(student, case)`.
        cases: list of dicts.
    """

    def __init__(self, student, make, cases):
        self.student, self.make = student, make
        self.cases, self.kept = cases, {}

    def __iter__(self):
        """Makes the calls one by one, as far as they aren't made yet."""
        for number, case in enumerate(self.cases):
            if number not in self.kept:
                folder = tempfile.mkdtemp()
                os.chdir(folder)
                try:
                    run = self.make(self.student, dict(case))
                    run.case = getattr(run, 'case', case)
                    run.student = self.student
                except Exception as error:
                    run = error
                self.kept[number] = (
                    run, folder, getattr(run, '__traceback__', None),
                    self.student.call, self.student.paste,
                    self.student.printed)
            (run, folder, trace, self.student.call, self.student.paste,
             self.student.printed) = self.kept[number]
            if isinstance(run, Exception):
                raise run.with_traceback(trace)
            self.student.announce(self.student.call)
            os.makedirs(folder, exist_ok=True)  # the call may have deleted it
            os.chdir(folder)
            yield run
