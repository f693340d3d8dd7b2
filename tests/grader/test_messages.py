"""What a student is told: each cause once, in words that help."""
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import tensorflow.keras as K

from tests.grader import expectations, form, results
from tests.grader.command import ROOT, STEMS

PLAIN = Path(__file__).parent / 'solutions' / 'plain'


def failure(message, cause):
    """What a test gives that fails with `expect`."""
    return (f'{message}, but the task asks for more ({cause}).', cause)


def told(*tasks):
    """Gives the messages of tasks of the training, from task 4 on."""
    return list(results.messages_of(SimpleNamespace(failures={
        f'{number}-train': task
        for number, task in enumerate(tasks, 4)})).values())


def test_one_message_for_each_cause():
    failures = [('First.', 'a'), ('', ''), ('Other.', 'b'), ('Again.', 'a'),
                ('Again.', 'a')]
    assert results.messages(failures) == [
        'First. Also fails 2 more of the tests.', 'Other.']


def test_one_cause_is_told_once_in_a_folder():
    clause = 'task 4: epochs'
    first = failure('Called f(epochs=(1, 2)). It trained for 3 epochs', clause)
    again = failure('Called f(5, a=1). It trained for 12 epochs', clause)
    own = failure('Called f(5). It stopped', 'task 6: early stopping')
    assert told([first], [('', ''), again, again], [own, again]) == [
        [first[0]], ['Fails 2 of the tests as task 4 does.'],
        ['Fails 1 of the tests as task 4 does.', own[0]]]


@pytest.mark.parametrize('message, cause', [
    ('Called f(2). It returned None', 'task 4: the History'),
    ('Called g(2). It returned a dict', 'task 4: the History'),
    ('Called f(2). It returned a dict', 'task 4: training')])
def test_other_causes_are_told(message, cause):
    first = failure('Called f(1). It returned a dict', 'task 4: the History')
    other = failure(message, cause)
    assert told([first], [other]) == [[first[0]], [other[0]]]


def test_what_is_told_first_counts():
    """What task 4 does right is told of task 5, and 6 is like 5."""
    wrong = failure('Called f(1). It returned a dict', 'task 4: the History')
    assert told([('', '')], [wrong], [wrong]) == [
        [], [wrong[0]], ['Fails 1 of the tests as task 5 does.']]


def test_stubs_are_told_in_a_line():
    stub = ('4-train.py (task 4) is not done yet.',) * 2
    other = ('5-train.py (task 5) is not done yet.',) * 2
    assert told([stub, stub], [other]) == [[stub[0]], [other[0]]]


@pytest.fixture
def folder(scratch, monkeypatch):
    """An empty folder that is graded, and a function that writes a file."""
    for name, value in (('folder', scratch), ('wanted', {}), ('astray', {}),
                        ('source', ''), ('call', '')):
        monkeypatch.setattr(expectations.current, name, value)
    expectations.run_file.cache_clear()

    def write(stem, text, encoding='utf-8'):
        path = scratch / f'{stem}.py'
        path.write_text(text, encoding=encoding)
        return path

    yield write
    expectations.run_file.cache_clear()


def message_of(test, *args, **kwargs):
    """Gives what a test fails with, and its cause."""
    with pytest.raises(pytest.fail.Exception) as raised:
        test(*args, **kwargs)
    return str(raised.value), raised.value.cause


@pytest.mark.parametrize('other, guess', [
    ('7_train.py', True), ('7-Train.py', True), ('7train.py', True),
    ('7-training.py', True), ('7-train.py.txt', True), ('7-main.py', False),
    ('6-train.py', False), ('7-train.txt', False), ('train.py', True)])
def test_a_misnamed_file(scratch, other, guess):
    (scratch / other).touch()
    assert form.no_file(scratch / '7-train.py') == (
        'There is no file 7-train.py.'
        + f' Did you misname it? There is {other}.' * guess)


@pytest.mark.parametrize('text, guess', [
    ('def trian_model(): pass', 'trian_model'),
    ('def trainModel(): pass', 'trainModel'),
    ('def train(): pass', 'train'), ('def other(): pass', ''),
    ('from os import truncate as train_modell', ''),
    ('train_modell = 3', '')])
def test_a_misnamed_function(folder, text, guess):
    folder('4-train', text)
    message, _ = message_of(expectations.function, '4-train', 'train_model')
    assert message == '4-train.py must have a function train_model.' + (
        f' Did you misname it? There is {guess}.' if guess else '')


def test_the_other_function_is_not_misnamed(folder):
    folder('9-model', 'def save_model(network, filename): pass')
    message, _ = message_of(expectations.function, '9-model', 'load_model')
    assert 'misname' not in message


def prototype(folder, text, wanted='save_config(network, filename, a=1)'):
    """Gives a function after its prototype was looked at, and the message."""
    folder('11-config', text)
    call = expectations.function('11-config', 'save_config')
    return call, message_of(expectations.expect_prototype, call, wanted, 11)


@pytest.mark.parametrize('parameters, words', [
    ('network, filename, b=1', 'has b=1 and not a=1,'),
    ('network, filename, a=2', 'has a=2 and not a=1,'),
    ('network, filename', 'has no a=1,'),
    ('filename, network, a=1', 'has its parameters in another order,'),
    ('network, filename, a=1, *, b', 'has b,'),
    ('network, filename, a', 'has a and not a=1,')])
def test_a_wrong_prototype(folder, parameters, words):
    _, (message, cause) = prototype(
        folder, f'def save_config({parameters}): pass')
    assert message == (
        f'In this file save_config {words} but the task asks for '
        'save_config(network, filename, a=1) (task 11: the prototype).')
    assert cause == 'task 11: the prototype'


@pytest.mark.parametrize('parameters', [
    'network, filename, a=1', 'network, filename, a=1, b=2',
    'network, filename, a=1, *args, **kwargs', 'network, filename=0, a=1',
    'network: object, filename: str, a: int = 1'])
def test_a_right_prototype(folder, parameters):
    folder('11-config', f'def save_config({parameters}): pass')
    call = expectations.function('11-config', 'save_config')
    expectations.expect_prototype(
        call, 'save_config(network, filename, a=1)', 11)


@pytest.mark.parametrize('parameters, args, kwargs, text, follows', [
    ('network, filename', (1, 2), {'a': 3}, 'It failed', True),
    ('network, filename', (1, 2), {}, 'It failed', False),
    ('filename, network, a=1', (1, 2), {}, 'It failed', True),
    ('net, filename, a=1', (1, 2), {}, 'It failed', False),
    ('network, filename, a=2', (1, 2), {}, 'It failed', False),
    ('network, filename, a=2', (1, 2), {}, 'It gave 2, as by default',
     True),
    ('network, filename, a=2', (1, 2), {'a': 3}, 'It gave 2, as by default',
     False)])
def test_what_follows_from_a_prototype(folder, parameters, args, kwargs, text,
                                       follows):
    call, (_, cause) = prototype(folder,
                                 f'def save_config({parameters}): pass')
    try:
        call(*args, **kwargs)
    except TypeError:
        pass
    _, other = message_of(expectations.expect, False, text, 'more', 'task 0')
    assert other == (cause if follows else 'task 0')


@pytest.mark.parametrize('text', ['def f():\n    return 1 +\n',
                                  'import nothing_like_it\n'])
def test_one_line_is_one_cause(folder, text):
    """An error in a copied line has one cause, wherever it stands."""
    folder('4-train', text)
    folder('5-train', '\n\n' + text)
    folder('6-train', '\n' + text.replace('+', '*').replace('like', 'unlike'))
    causes = [message_of(expectations.load, f'{number}-train')[1]
              for number in (4, 5, 6)]
    assert causes[0] == causes[1] != causes[2]


def test_line_of_a_helper(folder):
    """The line is the task file's, where a module of its own is broken."""
    path = folder('4-train', '\n\nimport broken_helper_of_4')
    folder('broken_helper_of_4', '\n\n\n\n\ndef f(:\n')
    sys.path.insert(0, str(path.parent))
    try:
        message, _ = message_of(expectations.load, '4-train')
    finally:
        sys.path.remove(str(path.parent))
    assert '(line 3 of 4-train.py)' in message


def test_a_byte_order_mark(folder):
    folder('3-one_hot', (PLAIN / '3-one_hot.py').read_text('utf-8'),
           'utf-8-sig')
    call = expectations.function('3-one_hot', 'one_hot')
    assert call([1, 0]).shape == (2, 2)


@pytest.mark.parametrize('source, message, keras_2', [
    ('network.optimizer.lr = alpha', 'The learning rate is 0.001', False),
    ('Adam(lr=alpha)', 'The learning rate is 0.001', True)])
def test_advice_on_lr(folder, monkeypatch, source, message, keras_2):
    """Each Keras takes one way of giving lr without a word."""
    expectations.current.source = source
    for keras_3 in (False, True):
        monkeypatch.setattr(expectations, 'KERAS_3', keras_3)
        advice = expectations.advice(message)
        assert bool(advice) == (keras_2 != keras_3)
        assert ('On TensorFlow 2.15' in advice) == keras_3 * bool(advice)
        assert not expectations.advice('The loss is 3')


@pytest.mark.skipif(not expectations.KERAS_3, reason='Keras 2 takes it')
def test_advice_on_keras_2():
    """It is given where Keras 3 says no, and for nothing else."""
    for good, call in (
            (True, lambda: K.utils.to_categorical([1], 2, dtype='int32')),
            (True, lambda: K.callbacks.ModelCheckpoint('a.keras', period=1)),
            (False, lambda: K.callbacks.ModelCheckpoint('a.keras', perod=1)),
            (False, lambda: K.utils.to_categorical([1], number=2))):
        with pytest.raises(TypeError) as raised:
            call()
        advice = expectations.advice(raised.value)
        assert ('On TensorFlow 2.15' in advice) == good


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


@pytest.fixture(scope='module')
def graded(tmp_path_factory):
    """What is printed of a student with one mistake in several files."""
    folder = tmp_path_factory.mktemp('student')
    text = {stem: (PLAIN / f'{stem}.py').read_text('utf-8')
            for stem in ('4-train', '6-train', '7-train', '12-test',
                         '3-one_hot')}
    text['4-train'] = text['4-train'].replace('=epochs', '=epochs + 1')
    for stem in ('6-train', '7-train'):
        text[stem] = text[stem].replace('early_stopping', 'early_stop')
    text['7-train'] = text['7-train'].replace('=epochs', '=epochs + 1')
    text['12-test'] = text['12-test'].replace('test_model', 'tests_model')
    text['2_optimize'] = ''
    for stem, code in text.items():
        (folder / f'{stem}.py').write_text(code, encoding='utf-8')
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-n', '0', '-p',
         'no:cacheprovider', 'tests/tasks', f'--solutions={folder}'],
        cwd=ROOT, text=True, encoding='utf-8', stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text, _, rest = run.stdout.partition('\n0-sequential  no file\n')
    parts = [' '.join(part.split()) for part in text.split('\n\n')]
    return SimpleNamespace(
        parts={part.partition('.py (task ')[0]: part for part in parts},
        rest=rest)


def test_a_folder(graded):
    parts = graded.parts
    assert 'It trained for 4 epochs, but the task asks for 3' in (
        parts['4-train'])
    assert 'has early_stop=False and not early_stopping=False' in (
        parts['6-train'])
    assert 'more of the tests.' in parts['6-train']
    assert 'raised' not in parts['6-train'] + parts['7-train']
    assert 'of the tests as task 4 does.' in parts['7-train']
    assert 'of the tests as task 6 does.' in parts['7-train']
    assert parts['12-test'].count(
        'must have a function test_model. Did you misname it? There is '
        'tests_model.') == 1
    assert 'There is 2_optimize.py.' in parts['2-optimize']
    assert '3-one_hot' not in parts and '5-train' not in parts


def test_points_stay(graded):
    lines = [line.split() for line in graded.rest.splitlines()]
    assert ['3-one_hot', 'passed'] in lines
    assert ['12-test', '0', 'of'] in [line[:3] for line in lines]


def test_form_is_told_without_points(graded):
    _, _, notes = graded.rest.partition('form, without points\n')
    assert '\n- 3-one_hot.py: the first line is' in '\n' + notes
