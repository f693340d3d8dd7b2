"""Tests the suite itself: `python tests/check_variants.py [TASK ...]`.

Every wrong variant of a task in variants.py must fail, every right one pass.
With the numbers of tasks, only theirs; with --show, every wrong one's message
is printed. The exit status is 0 if all is as it should be.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import variants

TESTS = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items):
    """Puts what a task adds before what it shares with those before it."""
    def distance(item):
        kinds = item.cls.__mro__ if item.cls else ()
        return next((number for number, kind in enumerate(kinds)
                     if item.originalname in vars(kind)), 0)

    items.sort(key=distance)


def grade(cases, tests, folder):
    """Grades every case in a folder of its own.

    Args:
        cases: list of what `variants.texts` yields.
        tests: list of the test files, as str.
        folder: path object. Where to write.

    Returns:
        List of a dict for each case, its task's as Gradescope reads it.
    """
    for number, (_, stem, _, text) in enumerate(cases):
        case = folder / f'{number:03}'
        case.mkdir()
        (case / f'{stem}.py').write_text(text, encoding='utf-8')
    results = folder / 'results.json'
    # One failure tells a wrong variant, so -x; this file is a plugin, too.
    command = [sys.executable, '-m', 'pytest', '-q', '-x',
               '-p', 'check_variants',
               '-p', 'no:cacheprovider', '--rootdir', str(TESTS.parent),
               '--solutions', str(folder / '[0-9]*'), '--json', str(results)]
    run = subprocess.run([*command, *tests], cwd=TESTS.parent, text=True,
                         env={**os.environ, 'PYTHONPATH': str(TESTS)},
                         stdout=subprocess.PIPE)
    if not results.exists():
        sys.exit(run.stdout)
    grades = json.loads(results.read_text(encoding='utf-8'))
    return [next(task for task in grades[f'{number:03}']['tests']
                 if task['name'] == f'{stem}.py')
            for number, (_, stem, _, _) in enumerate(cases)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('task', nargs='*', type=int)
    parser.add_argument('--show', action='store_true')
    options = parser.parse_args()
    cases = [case for case in variants.texts() if not options.task
             or int(case[1].split('-')[0]) in options.task]
    tests = [str(next(TESTS.glob(f'test_{number:02}_*.py')))
             for number in options.task or range(14)]
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = grade(cases, tests, Path(folder))
    good = {True: 0, False: 0}
    for (right, stem, name, _), result in zip(cases, results):
        passed = result['status'] == 'passed'
        message = result['output'].partition('\n')[0]
        ok = passed if right else not passed and 'asks for' in message
        good[right] += ok
        if not ok or options.show and not right:
            print(f'{"" if ok else "MISBEHAVES "}{stem}, '
                  f'{"right" if right else "wrong"}: {name}\n    '
                  + ('passed' if passed else message))
    rights = sum(right for right, *_ in cases)
    print(f'{good[False]} of {len(cases) - rights} wrong variants fail, '
          f'{good[True]} of {rights} right ones pass, in '
          f'{time.monotonic() - start:.0f} seconds')
    count = sum(good.values())
    print(f'{count} passed, {len(cases) - count} failed')
    sys.exit(count < len(cases))


if __name__ == '__main__':
    main()
