#!/usr/bin/env python3
"""Writes MNIST.npz, which the mains read, to the current folder.

The images are 28 by 28 float32 pixels from 0 to 1. The labels are digits.

    python examples/data/make_data.py           # the subset beside this script
    python examples/data/make_data.py --full    # all of MNIST, from Keras
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

NO_DOWNLOAD = """
Keras could not download MNIST: {error}
Either download the file on a machine with a network connection, from
https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz
save it as ~/.keras/datasets/mnist.npz and run this again. Or leave out --full
(with make: FULL=1) to use the subset that comes with the project."""


def load_subset():
    """Returns the arrays of the subset, by name."""
    with np.load(Path(__file__).with_name('mnist.npz')) as data:
        return dict(data)


def load_full():
    """Returns the arrays of all of MNIST, by name."""
    import tensorflow.keras as K

    try:
        (x, y), (x_test, y_test) = K.datasets.mnist.load_data()
    except Exception as error:  # Keras raises nothing more specific
        sys.exit(NO_DOWNLOAD.format(error=error))
    return {'X_train': x[:50000], 'Y_train': y[:50000],
            'X_valid': x[50000:], 'Y_valid': y[50000:],
            'X_test': x_test, 'Y_test': y_test}


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument('--full', action='store_true',
                    help='use all of MNIST instead of the subset')
arrays = load_full() if parser.parse_args().full else load_subset()
for name in arrays:
    if name.startswith('X'):
        arrays[name] = arrays[name].astype('float32') / 255

# Writes a temporary file first, so that MNIST.npz is never incomplete.
with tempfile.TemporaryDirectory(dir='.') as folder:
    whole = Path(folder, 'MNIST.npz')
    np.savez_compressed(whole, **arrays)
    os.replace(whole, 'MNIST.npz')
sizes = ', '.join(f'{len(arrays[f"X_{part}"]):,} {part}'
                  for part in ('train', 'valid', 'test'))
print(f'MNIST.npz written: {sizes}')
