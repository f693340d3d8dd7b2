"""What a student is told: each cause once, in words that help."""
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K

from grader import child, form, report
from grader.course import STEMS
from grader.exam import advice, draw, expect, prototype

PLAIN = Path(__file__).parent / 'solutions' / 'plain'


def failure(got, clause, **more):
    """What a test gives that fails with `expect`."""
    return {'kind': 'unmet', 'cause': clause, 'call': 'f(1)', 'got': got,
            'wanted': 'more', 'clause': clause, **more}


def texts(*tasks):
    """Gives the messages of tasks of the training, from task 4 on."""
    found = report.messages_of(SimpleNamespace(failures={
        f'{number}-train': task for number, task in enumerate(tasks, 4)}))
    return [[text for text, _ in task] for task in found.values()]


def test_one_message_for_each_cause():
    one, other = failure('It is 1', 'task 4: a'), failure('It is 2', 'b')
    assert texts([other, None, one, one, one]) == [[
        'Called f(1). It is 1. Expected: more (task 4: a). 2 more tests fail '
        'for the same reason.',
        'Called f(1). It is 2. Expected: more (b).']]


def test_one_cause_is_told_once_in_a_folder():
    one = failure('It trained for 3 epochs', 'task 4: epochs')
    own = failure('It stopped', 'task 6: early stopping')
    told = texts([one], [None, one, one], [own, one])
    assert told[1] == ['2 tests fail for the same reason as in task 4.']
    assert told[2][0] == '1 test fails for the same reason as in task 4.'
    assert 'It stopped' in told[2][1]


def test_what_is_told_first_counts():
    """What task 4 does right is told of task 5, and 6 is like 5."""
    wrong = failure('It returned a dict', 'task 4: the History')
    told = texts([None], [wrong], [wrong])
    assert not told[0] and 'a dict' in told[1][0] and 'task 5' in told[2][0]


def test_stubs_are_told_in_a_line():
    stub = {'kind': 'stub', 'cause': 'stub'}
    assert texts([stub, stub], [stub]) == [
        ['4-train.py (task 4) is not done yet.'],
        ['5-train.py (task 5) is not done yet.']]


def test_a_stub_shows_its_question():
    text = report.verdict('3-one_hot', report.messages(
        [{'kind': 'stub', 'cause': 'stub'}], '3-one_hot'))
    assert 'docs/tasks.md, Task 3: One Hot' in text
    assert '    def one_hot(labels, classes=None):\n' in text


def test_what_was_printed_is_shown():
    text = report.verdict('4-train', report.messages([failure(
        'It is 1', 'task 4', printed='\n'.join(map(str, range(30))))],
        '4-train'))
    assert text.endswith('    28\n    29\n') and text.count('\n') < 15


@pytest.fixture
def folder(scratch, monkeypatch):
    """An empty folder that is graded, and a function that writes a file."""
    monkeypatch.setattr(expect.current, 'folder', scratch)
    expect.forget()
    expect.run_file.cache_clear()

    def write(stem, text, encoding='utf-8'):
        monkeypatch.setattr(expect.current, 'stem', stem)
        path = scratch / f'{stem}.py'
        path.write_text(text, encoding=encoding)
        return path

    yield write
    expect.forget()
    expect.run_file.cache_clear()


def told(stem, test, *args, **kwargs):
    """Gives what a test fails with: the sentence, and the data."""
    with pytest.raises(expect.Unmet) as raised:
        test(*args, **kwargs)
    return (report.sentence(raised.value.failure, stem),
            raised.value.failure)


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
    ('def trian_model(): pass', 'trian_model'),
    ('def trainModel(): pass', 'trainModel'),
    ('def train(): pass', 'train'), ('def other(): pass', ''),
    ('from os import truncate as train_modell', ''),
    ('train_modell = 3', '')])
def test_a_misnamed_function(folder, text, guess):
    folder('4-train', text)
    message, _ = told('4-train', expect.function, '4-train', 'train_model')
    assert message == '4-train.py must have a function train_model.' + (
        f' Did you misname it? There is {guess}.' if guess else '')


def test_the_other_function_is_not_misnamed(folder):
    folder('9-model', 'def save_model(network, filename): pass')
    message, _ = told('9-model', expect.function, '9-model', 'load_model')
    assert 'misname' not in message


def wrong_prototype(folder, parameters,
                    wanted='save_config(network, filename, a=1)'):
    """Gives a function after its prototype was looked at, and the message."""
    folder('11-config', f'def save_config({parameters}): pass')
    call = expect.function('11-config', 'save_config')
    return call, told('11-config', prototype.expect_prototype, wanted)


@pytest.mark.parametrize('parameters, words', [
    ('network, filename, b=1', 'has b=1 and not a=1.'),
    ('network, filename, a=2', 'has a=2 and not a=1.'),
    ('network, filename', 'has no a=1.'),
    ('filename, network, a=1', 'has its parameters in another order.'),
    ('network, filename, a=1, *, b', 'has b.'),
    ('network, filename, a', 'has a and not a=1.')])
def test_a_wrong_prototype(folder, parameters, words):
    _, (message, _) = wrong_prototype(folder, parameters)
    assert message == (
        f'save_config {words} Expected: save_config(network, filename, a=1) '
        '(task 11: the prototype).')


@pytest.mark.parametrize('parameters', [
    'network, filename, a=1', 'network, filename, a=1, b=2',
    'network, filename, a=1, *args, **kwargs', 'network, filename=0, a=1',
    'network: object, filename: str, a: int = 1'])
def test_a_right_prototype(folder, parameters):
    folder('11-config', f'def save_config({parameters}): pass')
    prototype.expect_prototype('save_config(network, filename, a=1)')


@pytest.mark.parametrize('parameters, args, kwargs, follows', [
    ('network, filename', (1, 2), {'a': 3}, True),
    ('network, filename', (1, 2), {}, False),
    ('filename, network, a=1', (1, 2), {}, True),
    ('net, filename, a=1', (1, 2), {}, False)])
def test_what_follows_from_a_prototype(folder, parameters, args, kwargs,
                                       follows):
    call, (_, first) = wrong_prototype(folder, parameters)
    try:
        call(*args, **kwargs)
    except expect.Unmet:
        pass
    _, other = told('11-config', expect.expect, False, 'It failed', 'more',
                    'task 0')
    assert other['cause'] == (first['cause'] if follows else 'task 0')


@pytest.mark.parametrize('text', ['def f():\n    return 1 +\n',
                                  'import nothing_like_it\n'])
def test_one_line_is_one_cause(folder, text):
    """An error in a copied line has one cause, wherever it stands."""
    folder('4-train', text)
    folder('5-train', '\n\n' + text)
    folder('6-train', '\n' + text.replace('+', '*').replace('like', 'unlike'))
    causes = [told('4-train', expect.load, f'{number}-train')[1]['cause']
              for number in (4, 5, 6)]
    assert causes[0] == causes[1] != causes[2]


def test_line_of_a_helper(folder, monkeypatch):
    """The line is the task file's, where a module of its own is broken."""
    folder('broken_helper_of_4', '\n\n\n\n\ndef f(:\n')
    path = folder('4-train', '\n\nimport broken_helper_of_4')
    monkeypatch.syspath_prepend(str(path.parent))
    message, _ = told('4-train', expect.load, '4-train')
    assert '(line 3 of 4-train.py)' in message


def test_a_file_that_hides_a_module(folder, monkeypatch):
    folder('copy', '')
    path = folder('4-train', 'from copy import deepcopy')
    monkeypatch.syspath_prepend(str(path.parent))
    monkeypatch.delitem(sys.modules, 'copy')
    message, _ = told('4-train', expect.load, '4-train')
    assert 'Your own copy.py hides a module of that name' in message


def test_a_byte_order_mark(folder):
    folder('3-one_hot', (PLAIN / '3-one_hot.py').read_text('utf-8'),
           'utf-8-sig')
    call = expect.function('3-one_hot', 'one_hot')
    assert call([1, 0]).shape == (2, 2)


def test_the_exam_never_blames_the_student(folder):
    """What fails in the exam is told as that, with the student's result."""
    folder('3-one_hot', 'def one_hot(labels, classes=None): return 5')
    expect.function('3-one_hot', 'one_hot')([1, 0])
    try:
        {}['a']
    except KeyError as error:
        found = child.failure_of(error)
    message = report.sentence(found, '3-one_hot')
    assert found['kind'] == 'exam'
    assert message.startswith('The exam itself failed, in line ')
    assert 'Your call one_hot([1, 0]) returned 5.' in message


@pytest.mark.parametrize('code, change', [
    ('labels.append(1)', 'changes the arguments in argument 1'),
    ('import numpy; numpy.random.seed(5)', "changes NumPy's random state"),
    ('import os; os.environ["A_"] = "b"', 'changes the environment'),
    ('open("left", "w").close()', 'changes the files in the current folder'),
    ('pass', '')])
def test_what_else_a_call_changes(folder, monkeypatch, code, change):
    monkeypatch.setattr(os, 'environ', dict(os.environ))
    folder('3-one_hot', f'def one_hot(labels, classes=None): {code}')
    expect.function('3-one_hot', 'one_hot')([1, 0])
    assert [each for _, each in expect.current.changes] == [change] * bool(
        change)


def test_what_an_import_changes(folder):
    folder('3-one_hot', 'print("imported")\ndef one_hot(labels): pass')
    message, _ = told('3-one_hot', expect.expect_untouched)
    assert "the file printed 'imported" in message


@pytest.mark.parametrize('got, wanted, texts', [
    ([0.0, 1 - 1e-9], [0.0, 1.0], ('entry [1] is 0.999999999',
                                   '1, which differs by 1e-09')),
    ([[1, 2], [3, 4]], [[1, 2], [3, 9]], ('entry [1, 1] is 4',
                                          '9, which differs by 5')),
    ([float('nan')], [1.0], ('entry [0] is nan', '1, which differs by inf'))])
def test_arrays_show_where_they_differ(got, wanted, texts):
    assert expect.differ_most(np.array(got), np.array(wanted)) == texts


class TestDrawn:
    """What goes wrong is shrunk, in a bounded number of calls."""

    CASES = draw.st.fixed_dictionaries({
        'n': draw.st.integers(0, 1000), 'a': draw.st.sampled_from('abcdefgh'),
        'b': draw.st.sampled_from('uvw')})
    DRAWS = 12

    def test_smallest(self):
        seen = []

        @draw.drawn()
        def test(self, case):
            seen.append(case)
            expect.expect(case['n'] < 10, f'It is {case["n"]}', 'less',
                          'task 0', call='')

        _, found = told('3-one_hot', test, self)
        assert found['got'] == 'It is 10'
        assert len(seen) < 3 * self.DRAWS + 3 * draw.SHRINKS

    def test_what_fails_once_fails(self):
        fails = iter([True])

        @draw.drawn()
        def test(self, case):
            expect.expect(not next(fails, False), 'It is 1', 'less', 'task 0',
                          call='')

        told('3-one_hot', test, self)

    def test_few_inputs_have_every_value(self):
        chosen = draw.draw(self.CASES, self.DRAWS).values()
        assert len(chosen) == self.DRAWS
        assert {case['a'] for case in chosen} == set('abcdefgh')
        assert len({(case['a'], case['b']) for case in chosen}) == self.DRAWS

    def test_each_run_draws_the_same(self):
        assert [*draw.draw(self.CASES, self.DRAWS)] == [
            *draw.draw.__wrapped__(self.CASES, self.DRAWS)]


@pytest.mark.parametrize('source, text, keras_2', [
    ('network.optimizer.lr = alpha', 'The learning rate is 0.001', False),
    ('Adam(lr=alpha)', 'The learning rate is 0.001', True)])
def test_advice_on_lr(source, text, keras_2):
    """Each Keras takes one way of giving lr without a word."""
    for keras_3 in (False, True):
        key = advice.on_result(text, source, keras_3)
        assert bool(key) == (keras_2 != keras_3)
        assert not key or ('Keras 2:' in advice.ADVICE[key]) == keras_3
        assert not advice.on_result('The loss is 3', source, keras_3)


@pytest.mark.skipif(not expect.KERAS_3, reason='Keras 2 takes it')
def test_advice_on_keras_2():
    """It is given where Keras 3 says no, and for nothing else."""
    for good, call in (
            (True, lambda: K.utils.to_categorical([1], 2, dtype='int32')),
            (True, lambda: K.callbacks.ModelCheckpoint('a.keras', period=1)),
            (False, lambda: K.callbacks.ModelCheckpoint('a.keras', perod=1)),
            (False, lambda: K.utils.to_categorical([1], number=2))):
        with pytest.raises(TypeError) as raised:
            call()
        found = expect.error_data(raised.value, Path('3-one_hot.py'))
        assert bool(found['advice']) == good


def test_advice_on_keras_3():
    assert advice.on_error(AttributeError(
        "module 'keras' has no attribute 'ops'"), [], False) == 'keras 3'


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
def test_form(folder, scratch, old, new, about):
    pytest.importorskip('pycodestyle')
    path = folder('4-train', FORM.replace(old, new, 1))
    path.chmod(0o755)
    folder('5-train', FORM).chmod(0o755)
    graded = SimpleNamespace(folder=scratch, failures=STEMS)
    assert form.notes(graded) == (
        [f'4-train.py: {about}'] if about else [])


def test_form_of_odd_files(folder, scratch, monkeypatch):
    pytest.importorskip('pycodestyle')
    path = folder('4-train', FORM)
    path.chmod(0o644)
    folder('5-train', '# ' + 'a' * form.LONGEST)
    (scratch / '6-train.py').mkdir()
    path = folder('7-train', FORM.replace('"""A m', '# coding: latin-1\n'
                                          '"""\xe4 m', 1), 'latin-1')
    path.chmod(0o755)
    folder('8-train', FORM.replace('A m', '\xe4'), 'latin-1').chmod(0o755)
    graded = SimpleNamespace(folder=scratch, failures=STEMS)
    assert form.notes(graded) == (
        ['4-train.py: not executable (chmod +x 4-train.py)']
        if os.name == 'posix' else [])
    monkeypatch.setattr(form, 'pycodestyle', None)
    folder('7-train', FORM.replace('A f', 'a' * 90))
    assert 'PEP 8' not in ''.join(form.notes(graded))
