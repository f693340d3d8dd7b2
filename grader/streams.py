"""The streams as the system has them: the descriptors 1 and 2."""
import contextlib
import os
import sys


@contextlib.contextmanager
def redirect(file):
    """Has a file take what passes `sys.stdout` and `sys.stderr`, too.

    `tf.print` does, and TensorFlow's log, and what a process starts.

    Args:
        file: file object. It has a descriptor.
    """
    before = []
    with contextlib.suppress(OSError):  # they are closed
        before = [os.dup(1), os.dup(2)]
        for number in 1, 2:
            os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        for number, old in enumerate(before, 1):
            with contextlib.suppress(OSError):
                os.dup2(old, number)
                os.close(old)
