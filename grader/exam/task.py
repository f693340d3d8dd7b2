"""What every task asks for: its prototypes, its main, no other change."""
import os

from grader.exam.expect import current, expect, expect_untouched, function
from grader.exam.mains import expect_main
from grader.exam.prototype import expect_prototype, signature


def expect_one_file(name, wanted, clause):
    """Expects that a call has left a file of this name, and no other."""
    expect(os.path.isfile(name), f'There is no {name}', wanted, clause)
    found = [path for _, _, files in os.walk('.') for path in files]
    expect(len(found) == 1, f'It left {sorted(found)}',
           f'{name} and no other file', clause)


class Task:
    """The sentences that all tasks share; a task's own class adds its own.

    Attributes:
        PROTOTYPES: list of str. Its functions, as docs/tasks.md shows them.
        MAY_CHANGE: dict. For a function's name, the names from
            `surroundings` that a call may change.
    """

    PROTOTYPES, MAY_CHANGE = [], {}

    def function(self, name):
        """Returns a function of the task file."""
        return function(current.stem, name, self.MAY_CHANGE.get(name, ()))

    def ask(self, name, style=0, **values):
        """Calls a function in one of the ways that a call can be written.

        Args:
            name: str. The function's name.
            style: int. How many arguments to give by position, at most. It
                goes round where there are fewer.
            values: its arguments. What is None is left out.
        """
        prototype, = (each for each in self.PROTOTYPES
                      if each.startswith(f'{name}('))
        names = [*signature(prototype).parameters]
        values = {each: values[each] for each in names
                  if values.get(each) is not None}
        given = []
        for each in names[:style % (len(names) + 1)]:
            if each not in values:
                break
            given.append(values.pop(each))
        return self.function(name)(*given, **values)

    def test_prototypes(self):
        for prototype in self.PROTOTYPES:
            expect_prototype(prototype)

    def test_main(self):
        expect_main(current.stem)

    def test_changes_nothing_else(self):
        expect_untouched()
