"""Tests the exam itself: `python -m tests.grader.check_solutions [TASK ...]`.

Every wrong solution must fail, every right one pass: those in solutions/ and
those that edits.py and mutants.py make of the plain ones. With the numbers of
tasks, only theirs; with --show, every wrong one's message is printed. The
exit status is 0 if all is as it should be.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.grader import edits, mutants

GRADER = Path(__file__).resolve().parent
ROOT = GRADER.parents[1]
SOLUTIONS = GRADER / 'solutions'
MUTANT = 'mutant: '


def pytest_collection_modifyitems(items):
    """Puts what a task adds before what it shares with those before it."""
    def distance(item):
        kinds = item.cls.__mro__ if item.cls else ()
        return next((number for number, kind in enumerate(kinds)
                     if item.originalname in vars(kind)), 0)

    items.sort(key=distance)


def cases():
    """Gives every solution, in the order of the tasks.

    Yields:
        Tuples `(versions, stem, name, text)`: the versions of Keras on which
        the solution is right, its task's file, its name, and what is in the
        file.
    """
    kinds = [('right', edits.RIGHT, '23'), ('wrong', edits.WRONG, ''),
             ('keras_2', edits.KERAS_2, '2'), ('keras_3', edits.KERAS_3, '3')]
    stale, made = set(mutants.EQUIVALENT), set()
    for path in sorted((SOLUTIONS / 'plain').glob('*.py'),
                       key=lambda path: int(path.stem.split('-')[0])):
        stem, plain = path.stem, path.read_text(encoding='utf-8')
        yield '23', stem, 'plain', plain
        for folder, table, versions in kinds:
            for path in sorted((SOLUTIONS / folder / stem).glob('*.py')):
                yield (versions, stem, path.stem.replace('_', ' '),
                       path.read_text(encoding='utf-8'))
            for name, old, new in table.get(stem, []):
                if plain.count(old) != 1:
                    raise ValueError(f'{stem}, {name}: {old!r} must be in '
                                     'the plain solution once.')
                yield versions, stem, name, plain.replace(old, new)
        for before, after, text in mutants.mutants(plain):
            if (before, after) in made:  # of a line of a task before
                continue
            made.add((before, after))
            stale.discard((before, after))
            yield ('23' if (before, after) in mutants.EQUIVALENT else '',
                   stem, f'{MUTANT}{before} -> {after}', text)
    if stale:
        raise ValueError(f'No mutants, but in EQUIVALENT: {stale}')


def grade(graded, tests, folder):
    """Grades every solution in a folder of its own.

    Args:
        graded: list of what `cases` yields.
        tests: list of the test files, as str.
        folder: path object. Where to write.

    Returns:
        List of a tuple for each case: whether it is right on this Keras,
        and the dict of its task's result.
    """
    for number, (_, stem, _, text) in enumerate(graded):
        case = folder / f'{number:03}'
        case.mkdir()
        (case / f'{stem}.py').write_text(text, encoding='utf-8')
    results = folder / 'results.json'
    # One failure tells a wrong solution, so -x; this file is a plugin, too.
    command = [sys.executable, '-m', 'pytest', '-q', '-x',
               '-p', __spec__.name, '-p', 'no:cacheprovider',
               f'--solutions={folder}/[0-9]*', '--json', str(results)]
    run = subprocess.run([*command, *tests], cwd=ROOT, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if not results.exists():
        sys.exit(run.stdout)
    grades = json.loads(results.read_text(encoding='utf-8'))
    keras = grades['000']['extra_data']['stack'].partition('Keras ')[2][0]
    return [(keras in versions, next(
        task for task in grades[f'{number:03}']['tests']
        if task['name'] == f'{stem}.py'))
        for number, (versions, stem, _, _) in enumerate(graded)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('task', nargs='*', type=int)
    parser.add_argument('--show', action='store_true')
    options = parser.parse_args()
    graded = [case for case in cases() if not options.task
              or int(case[1].split('-')[0]) in options.task]
    tests = [str(next((ROOT / 'tests' / 'tasks').glob(
        f'test_{number:02}_*.py'))) for number in options.task or range(14)]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = grade(graded, tests, Path(folder))
    good = {True: 0, False: 0}
    failed = made = 0  # mutants
    for (versions, stem, name, _), (right, result) in zip(graded, results):
        passed = result['status'] == 'passed'
        message = result['output'].partition('\n')[0]
        ok = passed if right else not passed and (
            'On TensorFlow 2.15' if versions == '2' else 'asks for') in message
        if name.startswith(MUTANT):
            # What doesn't run at all fails by any message.
            ok = passed == right
            made, failed = made + 1, failed + (not passed)
        good[right] += ok
        if not ok or options.show and not right:
            print(f'{"" if ok else "MISBEHAVES "}{stem}, '
                  f'{"right" if right else "wrong"}: {name}\n    '
                  + ('passed' if passed else message))
    rights = sum(right for right, _ in results)
    print(f'{good[False]} of {len(graded) - rights} wrong solutions fail, '
          f'{good[True]} of {rights} right ones pass, in '
          f'{time.monotonic() - start:.0f} seconds')
    print(f'{failed} of {made} mutants fail')
    sys.exit(sum(good.values()) < len(graded))


if __name__ == '__main__':
    main()
