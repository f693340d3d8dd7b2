"""The numbers that the course publishes, on its own TensorFlow 2.15.

The training needs the whole of MNIST: `make data FULL=1`, or its path in the
environment variable MNIST.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tensorflow as tf

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(not tf.__version__.startswith('2.15.'),
                       reason='published for TensorFlow 2.15')]
ROOT = Path(__file__).parents[2]
MNIST = Path(os.environ.get('MNIST', ROOT / 'MNIST.npz'))
SEEDED = '''
import os
os.environ['PYTHONHASHSEED'] = '8'
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'
import json, random, sys
import numpy as np
import tensorflow as tf
random.seed(8)
np.random.seed(8)
tf.random.set_seed(8)
sys.path.insert(0, sys.argv[1])
'''
LOSSES = '''
build_model = __import__(sys.argv[2]).build_model
network = build_model(784, [256, 256, 10], ['tanh', 'tanh', 'softmax'],
                      0.001, 0.95)
print(json.dumps([str(loss.numpy()) for loss in network.losses]))
'''
TRAINING = '''
from examples.data import digits
one_hot = __import__('3-one_hot').one_hot
data = digits.load(sys.argv[2])
network = __import__('1-input').build_model(
    784, [256, 256, 10], ['relu', 'relu', 'softmax'], 0.0001, 0.95)
__import__('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)
print(json.dumps(__import__('5-train').train_model(
    network, data.x_train, one_hot(data.y_train), 64, 3,
    (data.x_valid, one_hot(data.y_valid)), verbose=False).history))
'''


def run(code, argument):
    done = subprocess.run(
        [sys.executable, '-c', SEEDED + code, ROOT, argument],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize('stem', ['0-sequential', '1-input'])
def test_losses(stem):
    assert run(LOSSES, stem) == ['0.3851098', '0.25577578', '0.019714147']


@pytest.mark.skipif(not MNIST.is_file(), reason='needs the whole of MNIST')
def test_first_three_epochs():
    history = run(TRAINING, MNIST)
    for name, published, tolerance in (
            ('loss', [0.3262, 0.1745, 0.1411], 0.006),
            ('accuracy', [0.9205, 0.9653, 0.9758], 0.003),
            ('val_loss', [0.1918, 0.1562, 0.1506], 0.006),
            ('val_accuracy', [0.9600, 0.9714, 0.9736], 0.003)):
        assert history[name] == pytest.approx(published, abs=tolerance), name
