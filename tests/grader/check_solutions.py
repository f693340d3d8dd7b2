"""Tests the exam itself: `python -m tests.grader.check_solutions [TASK ...]`.

Every wrong solution must fail, and every right one pass: those in solutions/,
and those that edits/ and mutants.py make of the plain ones. With the numbers
of tasks, only theirs; with --show, every wrong one's message is printed; with
--whole, all sentences are tested, and not only until the first failure; with
--seed N, mutants of mutants, drawn anew for each seed; with --folder F, the
solutions in F/right/TASK and F/wrong/TASK alone. The exit status is 0 if all
is as it should be.
"""
import argparse
import ast
import importlib
import random
import sys
import tempfile
import time
from pathlib import Path

from grader import job, report, versions
from grader.__main__ import progress_bar
from grader.course import number_of
from grader.stubs import not_begun
from tests.grader import mutants

SOLUTIONS = Path(__file__).resolve().parent / 'solutions'
MUTANT = 'mutant: '
DRAWN = 8  # mutants of mutants for each task and seed


def plain_solutions():
    """Maps each task's file to the text of its plain solution."""
    return {path.stem: path.read_text(encoding='utf-8') for path in sorted(
        (SOLUTIONS / 'plain').glob('*.py'),
        key=lambda path: int(number_of(path.stem)))}


def in_folder(folder, stem):
    """Yields the solutions of a task in a folder, as `cases` does."""
    for kind, stacks in (('right', '23'), ('wrong', ''), ('keras_2', '2')):
        for path in sorted((folder / kind / stem).glob('*.py')):
            yield (stacks, stem, path.stem.replace('_', ' '),
                   path.read_text(encoding='utf-8'))


def cases():
    """Yields every solution, in the order of the tasks.

    Yields:
        Tuples `(versions, stem, name, text)`: the versions of Keras on which
        the solution is right, its task's file, its name, and what is in the
        file.
    """
    kinds = {'RIGHT': '23', 'WRONG': '', 'KERAS_2': '2', 'KERAS_3': '3'}
    stale, made = set(mutants.EQUIVALENT), set()
    for stem, plain in plain_solutions().items():
        yield '23', stem, 'plain', plain
        yield from in_folder(SOLUTIONS, stem)
        edits = importlib.import_module(
            f'tests.grader.edits.task_{number_of(stem)}')
        for kind, stacks in kinds.items():
            for name, old, new in getattr(edits, kind, []):
                if plain.count(old) != 1:
                    raise ValueError(f'{stem}, {name}: {old!r} must be in '
                                     'the plain solution once.')
                yield stacks, stem, name, plain.replace(old, new)
        for before, after, text in mutants.mutants(plain):
            if (before, after) in made:  # of a line of a task before
                continue
            made.add((before, after))
            stale.discard((before, after))
            yield ('23' if (before, after) in mutants.EQUIVALENT else '',
                   stem, f'{MUTANT}{before} -> {after}', text)
    if stale:
        raise ValueError(f'No mutants, but in EQUIVALENT: {stale}')


def drawn_mutants(seed):
    """Yields mutants of mutants: the rules applied twice, in any places."""
    draw = random.Random(seed)
    for stem, plain in plain_solutions().items():
        first = [*mutants.mutants(plain)]
        same = ast.unparse(ast.parse(plain))
        made = 0
        while made < DRAWN:
            before, after, text = draw.choice(first)
            second = [each for each in mutants.mutants(text)
                      if each[2] != same]  # which the second changes back
            if not second:
                continue
            line, other, twice = draw.choice(second)
            if {(before, after), (line, other)} <= set(mutants.EQUIVALENT):
                continue
            made += 1
            yield ('', stem, f'{MUTANT}{before} -> {after}; {line} -> '
                   f'{other}', twice)


def test(graded, folder, maxfail):
    """Tests every solution in a folder of its own.

    Yields:
        Tuples `(number, results)`: its place in the list, and its results.
    """
    waiting = []
    for number, (_, stem, _, text) in enumerate(graded):
        case = folder / f'{number:04}'
        case.mkdir()
        (case / f'{stem}.py').write_text(text, encoding='utf-8')
        assert not_begun(case, stem) is None, stem
        waiting.append((case, stem))
    # One failure tells a wrong solution.
    for number, tested in job.run(waiting, seconds=20, maxfail=maxfail):
        yield number, tested.results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('task', nargs='*', type=int)
    parser.add_argument('--show', action='store_true')
    parser.add_argument('--seed', type=int)
    parser.add_argument('--whole', action='store_true')
    parser.add_argument('--folder', type=Path)
    options = parser.parse_args()
    if options.folder:
        found = [case for stem in plain_solutions()
                 for case in in_folder(options.folder, stem)]
    elif options.seed is not None:
        found = drawn_mutants(options.seed)
    else:
        found = cases()
    graded = [case for case in found if not options.task
              or int(number_of(case[1])) in options.task]
    start = time.monotonic()
    keras = versions.keras()[0]
    good, total = {True: 0, False: 0}, {True: 0, False: 0}
    made = failed = 0  # mutants
    lines = []
    with tempfile.TemporaryDirectory() as folder, (
            progress_bar(len(graded), sys.stderr.isatty())) as bar:
        for number, results in test(graded, Path(folder),
                                    0 if options.whole else 1):
            right_on, stem, name, _ = graded[number]
            right, passed = keras in right_on, report.passes(results)
            found, _ = report.failures(results, stem)
            texts = [report.sentence(failure) for failure in found]
            message = '\n    '.join(texts) if texts else 'passed'
            ok = passed == right and not any(
                failure.kind == 'exam' for failure in found)
            if right_on == '2' and keras == '3':
                ok = ok and 'It works with Keras 2' in message
            if name.startswith(MUTANT):
                made, failed = made + 1, failed + (not passed)
                ok = passed == right
            good[right] += ok
            total[right] += 1
            bar(f'{stem}: {name}')
            if not ok or options.show and not right:
                lines.append((number, f'{"" if ok else "MISBEHAVES "}{stem}, '
                              f'{"right" if right else "wrong"}: {name}\n    '
                              + message))
    for _, line in sorted(lines):
        print(line)
    print(f'{good[False]} of {total[False]} wrong solutions fail, '
          f'{good[True]} of {total[True]} right ones pass, in '
          f'{time.monotonic() - start:.0f} seconds')
    print(f'{failed} of {made} mutants fail')
    sys.exit(sum(good.values()) < len(graded))


if __name__ == '__main__':
    main()
