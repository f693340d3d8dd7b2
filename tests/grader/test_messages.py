"""What a student is told: each cause once, in words that help."""
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K

from grader import form, report
from grader.course import STEMS
from grader.exam import advice, plugin, student, task, training
from grader.exam.cases import Runs, cases
from grader.failure import Failure
from grader.job import Result

PLAIN = Path(__file__).parent / 'solutions' / 'plain'
PROTOTYPES = {'3-one_hot': ['one_hot(labels, classes=None)'],
              '9-model': ['save_model(network, filename)',
                          'load_model(filename)'],
              '11-config': ['save_config(network, filename, a=1)']}


def results(*failures):
    """Gives results of a task, of failures or None."""
    return [Result('test', False, failure) for failure in failures]


def texts(*tasks):
    """Gives the messages of tasks of the training, from task 4 on."""
    found = report.failures_of(SimpleNamespace(results={
        f'{number}-train': results(*failures)
        for number, failures in enumerate(tasks, 4)}))
    return [report.messages(*each) for each in found.values()]


ONE = Failure('It is 1', 'more', 'task 4: a', 'f(1)', cause='a')
OTHER = Failure('It is 2', '', 'task 4: b', '', 'Do more.', cause='b')


def test_what_a_message_says():
    assert texts([ONE, None, OTHER]) == [[
        'Called f(1). It is 1. Expected: more (task 4: a).',
        'It is 2 (task 4: b). Do more.']]


def test_one_cause_is_told_once_in_a_folder():
    assert texts([ONE], [None, ONE, ONE], [OTHER, ONE]) == [
        ['Called f(1). It is 1. Expected: more (task 4: a).'],
        ['Fails for the same reason as task 4.'],
        ['Fails for the same reason as task 4.',
         'It is 2 (task 4: b). Do more.']]


def test_what_is_skipped_is_not_told():
    assert texts([ONE, Failure('The same cause', kind='skipped')]) == [
        ['Called f(1). It is 1. Expected: more (task 4: a).']]


def test_stubs_are_told_in_a_line():
    stub = Failure('It is not done yet', kind='stub', cause='stub')
    assert texts([stub, stub], [stub]) == [['It is not done yet.']] * 2
    text = report.verdict('3-one_hot', [stub])
    assert 'docs/tasks.md, Task 3: One Hot' in text
    assert '    def one_hot(labels, classes=None):\n' in text


def test_what_was_printed_is_shown():
    text = report.verdict('4-train', [Failure(
        'It is 1', printed='\n'.join(map(str, range(30))))])
    assert text.endswith('    28\n    29\n')
    assert text.count('\n') < 15


def test_what_to_paste_is_shown_and_fails_alike(loaded):
    """The lines that a message ends with repeat the call."""
    one = loaded('3-one_hot', 'def one_hot(labels, classes=None):\n'
                 '    raise ValueError(str(labels), classes)')
    with pytest.raises(student.Unmet) as raised:
        one.ask('one_hot', labels=np.array([2, 0], 'uint8'), classes=5)
    lines = raised.value.failure.paste
    assert f'    {lines.splitlines()[-1]}' in report.told(
        raised.value.failure)
    with pytest.raises(ValueError, match=r'\[2 0\]') as again:
        exec(lines, {'__import__': lambda name, *_: (
            one.module if name == '3-one_hot' else __import__(name))})
    assert again.value.args == ('[2 0]', 5)


@pytest.fixture
def loaded(scratch, monkeypatch):
    """A function that writes a task file, and loads it."""
    def write(stem, text, encoding='utf-8'):
        path = scratch / f'{stem}.py'
        path.write_text(text, encoding=encoding)
        student.run_file.cache_clear()
        monkeypatch.setitem(sys.modules, stem, None)  # and as before, later
        del sys.modules[stem]
        return student.Student(scratch, stem, PROTOTYPES.get(stem, []))

    yield write
    student.run_file.cache_clear()


def told(action, *args, **kwargs):
    """Gives the message of what is raised, and its data."""
    with pytest.raises(student.Unmet) as raised:
        action(*args, **kwargs)
    failure = raised.value.failure
    return report.sentence(failure), failure


@pytest.mark.parametrize('other, guess', [
    ('7_train.py', True), ('7-Train.py', True), ('7train.py', True),
    ('7-training.py', True), ('7-train.py.txt', True), ('7-main.py', False),
    ('6-train.py', False), ('7-train.txt', False), ('train.py', True),
    ('07-train.py', True), ('7-test.py', False), ('17-train.py', True),
    ('#7-train.py#', True), ('7-train (1).py', True), ('7-model.py', False)])
def test_a_misnamed_file(scratch, other, guess):
    (scratch / other).touch()
    assert form.similar_file(scratch / '7-train.py') == other * guess


@pytest.mark.parametrize('name, others', [
    ('3-one_hot', ['3-onehot.py', '3-one_hot.py.txt', '3-one_hot (1).py',
                   '#3-one_hot.py#']),
    ('8-train', ['8-trains.py', '8-train.py.txt', '4-train (1).py']),
    ('2-optimize', ['2-optimise.py', 'optimize.py']),
    ('9-model', ['9-models.py', '9-models.py~']),
    ('0-sequential', ['0-sequentiel.py', '1-sequential.py']),
    ('10-weights', ['10-weight.py', '10-weight copy.py'])])
def test_the_likeliest_misnamed_file(scratch, name, others):
    """It goes by the kind of the name first, and then by its likeness."""
    for other in [*reversed(others)]:
        (scratch / other).touch()
        assert form.similar_file(scratch / f'{name}.py') == other


@pytest.mark.parametrize('text, guess', [
    ('def one_hto(labels): pass', 'one_hto (line 1)'),
    ('def oneHot(labels): pass', 'oneHot (line 1)'),
    ('\n\ndef onehot(labels): pass', 'onehot (line 3)'),
    ('def other(): pass', ''),
    ('from os import truncate as one_hott', ''), ('one_hott = 3', '')])
def test_a_misnamed_function(loaded, text, guess):
    message, _ = told(loaded('3-one_hot', text).function, 'one_hot')
    assert message == (
        '3-one_hot.py has no function one_hot (task 3: the names of functions '
        'are binding).' + (f' Did you mean {guess}?' if guess else ''))


def test_the_other_function_is_not_misnamed(loaded):
    message, _ = told(loaded(
        '9-model', 'def save_model(network, filename): pass').function,
        'load_model')
    assert 'Did you mean' not in message


@pytest.mark.parametrize('parameters, words', [
    ('network, filename, b=1', 'the third parameter must be called a; yours '
     'is b'), ('network, filename, a=2', 'a must have the default 1; yours is '
               '2'), ('network, filename', 'the third parameter must be a=1, '
                      'and there is none'),
    ('filename, network, a=1', 'the first parameter must be network: they '
     'are in another order'), ('network, filename, a=1, *, b',
                               'b must have a default, or go'),
    ('network, filename, a', 'a must have the default 1')])
def test_a_wrong_prototype(loaded, parameters, words):
    one = loaded('11-config', f'def save_config({parameters}): pass')
    message, _ = told(task.look_at_prototype, one, 'save_config')
    assert message == (
        f'In save_config, {words}. Expected: save_config(network, filename, '
        'a=1) (task 11: the prototype).')


@pytest.mark.parametrize('parameters', [
    'network, filename, a=1', 'network, filename, a=1, b=2',
    'network, filename, a=1, *args, **kwargs', 'network, filename=0, a=1',
    'network: object, filename: str, a: int = 1'])
def test_a_right_prototype(loaded, parameters):
    task.look_at_prototype(loaded(
        '11-config', f'def save_config({parameters}): pass'), 'save_config')


@pytest.mark.parametrize('parameters, style, values, follows', [
    ('network, filename', 0, {'a': 3}, True),
    ('network, filename', 0, {}, False),
    ('filename, network, a=1', 2, {}, True),
    ('net, filename, a=1', 2, {}, False)])
def test_what_follows_from_a_prototype(loaded, parameters, style, values,
                                       follows):
    """A call that goes wrong as the prototype is wrong tells just that."""
    one = loaded('11-config', f'def save_config({parameters}): 1 / 0')
    _, first = told(task.look_at_prototype, one, 'save_config')
    _, other = told(one.ask, 'save_config', style, network=1, filename=2,
                    **values)
    assert (other.cause == first.cause) == follows


@pytest.mark.parametrize('text', ['def f():\n    return 1 +\n',
                                  'import nothing_like_it\n'])
def test_one_line_is_one_cause(loaded, text):
    """An error in a copied line has one cause, wherever it stands."""
    causes = [told(lambda one: one.module, loaded(stem, lines))[1].cause
              for stem, lines in (
                  ('4-train', text), ('5-train', '\n\n' + text),
                  ('6-train', '\n' + text.replace('+', '*').replace(
                      'like', 'unlike')))]
    assert causes[0] == causes[1] != causes[2]


@pytest.mark.parametrize('text, words', [
    ('def f(lambda):\n    pass\n', "Python can't read line 1: def f(lambda): "
     '(task 4). lambda is a keyword of Python. The task spells this '
     'parameter lambtha.'),
    ('x = 1\nprint "a"\n', "Python can't read line 2: print")])
def test_a_syntax_error(loaded, text, words):
    assert words in told(lambda one: one.module, loaded('4-train', text))[0]


@pytest.mark.parametrize('code, hint', [
    ('K.x', 'Write `import tensorflow.keras as K` at the top of the file.'),
    ('save_model(network, filename)', 'save_model calls itself; you want '
     'K.models.save_model or a method of the network.'),
    ('raise ValueError("It must end in `.weights.h5`.")', 'save_weights saves '
     'the weights alone; this task asks for the whole model.'),
    ('unknown', '')])
def test_advice_on_a_mistake(loaded, code, hint):
    one = loaded('9-model', f'def save_model(network, filename):\n    {code}')
    _, failure = told(one.ask, 'save_model', network=1, filename='a')
    assert failure.hint == hint


def test_line_of_a_helper(loaded, monkeypatch, scratch):
    """The line is the task file's, where a module of its own is broken."""
    (scratch / 'broken_helper_of_4.py').write_text('\n\n\n\n\ndef f(:\n')
    monkeypatch.syspath_prepend(str(scratch))
    message, _ = told(lambda: loaded(
        '4-train', '\n\nimport broken_helper_of_4').module)
    assert '(line 3)' in message


def test_a_file_that_hides_a_module(loaded, monkeypatch, scratch):
    (scratch / 'copy.py').touch()
    monkeypatch.setattr(sys, 'path', [*sys.path])
    monkeypatch.delitem(sys.modules, 'copy')
    message, _ = told(lambda: loaded(
        '4-train', 'from copy import deepcopy').module)
    assert 'Your own copy.py hides a module of that name' in message


def test_a_byte_order_mark(loaded):
    one = loaded('3-one_hot', (PLAIN / '3-one_hot.py').read_text('utf-8'),
                 'utf-8-sig')
    assert one.ask('one_hot', labels=[1, 0]).shape == (2, 2)


def failure_of(error, one):
    """Gives what the plugin tells of an error."""
    return plugin.failure_of(error, one, SimpleNamespace(
        module=SimpleNamespace(STEM='4-train'), originalname='test_a_name'))


def test_the_exam_never_blames_the_student(loaded):
    with pytest.raises(student.Fault) as raised:
        training.in_batches(None, None, 1)
    failure = failure_of(raised.value, loaded('4-train', ''))
    assert failure.kind == 'exam'
    assert report.sentence(failure).startswith('The exam itself failed, in ')


def test_a_plain_assert_is_a_whole_sentence(scratch):
    path = scratch / 'test_it.py'
    path.write_text('def test(x):\n    assert x.size == 3\n'
                    '    assert x.ok and (\n        x.good)\n')
    plugin.pytest_assertrepr_compare(4, 3)
    assert plugin.read_assert(path, 2) == ('x.size is 4', '3')
    assert plugin.read_assert(path, 4) == ('It does not hold',
                                           'x.ok and x.good')


def test_cases():
    """The usual one, each value alone, and pairs that are new."""
    found = cases({'a': [1, 2, 3], 'b': [4, 5], 'c': [6, 7]}, pairs=2)
    assert found[:5] == [
        {'a': 1, 'b': 4, 'c': 6}, {'a': 2, 'b': 4, 'c': 6},
        {'a': 3, 'b': 4, 'c': 6}, {'a': 1, 'b': 5, 'c': 6},
        {'a': 1, 'b': 4, 'c': 7}]
    assert len(found) == 7
    assert all(sum(value != usual for value, usual in zip(
        case.values(), (1, 4, 6))) >= 2 for case in found[5:])


def test_a_call_is_made_when_it_is_asked_for_and_kept(loaded):
    def make(one, case):
        made.append(case['n'])
        assert case['n'] < 3, 'three'
        return SimpleNamespace(n=case['n'])

    made, seen = [], []
    runs = Runs(loaded('3-one_hot', ''), make,
                [{'n': number} for number in range(1, 5)])
    for _ in range(2):
        with pytest.raises(AssertionError, match='three'):
            seen.extend((run.n, len(made)) for run in runs)
    assert seen == [(1, 1), (2, 2), (1, 3), (2, 3)]
    assert made == [1, 2, 3]


def test_a_run_is_looked_at_once_by_each_sentence():
    class Sentences(task.Task):
        def test_first(self, runs):
            for run in runs:
                seen.append(('first', run.n))

        def test_second(self, runs):
            for run in runs:
                self.test_first([run])
                seen.append(('second', run.n))

    seen, runs = [], [SimpleNamespace(n=number) for number in (1, 2)]
    Sentences().test_second(runs=runs)
    Sentences().test_first(runs)
    assert seen == [('first', 1), ('second', 1), ('first', 2), ('second', 2)]


@pytest.mark.parametrize('code, change', [
    ('labels.append(1)', 'changes the arguments in argument 1'),
    ('import numpy; numpy.random.seed(5)', "changes NumPy's random state"),
    ('import os; os.environ["A_"] = "b"', 'changes the environment'),
    ('open("left", "w").close()',
     'changes the files in the current folder: left'),
    ('pass', '')])
def test_what_else_a_call_changes(loaded, monkeypatch, code, change):
    monkeypatch.setattr(os, 'environ', dict(os.environ))
    one = loaded('3-one_hot', f'def one_hot(labels, classes=None): {code}')
    one.ask('one_hot', labels=[1, 0])
    assert [each for *_, each in one.changes] == [change] * bool(change)


def test_a_result_that_a_later_call_overwrites(loaded):
    one = loaded('3-one_hot', 'import numpy\nkept = numpy.zeros((2, 2))\n'
                 'def one_hot(labels, classes=None):\n'
                 '    kept[labels] += 1\n    return kept')
    for labels in [0, 1], [1, 1]:
        one.ask('one_hot', labels=labels)
    assert 'changes what an earlier call has returned' in [
        change for *_, change in one.changes]


def test_what_an_import_changes(loaded):
    one = loaded('3-one_hot', 'import os\nos.environ["TF_A"] = "1"\n'
                 'print("imported")\ndef one_hot(labels): pass')
    assert one.module
    assert one.import_printed == 'imported\n'
    assert not one.import_changes


@pytest.mark.parametrize('got, wanted, texts', [
    ([0.0, 1 - 1e-9], [0.0, 1.0], ('entry [1] is 0.999999999',
                                   '1.0, which differs by 1e-09')),
    ([[1, 2], [3, 4]], [[1, 2], [3, 9]], ('entry [1, 1] is 4.0',
                                          '9.0, which differs by 5')),
    ([float('nan')], [1.0], ('entry [0] is nan',
                             '1.0, which differs by inf'))])
def test_arrays_show_where_they_differ(got, wanted, texts):
    assert student.differ_most(np.array(got), np.array(wanted)) == texts


def test_numbers_show_where_they_differ():
    assert student.apart([0.375, 1], [0.375001, 1]) == (
        [0.375, 1.0], [0.375001, 1.0])


@pytest.mark.parametrize('points, marks', [
    (1.0, [(True, True), (False, True)]),
    (0.0, [(True, False), (False, True)]),
    (0.5, [(True, True), (True, False), (False, True)]),
    (0.25, [(True, True), (True, False), (False, True), (False, False)]),
    (0.5, [(False, True), (False, False)])])
def test_points(points, marks):
    """What the task adds counts as a factor of its own."""
    assert report.points([
        Result('test', new, None if met else ONE)
        for new, met in marks]) == points


@pytest.mark.parametrize('kind, test, points', [
    ('import', 'test[others]', 0), ('function', 'test', 0),
    ('ended', 'test[usual]', 0), ('ended', 'test[others]', 0.5)])
def test_points_of_what_never_worked(kind, test, points):
    assert report.points([Result('test', False), Result(
        test, False, Failure('It ended', kind=kind))]) == points


@pytest.mark.parametrize('source, text, keras_2', [
    ('network.optimizer.lr = alpha', 'The learning rate is 0.001', False),
    ('Adam(lr=alpha)', 'The learning rate is 0.001', True)])
def test_advice_on_lr(source, text, keras_2):
    """Each Keras takes one way of giving lr without a word."""
    for keras_3 in (False, True):
        found = advice.on_result(text, source, keras_3)
        assert bool(found) == (keras_2 != keras_3)
        assert not found or ('Keras 2:' in found) == keras_3
        assert not advice.on_result('The loss is 3', source, keras_3)


@pytest.mark.skipif(not student.KERAS_3, reason='Keras 2 takes it')
def test_advice_on_keras_2():
    """It is given where Keras 3 says no, and for nothing else."""
    for good, call in (
            (True, lambda: K.utils.to_categorical([1], 2, dtype='int32')),
            (True, lambda: K.callbacks.ModelCheckpoint('a.keras', period=1)),
            (False, lambda: K.callbacks.ModelCheckpoint('a.keras', perod=1)),
            (False, lambda: K.utils.to_categorical([1], number=2))):
        with pytest.raises(TypeError) as raised:
            call()
        found = advice.on_error(raised.value, '', True)
        assert bool(found) == good


def test_advice_on_keras_3():
    error = AttributeError("module 'keras' has no attribute 'ops'")
    assert 'new in Keras 3' in advice.on_error(error, '', False)


FORM = '''#!/usr/bin/env python3
"""A module."""


class Kind:
    """A class."""

    async def method(self):
        """A method."""


def function():
    """A function."""
'''


@pytest.mark.parametrize('old, new, about', [
    ('', '', ''),
    ('#!/usr/bin/env python3', '#!/usr/bin/python3',
     "the first line is '#!/usr/bin/python3', not '#!/usr/bin/env python3'"),
    ('#!', '\ufeff#!', "the first line is '\\ufeff#!/usr/bin/env python3', "
     "not '#!/usr/bin/env python3'"),
    ('"""A module."""\n', '', 'no docstring in the module'),
    ('"""A class."""', 'pass', 'no docstring in Kind'),
    ('"""A method."""', 'pass', 'no docstring in method'),
    ('"""A function."""', 'pass', 'no docstring in function'),
    ('"""A function."""', '"""A function."""\n    a=[1,2,3,4]',
     'PEP 8: E225 in line 14, E231 in line 14, E231 in line 14 and 1 more'),
    ('"""A function."""', '"""A function."""\n    return (', ''),
    ('"""A function."""', '"""A function.\0"""', '')])
def test_form(loaded, scratch, old, new, about):
    pytest.importorskip('pycodestyle')
    path = loaded('4-train', FORM.replace(old, new, 1)).path
    path.chmod(0o755)
    loaded('5-train', FORM).path.chmod(0o755)
    graded = SimpleNamespace(folder=scratch, results=STEMS)
    assert form.notes(graded) == (
        [f'4-train.py: {about}'] if about else [])


def test_form_of_odd_files(loaded, scratch, monkeypatch):
    pytest.importorskip('pycodestyle')
    path = loaded('4-train', FORM).path
    path.chmod(0o644)
    loaded('5-train', '# ' + 'a' * form.LONGEST)
    (scratch / '6-train.py').mkdir()
    path = loaded('7-train', FORM.replace('"""A m', '# coding: latin-1\n'
                                          '"""\xe4 m', 1), 'latin-1').path
    path.chmod(0o755)
    loaded('8-train', FORM.replace('A m', '\xe4'),
           'latin-1').path.chmod(0o755)
    graded = SimpleNamespace(folder=scratch, results=STEMS)
    assert form.notes(graded) == (
        ['4-train.py: not executable (chmod +x 4-train.py)']
        if os.name == 'posix' else [])
    monkeypatch.setattr(form, 'pycodestyle', None)
    loaded('7-train', FORM.replace('A f', 'a' * 90))
    assert 'PEP 8' not in ''.join(form.notes(graded))
