"""Inputs drawn over all that the tables of docs/tasks.md allow.

Hypothesis draws the same ones in each run, and shrinks one that goes wrong,
so a student sees the smallest call. A call is kept by its arguments, so the
sentences about one call share it.
"""
import contextlib
import functools
import inspect
import itertools
import os
import random
import tempfile

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from grader.exam.expect import current, expect

EXTRA = 20  # inputs that are drawn beside those that are tried
SHRINKS = 100  # inputs that are tried after one has gone wrong
attempts = itertools.count(1)


def drawn(cases=None, count=None):
    """Makes a test of one case a test of many drawn ones.

    The test is given the `case`, or what `call` of its class makes of it, as
    `done`, or both.

    Args:
        cases: Hypothesis's strategy. If None, CASES of the test's class.
        count: int. How many to try, of CASES the first so many. If None, its
            DRAWS.
    """
    def decorate(test):
        names = inspect.signature(test).parameters

        @functools.wraps(test)
        def sentence(self, **others):
            def attempt(case):
                random.seed(next(attempts))  # Hypothesis always begins with 0
                given = {**others, 'case': case}
                if 'done' in names:
                    given['done'] = self.call(case)
                test(self, **{name: given[name] for name in names
                              if name != 'self'})

            drawing = ((self.CASES, self.DRAWS) if cases is None
                       else (cases, count))
            chosen = [*draw(*drawing).values()][:count]
            if 'done' in names:  # all calls, so results are seen after others
                for case in chosen:
                    with contextlib.suppress(Exception):  # it is kept
                        self.call(case)
            for case in chosen:
                try:
                    attempt(case)
                except Exception as error:
                    raise smallest(*drawing, attempt, error)

        sentence.__signature__ = inspect.Signature([
            names[name] for name in names if name not in ('case', 'done')])
        return sentence

    return decorate


def hypothesis(cases, count, phases):
    """Returns a decorator: runs a function on inputs, the same in each run."""
    def decorate(test):
        return seed(0)(settings(
            max_examples=count, database=None, deadline=None, phases=phases,
            report_multiple_bugs=False, print_blob=False,
            suppress_health_check=list(HealthCheck))(given(cases)(test)))

    return decorate


@functools.lru_cache(maxsize=None)
def draw(cases, count):
    """Draws inputs, and chooses those that have the most values together.

    They are chosen one by one, for the values that no other has, and then for
    the pairs of values. So a few calls see each value of each argument.

    Returns:
        dict. The inputs by their texts.
    """
    found, values, seen, chosen = {}, {}, set(), {}

    @hypothesis(cases, count + EXTRA, [Phase.generate])
    def note(case):
        key = repr(case)
        found[key] = case
        single = sorted((name, repr(value)) for name, value in case.items())
        values[key] = {*single}, {*itertools.combinations(single, 2)}

    note()
    while found and len(chosen) < count:
        key = max(found, key=lambda key: [len(each - seen)
                                          for each in values[key]])
        chosen[key] = found.pop(key)
        seen.update(*values[key])
    return chosen


def smallest(cases, count, attempt, error):
    """Returns the error of the smallest input that goes wrong.

    Tries are counted and not timed, so messages are the same in each run.
    """
    chosen, tried, failed = draw(cases, count), set(), {}

    @hypothesis(cases, count + EXTRA, [Phase.generate, Phase.shrink])
    def again(case):
        key = repr(case)
        tried.update([key] if failed else [])
        if (key not in failed if len(tried) > SHRINKS
                else not failed and key not in chosen):
            return
        try:
            attempt(case)
        except Exception as error:
            failed[key] = error
            raise

    try:
        again()
    except Exception as smaller:
        return smaller
    return error


def kept(call):
    """Has a case called once, in an empty folder, and what came kept.

    What came remembers its `case`, and its `expect` is about that call.
    """
    @functools.wraps(call)
    def look_up(self, case):
        key = type(self).__name__, repr(case)
        if key not in current.kept:
            os.chdir(tempfile.mkdtemp())
            try:
                done = call(self, case)
                done.case, done.expect = case, functools.partial(
                    expect, call=current.call)
            except Exception as error:
                done = error
            current.kept[key] = done, current.call, current.printed
        done, current.call, current.printed = current.kept[key]
        if isinstance(done, Exception):
            raise done
        return done

    return look_up


def new_name(case):
    """Returns a drawn name of a file, whose folder is there."""
    name = case['name'] + case['ending']
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    return name


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
names = st.sampled_from(['network', 'a.b', './Network', 'kept/my network',
                         'kept/Deep er/x'])
numbers = st.sampled_from([1.0, 0.0, 0.1, -3.0, 1e-4, 100.0, -1e3])


def losses(values, least=1):
    """Makes scripts of losses: a few of these values, in any order.

    The first is a number, as Keras 3 takes a first NaN for the best.
    """
    return st.lists(values, min_size=least, max_size=14).map(
        lambda script: [2.0 if script[0] != script[0] else script[0],
                        *script[1:]])


# Tasks 4 to 8: a script of validation losses, and what is asked for.
whole = st.sampled_from([3.0, 2.0, 4.0, 1.0, 500.0, 2.5])
odd = st.sampled_from([1e9, 3.0, 0.5, float('nan'), 0.0])
near = st.integers(0, 5).map(lambda n: 1 - n * 2.0 ** -23)
scripts = losses(whole) | losses(odd) | losses(near)
long_scripts = losses(whole, 6) | losses(whole, 10) | losses(odd, 6) | (
    losses(near, 6))
decay_rates = st.sampled_from([1, 0, 0.5, 2, 30.0, 0.001])
patiences = st.sampled_from([None, 1, 2, 3, 0, 5, 10, 13])
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
        if case['epochs'] * case['rows'] > 300 * case['batch_size']:
            case['epochs'] = 1  # as there are many batches
        return {name: case[name] for name in case if case[name] is not None}

    return st.fixed_dictionaries({
        'losses': scripts, 'style': styles, 'used': st.sampled_from([0, 9]),
        'rows': st.sampled_from([140, 30, 1, 600]),
        'valid': st.sampled_from([40, 0, 3, 200] if valid else [0]),
        'batch_size': st.sampled_from([70, 72, 7, 300, 140, 1]),
        'epochs': st.sampled_from([3, 1, 5, 14, 21]),
        'verbose': flags, 'shuffle': flags, **others}).map(of_a_size)


def focused(**others):
    """Makes trainings with validation data, with time to stop early."""
    return trainings(**{'losses': long_scripts, **others}).map(lambda case: {
        **case, 'valid': case['valid'] or 3, 'rows': 30, 'batch_size': 30,
        'epochs': len(case['losses']) + case.get('patience', 0) + 1,
        'verbose': case.get('verbose', False)})


paths = st.tuples(names, st.sampled_from(['.keras', '.h5'])).map(''.join)
SAVE = {'save_best': flags, 'filepath': paths,
        'over': st.sampled_from([False, True])}
