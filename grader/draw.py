"""Inputs drawn over all that the tables of docs/tasks.md allow.

Hypothesis draws the same ones in each run, and shrinks one that goes wrong,
so a student sees the smallest call. A call is kept by its arguments, so the
sentences about one call share it.
"""
import functools
import itertools
import os
import random

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SHRINKS = 100  # inputs that are tried after one has gone wrong
examples = itertools.count(1)


def drawn(cases, count):
    """Makes a method that tests a `case` test many drawn ones.

    Args:
        cases: Hypothesis's strategy, or the name of the attribute with it;
            then the attribute DRAWS says how many to draw, at most `count`.
        count: int. How many to draw.
    """
    def decorate(test):
        @functools.wraps(test)
        def bounded(self, case, **fixtures):
            case = case.draw(getattr(self, cases) if isinstance(cases, str)
                             else cases)
            failed, others, passed = vars(self).setdefault(
                'drawn', ({}, [], []))
            most = self.DRAWS if isinstance(cases, str) else count
            if len(passed) >= most and not failed:
                return
            random.seed(next(examples))  # Hypothesis begins each with 0
            if len(failed) + len(others) > SHRINKS and repr(
                    case) not in failed:
                return
            try:
                test(self, case=case, **fixtures)
            except Exception as error:
                failed[repr(case)] = error
                raise
            (others if failed else passed).append(case)

        return seed(0)(settings(
            max_examples=count, database=None, deadline=None,
            report_multiple_bugs=False, print_blob=False,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink])(
                given(case=st.data())(bounded)))

    return decorate


def new_name(folder, case):
    """Makes a folder the current one, with all that a drawn name needs.

    Returns:
        str. The name of a file that isn't there yet.
    """
    os.chdir(folder)
    name = ''.join([*case['name'], case['ending']])
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    return name


def kept(function):
    """Keeps what a function of a case gives, or what it raises."""
    results = {}

    @functools.wraps(function)
    def look_up(case):
        key = repr(case)
        if key not in results:
            try:
                results[key] = function(case), None
            except BaseException as error:
                results[key] = None, error
        result, error = results[key]
        if error is not None:
            raise error
        return result

    return look_up


def called(function, names, values, style):
    """Calls a function in one of the ways that a call can be written.

    Args:
        function: what to call.
        names: list of str. Its parameters.
        values: dict. What to give; what is not there is left out.
        style: int. How many arguments to give by position, at most.
    """
    given = []
    for name in names[:style]:
        if name not in values:
            break
        given.append(values[name])
    return function(*given, **{name: values[name] for name in values
                               if name not in names[:len(given)]})


ACTIVATIONS = ['softmax', 'relu', 'tanh', 'sigmoid', 'linear', 'elu', 'selu',
               'softplus', 'softsign', 'exponential', 'gelu']
nodes = st.sampled_from([1, 2, 3, 4, 5, 7, 10, 16, 40])
styles = st.integers(0, 20)
fractions = st.sampled_from([0.5, 0.9, 0.0, 0.1, 0.75, 0.99, 0.999, 0.9999,
                             0.8125])
rates = st.sampled_from([0.01, 0.001, 0.1, 0.00234, 1.0, 10.0, 1e-5, 1e-6,
                         0.3])
flags = st.sampled_from([None, True, False])  # None: left out

# Tasks 0 and 1.
builds = st.lists(st.tuples(nodes, st.sampled_from(ACTIVATIONS)),
                  min_size=1, max_size=6).flatmap(
    lambda layers: st.fixed_dictionaries({
        'nx': st.sampled_from([1, 2, 3, 5, 12, 30, 784]),
        'layers': st.just([size for size, _ in layers]),
        'activations': st.just([name for _, name in layers]),
        'lambtha': st.sampled_from([0.001, 0.0, 1e-6, 0.0001, 0.02, 0.5,
                                    2.0]),
        'keep_prob': st.sampled_from([0.95, 1.0, 0.5, 0.875, 0.8, 0.1,
                                      0.05])}))

# Task 2.
optimizers = st.fixed_dictionaries(
    {'alpha': rates, 'beta1': fractions, 'beta2': fractions})

# Task 3.
labels = st.lists(
    st.integers(0, 9) | st.integers(0, 299),
    min_size=1, max_size=30).flatmap(lambda values: st.tuples(
    st.just(values), st.sampled_from(
        ['int64', 'int32', *(['uint8'] if max(values) < 255 else ['uint16']),
         *(['int8'] if max(values) < 127 else [])]),
    st.none() | st.integers(max(values) + 1, max(values) + 20) | st.just(
        max(max(values) + 1, 256)) | st.just(np.int64(max(values) + 5))))

# Tasks 9 to 11: the names of files.
names = st.tuples(
    st.sampled_from(['', './', 'kept/', 'kept/Deep er/']),
    st.sampled_from(['network', 'Network', 'my network', 'a.b', 'x']))
numbers = st.sampled_from([1.0, 0.1, -3.0, 1e-4, 100.0, -1e3])


def losses(values, least=1):
    """Makes scripts of losses: a few of these values, in any order.

    The first is a number, as Keras 3 takes a first NaN for the best.
    """
    return st.lists(values, min_size=least, max_size=14).map(
        lambda script: [2.0 if script[0] != script[0] else script[0],
                        *script[1:]])


# Tasks 4 to 8: a script of validation losses, and what is asked for.
whole = st.sampled_from([3.0, 2.0, 4.0, 1.0, 5.0, 2.5])
odd = st.sampled_from([1e9, 3.0, 0.5, float('nan'), 0.0])
near = st.integers(0, 5).map(lambda n: 1 - n * 2.0 ** -23)
scripts = losses(whole) | losses(odd) | losses(near)
long_scripts = losses(whole, 6) | losses(whole, 10) | losses(odd, 6) | (
    losses(near, 6))
decay_rates = st.sampled_from([1, 0, 0.5, 2, 30.0, 0.001])
patiences = st.sampled_from([1, 2, 3, None, 0, 5, 10, 13])
STOP = {'early_stopping': flags, 'patience': patiences}
DECAY = {'learning_rate_decay': flags, 'alpha': st.none() | rates,
         'decay_rate': st.none() | decay_rates}


def trainings(valid=True, **others):
    """Makes what can be asked of `train_model`; see `training.Run`.

    Args:
        valid: bool. Whether there may be validation data.
        others: strategies, of None for what is left out.
    """
    def of_a_size(case):
        if case['epochs'] > 20:  # where batches are many, epochs are few
            case['batch_size'] = max(case['batch_size'], case['rows'])
        return {name: case[name] for name in case if case[name] is not None}

    return st.fixed_dictionaries({
        'losses': scripts, 'style': styles, 'used': st.sampled_from([0, 9]),
        'rows': st.sampled_from([140, 30, 1, 600]),
        'valid': st.sampled_from([40, 0, 3, 200] if valid else [0]),
        'batch_size': st.sampled_from([70, 72, 7, 300, 140, 1]),
        'epochs': st.sampled_from([3, 1, 5, 14, 40]),
        'verbose': flags, 'shuffle': flags, **others}).map(of_a_size)


def focused(**others):
    """Makes trainings with validation data that are quick, of many epochs."""
    return trainings(**{'losses': long_scripts, **others}).map(lambda case: {
        **case, 'valid': case['valid'] or 3, 'rows': 30, 'batch_size': 30,
        'epochs': max(case['epochs'], len(case['losses'])),
        'verbose': case.get('verbose', False)})


paths = st.tuples(names, st.sampled_from(['.keras', '.h5'])).map(
    lambda name: ''.join([*name[0], name[1]]))
SAVE = {'save_best': flags, 'filepath': paths,
        'over': st.sampled_from([False, True])}
