"""The course's mains, run on a student's file and our other files.

The main of a task must print what it prints with ours. Lines of the
student's own may stand between, and progress may look different.
"""
import inspect
import io
import os
import random
import re
import runpy
import shutil
import sys
import tempfile
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

from grader.course import ROOT, STEMS, main_file, number_of
from grader.exam.student import Unmet, run_file, unlike

original = K.Model.fit
NUMBER = re.compile(r'-?\d+(?:\.\d*)?(?:e[+-]?\d+)?')
# The weights of tasks 0, 1 and 11 are new ones, and layers may have any names.
LOOSE = {'0-sequential', '1-input', '11-config'}
# Progress is printed in many ways.
TRAINS = {f'{number}-train' for number in range(4, 9)}
# What depends on how the task was solved, and is right in many ways.
FREE = re.compile(r'categorical_crossentropy$|(Total|Optimizer) params|'
                  r'[\[(]\d[\d.e-]*(, [\d.e-]+)+[\])]$')


def fit(network, *args, **kwargs):
    """Trains as Keras does, but for one epoch, as a main has up to 1,000."""
    bound = inspect.signature(original).bind(network, *args, **kwargs)
    bound.arguments['epochs'] = 1
    return original(*bound.args, **bound.kwargs)


def run(student, folder, graded):
    """Runs a task's main in a folder; gives what it prints."""
    modules = {each: run_file(ROOT / f'{each}.py') for each in STEMS}
    if graded:
        modules[student.stem] = student.module
    before = os.getcwd(), sys.path[:]
    printed = io.StringIO()
    os.chdir(folder)
    try:
        with mock.patch.dict(sys.modules, modules), (
                mock.patch.dict(os.environ)), (
                mock.patch.object(K.Model, 'fit', fit)), (
                warnings.catch_warnings()), (
                redirect_stdout(printed)), redirect_stderr(printed):
            warnings.simplefilter('ignore')  # whatever pytest does with them
            runpy.run_path(str(main_file(student.stem)))
    finally:
        os.chdir(before[0])
        sys.path[:] = before[1]
    return printed.getvalue()


def write_files(stem, folder):
    """Writes what a main reads: few digits, and after task 8 two networks."""
    some = np.random.default_rng(0)
    np.savez(folder / 'MNIST.npz', **{
        f'{kind}_{part}': some.random((12, 28, 28), 'float32')
        if kind == 'X' else np.arange(12) * 7 % 10
        for kind in 'XY' for part in ('train', 'valid', 'test')})
    if int(number_of(stem)) <= 8:
        return
    network = run_file(ROOT / '1-input.py').build_model(
        784, [16, 10], ['relu', 'softmax'], 0.0001, 0.95)
    run_file(ROOT / '2-optimize.py').optimize_model(
        network, 0.001, 0.9, 0.999)
    for number in 1, 2:
        network.set_weights([some.normal(0, 0.1, weights.shape)
                             for weights in network.get_weights()])
        network.save(folder / f'network{number}.keras')


def lines(text):
    """Lists what a main prints, without what is progress or punctuation."""
    text = re.sub('\x1b\\[[0-9;]*m|.*[\r\x08]', '', text)
    text = re.sub(r"(?m)^No .*: it runs the library's.$", '', text)
    text = re.sub(r'(?m)^Epoch .*$|^\s*\d+/\d+ .*$', '', text)  # progress
    text = re.sub(r'(?<=[a-z])_\d+\b', '', text)  # which counts the layers
    text = re.sub(r'tf\.Tensor\(|, shape=.*', '', text)
    found = [' '.join(line.split()) for line in text.splitlines()]
    return [line.replace('[ ', '[').replace(' ]', ']') for line in found
            if line]


def alike(got, wanted):
    """Tells whether two lines differ in nothing but a number's last digits."""
    if NUMBER.sub('#', got) != NUMBER.sub('#', wanted):
        return False
    return all(np.isclose(float(a), float(b), rtol=0.01, atol=0.01)
               for a, b in zip(NUMBER.findall(got), NUMBER.findall(wanted)))


def look_at_main(student):
    """Raises an error, unless a task's main prints what it prints with ours.

    It isn't run where something else has failed already.
    """
    stem = student.stem
    student.module  # or there is no such file
    if student.told:
        pytest.skip('not run, because something else has failed')
    main = main_file(stem).name
    eager = tf.config.functions_run_eagerly()
    states = random.getstate(), np.random.get_state()
    tf.config.run_functions_eagerly(True)
    printed = {}
    left = {False: {'MNIST.npz', *['network1.keras'] * (stem == '8-train')}}
    try:
        with tempfile.TemporaryDirectory() as base:
            files = Path(base, 'files')
            files.mkdir()
            write_files(stem, files)
            for graded in [False] * (stem not in TRAINS) + [True]:
                folder = shutil.copytree(files, Path(base, str(graded)))
                student.call = f'the main {main}' if graded else ''
                student.paste = student.printed = ''
                try:
                    printed[graded] = run(student, folder, graded)
                except BaseException as error:
                    if not graded:
                        raise
                    raise Unmet(student.raised(error)) from error
                left[graded] = set(os.listdir(folder))
    finally:
        tf.config.run_functions_eagerly(eager)
        random.setstate(states[0])
        np.random.set_state(states[1])
    student.call = ''
    assert left[True] == left[False], unlike(
        f'The main {main} left the files {sorted(left[True])}',
        f'{sorted(left[False])}')
    if stem in TRAINS:
        assert printed[True].strip(), unlike(
            f'The main {main} printed nothing', 'lines about the training')
        return
    if stem in LOOSE:  # the numbers of parameters, whatever the layers' names
        got, want = (set(re.findall(
            r'\d+,\d{3}', ' '.join(line for line in lines(printed[graded])
                                   if not FREE.search(line))))
                     for graded in (True, False))
        assert want <= got, unlike(
            f'The main {main} did not print {sorted(want)}, but '
            f'{sorted(got)}', 'these numbers of parameters')
        return
    got, want = (lines(printed[graded]) for graded in (True, False))
    rest = iter(got)
    for line in want:
        if FREE.search(line):
            continue
        good = any(alike(each, line) for each in rest)
        assert good, unlike(
            f'The main {main} did not print {line!r} where it does with our '
            'answer', 'that line')
