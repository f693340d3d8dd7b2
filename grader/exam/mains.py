"""The course's mains, run on a student's file and our other files.

What a function returns and writes is looked at by the other sentences. This
one finds what fails where the function is used as the course uses it.
"""
import inspect
import io
import os
import random
import runpy
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
from grader.exam.student import Unmet, no_copies, run_file

original = K.Model.fit


def fit(network, *args, **kwargs):
    """Trains as Keras does, but for one epoch, as a main has up to 1,000."""
    bound = inspect.signature(original).bind(network, *args, **kwargs)
    bound.arguments['epochs'] = 1
    return original(*bound.args, **bound.kwargs)


def write_files(stem, folder):
    """Writes what a main reads: few digits, and after task 8 two networks."""
    some = np.random.default_rng(0)
    np.savez(folder / 'MNIST.npz', **{
        f'{kind}_{part}': some.random((12, 28, 28), 'float32')
        if kind == 'X' else np.arange(12) * 7 % 10
        for kind in 'XY' for part in ('train', 'valid', 'test')})
    if int(number_of(stem)) > 8:
        network = run_file(ROOT / '1-input.py').build_model(
            784, [16, 10], ['relu', 'softmax'], 0.0001, 0.95)
        run_file(ROOT / '2-optimize.py').optimize_model(
            network, 0.001, 0.9, 0.999)
        for number in 1, 2:
            network.save(folder / f'network{number}.keras')


def look_at_main(student):
    """Raises an `Unmet`, unless a task's main runs.

    It isn't run where something else has failed already.
    """
    student.module  # or there is no such file
    if student.told:
        pytest.skip('not run, because something else has failed')
    main = main_file(student.stem)
    eager = tf.config.functions_run_eagerly()
    before = os.getcwd(), sys.path[:]
    states = random.getstate(), np.random.get_state()
    student.call, student.paste = f'the main {main.name}', ''
    printed = io.StringIO()
    with mock.patch.dict(sys.modules):
        sys.modules.update({each: run_file(ROOT / f'{each}.py')
                            for each in STEMS})
        sys.modules[student.stem] = student.module
        tf.config.run_functions_eagerly(True)
        folder = Path(tempfile.mkdtemp())
        write_files(student.stem, folder)
        os.chdir(folder)
        try:
            with no_copies(), mock.patch.dict(os.environ), (
                    mock.patch.object(K.Model, 'fit', fit)), (
                    warnings.catch_warnings()), (
                    redirect_stdout(printed)), redirect_stderr(printed):
                warnings.simplefilter('ignore')  # whatever pytest does
                runpy.run_path(str(main))
        except BaseException as error:  # SystemExit, too
            student.printed = printed.getvalue()
            raise Unmet(student.raised(error)) from error
        finally:
            os.chdir(before[0])
            sys.path[:] = before[1]
            tf.config.run_functions_eagerly(eager)
            random.setstate(states[0])
            np.random.set_state(states[1])
