#!/usr/bin/env python3
"""Writes MNIST.npz to the current folder: the data that the mains read.

The pixels are float32 from 0 to 1, the images 28 by 28, the labels digits.

    python tests/data/make_data.py           # the subset beside this script
    python tests/data/make_data.py --full    # the whole of MNIST, by Keras
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

NO_DOWNLOAD = """
Keras could not get MNIST: {error}
Either put the file at ~/.keras/datasets/mnist.npz yourself (download
https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz
on a machine with network) and run this again, or leave out --full (with make:
FULL=1) to use the subset that comes with the project."""


def load_subset():
    """Returns the arrays of the subset, by name."""
    with np.load(Path(__file__).with_name('mnist.npz')) as data:
        return dict(data)


def load_full():
    """Returns the arrays of the whole of MNIST, by name."""
    import tensorflow.keras as K

    try:
        (x, y), (x_test, y_test) = K.datasets.mnist.load_data()
    except Exception as error:  # Keras raises no narrower class
        sys.exit(NO_DOWNLOAD.format(error=error))
    return {'X_train': x[:50000], 'Y_train': y[:50000],
            'X_valid': x[50000:], 'Y_valid': y[50000:],
            'X_test': x_test, 'Y_test': y_test}


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument('--full', action='store_true',
                    help='the whole of MNIST instead of the subset')
arrays = load_full() if parser.parse_args().full else load_subset()
for name in arrays:
    if name.startswith('X'):
        arrays[name] = arrays[name].astype('float32') / 255

# Written elsewhere first: MNIST.npz is whole, or is the old one.
with tempfile.TemporaryDirectory(dir='.') as folder:
    whole = Path(folder, 'MNIST.npz')
    np.savez_compressed(whole, **arrays)
    os.replace(whole, 'MNIST.npz')
sizes = ', '.join(f'{len(arrays[f"X_{part}"]):,} {part}'
                  for part in ('train', 'valid', 'test'))
print(f'MNIST.npz written: {sizes}')
