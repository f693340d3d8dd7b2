"""What every process of a task needs, imported once.

multiprocessing's fork server imports this before there is a task, so each
process that it forks has it already. It says nothing if that fails.
"""
import pytest  # noqa: F401

from grader.exam import plugin

plugin.import_tensorflow()

from grader.exam import cases, mains, student, task, training  # noqa: E402,F401
