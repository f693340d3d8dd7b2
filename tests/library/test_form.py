"""What holds for every task file: its form, and that it stands alone."""
import ast
import doctest
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tensorflow.keras as K

ROOT = Path(__file__).parents[2]
TRAINS = ('network, data, labels, batch_size, epochs'
          '{}, verbose=True, shuffle=False')
VALIDATES = ', validation_data=None'
STOPS = VALIDATES + ', early_stopping=False, patience=0'
DECAYS = STOPS + ', learning_rate_decay=False, alpha=0.1, decay_rate=1'
SAVES = DECAYS + ', save_best=False, filepath=None'
BUILDS = {'build_model': 'nx, layers, activations, lambtha, keep_prob'}
FUNCTIONS = {
    '0-sequential': BUILDS, '1-input': BUILDS,
    '2-optimize': {'optimize_model': 'network, alpha, beta1, beta2'},
    '3-one_hot': {'one_hot': 'labels, classes=None'},
    '4-train': {'train_model': TRAINS.format('')},
    '5-train': {'train_model': TRAINS.format(VALIDATES)},
    '6-train': {'train_model': TRAINS.format(STOPS)},
    '7-train': {'train_model': TRAINS.format(DECAYS)},
    '8-train': {'train_model': TRAINS.format(SAVES)},
    '9-model': {'save_model': 'network, filename', 'load_model': 'filename'},
    '10-weights': {'save_weights': "network, filename, save_format='h5'",
                   'load_weights': 'network, filename'},
    '11-config': {'save_config': 'network, filename',
                  'load_config': 'filename'},
    '12-test': {'test_model': 'network, data, labels, verbose=True'},
    '13-predict': {'predict': 'network, data, verbose=False'}}
every_file = pytest.mark.parametrize('stem', FUNCTIONS)


def tree_of(stem):
    return ast.parse((ROOT / f'{stem}.py').read_text(encoding='utf-8'))


@every_file
def test_lesson_comes_first(stem):
    """The task's functions stand first, with the task's parameters."""
    after_imports = [
        node for node in tree_of(stem).body[1:]
        if not isinstance(node, (ast.Import, ast.ImportFrom))]
    lesson = after_imports[:len(FUNCTIONS[stem])]
    assert {node.name: ast.unparse(node.args)
            for node in lesson} == FUNCTIONS[stem]
    below = [node.name for node in after_imports[len(lesson):]
             if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert all(name.startswith('_') for name in below), below


@every_file
def test_form(stem):
    path = ROOT / f'{stem}.py'
    text = path.read_text(encoding='utf-8')
    assert text.startswith('#!/usr/bin/env python3\n')
    assert os.access(path, os.X_OK)
    for node in ast.walk(tree_of(stem)):
        assert not isinstance(node, (ast.Global, ast.Nonlocal))
        if isinstance(node, (ast.Module, ast.FunctionDef)):
            assert ast.get_docstring(node), node


@every_file
def test_docstrings(stem):
    """Each public function says what it takes; its examples run."""
    module = __import__(stem)
    for name in FUNCTIONS[stem]:
        text = getattr(module, name).__doc__
        assert 'Args:' in text, name
        assert 'Raises:' in text or name in ('predict', 'save_config'), name
    assert doctest.testmod(module).failed == 0


@every_file
def test_alone_in_a_folder(stem, scratch, monkeypatch, capfd):
    """A file, copied alone, loads in each of the ways, and in silence."""
    shutil.copy(ROOT / f'{stem}.py', scratch)
    monkeypatch.setattr(sys, 'path', [str(scratch), *(
        path for path in sys.path if Path(path).resolve() != ROOT)])
    for other in FUNCTIONS:
        monkeypatch.setitem(sys.modules, other, None)  # and back, after
        del sys.modules[other]
    module = __import__(stem)
    assert Path(module.__file__).parent == scratch
    again = importlib.util.spec_from_file_location('student', module.__file__)
    again.loader.exec_module(importlib.util.module_from_spec(again))
    exec(Path(module.__file__).read_text(encoding='utf-8'),
         {'__name__': '__main__'})
    assert capfd.readouterr() == ('', '')


def test_one_way_to_save():
    """What three files do alike is the same to the letter in each."""
    texts = {ast.get_source_segment(
        (ROOT / f'{stem}.py').read_text(encoding='utf-8'), node)
        for stem in ('8-train', '9-model', '10-weights')
        for node in tree_of(stem).body
        if getattr(node, 'name', '') == '_atomic'}
    assert len(texts) == 1


def built(stem):
    K.utils.set_random_seed(8)
    return __import__(stem).build_model(
        784, (16, 8, 10), ['relu', None, 'softmax'], 0.001, 0.9)


@pytest.mark.parametrize('stem', ['0-sequential', '1-input'])
def test_building_is_quiet(stem, recwarn, capfd):
    built(stem)
    assert not [w.message for w in recwarn if 'keras' in w.filename]
    assert capfd.readouterr().out == ''


def test_tasks_0_and_1_give_the_same_weights():
    first, second = (built(stem).get_weights()
                     for stem in ('0-sequential', '1-input'))
    assert len(first) == 6
    assert all(map(np.array_equal, first, second))


@pytest.mark.parametrize('number', [5, 6, 7, 8])
def test_chain(number, data, monkeypatch):
    """With its new arguments left alone, each file trains as the last."""
    arguments = [data.x[:64], data.y[:64], 64, 2]
    arguments += [data.right, True, 1, True, 0.01, 2][:{
        5: 0, 6: 1, 7: 3, 8: 6}[number]]
    histories, kinds = [], []
    for stem in (f'{number - 1}-train', f'{number}-train'):
        network = built('1-input')
        network.compile('adam', 'categorical_crossentropy',
                        run_eagerly=True)
        fit = network.fit

        def note(*args, fit=fit, **kwargs):
            kinds.append([type(callback) for callback
                          in kwargs.get('callbacks') or []])
            return fit(*args, **kwargs)

        network.fit = note
        K.utils.set_random_seed(8)
        histories.append(__import__(stem).train_model(
            network, *arguments).history)
    assert histories[0] == histories[1]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize('stem', ['6-train', '7-train', '8-train'])
def test_stopping_early_keeps_the_last_weights(stem, data):
    """The validation loss rises from the first epoch on."""
    weights = []
    for plain in (True, False):
        network = built('1-input')
        network.compile('adam', 'categorical_crossentropy', run_eagerly=True)
        K.utils.set_random_seed(8)
        if plain:
            history = network.fit(
                data.x, data.y, 50, 9, 0, shuffle=False,
                validation_data=data.wrong,
                callbacks=[K.callbacks.EarlyStopping(patience=2)])
        else:
            history = __import__(stem).train_model(
                network, data.x, data.y, 50, 9, data.wrong, True, 2,
                verbose=False)
        weights.append(network.get_weights())
        assert len(history.history['loss']) < 9
    assert all(map(np.array_equal, *weights))


@pytest.mark.parametrize('stem', ['6-train', '7-train', '8-train'])
def test_nothing_is_asked_of_keras_without_validation_data(stem, data):
    def fit(*args, **kwargs):
        given.update(kwargs)

    given = {}
    flags = {name: True for name in (
        'early_stopping', 'learning_rate_decay', 'save_best')
        if name in FUNCTIONS[stem]['train_model']}
    if stem == '8-train':
        flags['filepath'] = 'best.keras'
    __import__(stem).train_model(
        SimpleNamespace(fit=fit), data.x, data.y, 50, 2, **flags)
    assert given['callbacks'] == []
    assert given['validation_data'] is None
