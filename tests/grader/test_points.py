"""What a sentence counts: those that a task adds, by the known answers."""
import ast
from pathlib import Path

import pytest

from grader import job, report

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def task_before(number):
    """Gives the answer to the task before, with the new parameters unused."""
    before, text = (
        (PLAIN / f'{each}-train.py').read_text(encoding='utf-8')
        for each in (number - 1, number))
    head, = (node for node in ast.parse(text).body
             if isinstance(node, ast.FunctionDef))
    tree = ast.parse(before)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.args = head.args
    return ast.unparse(tree)


@pytest.mark.parametrize('number', [5, 6, 7, 8])
def test_what_a_task_adds(scratch, number):
    """The sentences that it fails wholly are marked, and no others."""
    stem = f'{number}-train'
    (scratch / f'{stem}.py').write_text(task_before(number))
    (_, tested), = job.run([(scratch, stem)], seconds=30)
    results, names = tested.results, {}
    for result in results:
        names.setdefault(result.test.split('[')[0], []).append(result)
    last = {'test_main', 'test_changes_nothing_else'}
    failing = {name for name, each in names.items() if name not in last
               and all(result.failure for result in each)}
    marked = {result.test.split('[')[0] for result in results if result.new}
    assert marked == failing
    assert report.points(results) == 0
