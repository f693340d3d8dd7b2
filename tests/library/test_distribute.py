"""More than one device, and more than one machine."""
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
import tensorflow.keras as K

pytestmark = [pytest.mark.extra, pytest.mark.timeout(300)]
HERE = Path(__file__).parent
ON_JAX = K.backend.backend() == 'jax'
MIRRORED = '''
import sys
import tensorflow as tf

sys.path[:0] = [{here!r}, {root!r}]
import digits

cpu = tf.config.list_physical_devices('CPU')[0]
tf.config.set_logical_device_configuration(
    cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
one_hot = __import__('3-one_hot').one_hot
data = digits.load()
x, y = data.x_train[:480], one_hot(data.y_train[:480])
results = []
for strategy in (tf.distribute.get_strategy(),
                 tf.distribute.MirroredStrategy(['CPU:0', 'CPU:1'])):
    tf.keras.backend.clear_session()
    tf.keras.utils.set_random_seed(8)
    with strategy.scope():
        # No dropout, as each device would drop nodes of its own.
        network = __import__('1-input').build_model(
            784, [32, 10], ['relu', 'softmax'], 0.0001, 1)
        __import__('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)
    history = __import__('8-train').train_model(
        network, x, y, 64, 2, (x, y), early_stopping=True, patience=2,
        save_best=True, filepath='best.keras', verbose=False).history
    tested = __import__('12-test').test_model(network, x, y, False)
    predicted = __import__('13-predict').predict(network, x)
    results.append([*history['loss'], *history['val_loss'], *tested,
                    *predicted[0]])
    if len(results) == 1:  # compiled for one device
        __import__('9-model').save_model(network, 'one.h5')
        __import__('9-model').save_model(network, 'one.keras')
    for name in 'best.keras', 'one.keras', 'one.h5':
        with strategy.scope():
            loaded = __import__('9-model').load_model(name)
        loaded.fit(x, y, 64, verbose=0)
gap = max(abs(a - b) for a, b in zip(*results))
sys.exit(f'The results differ by {{gap}}.' if gap > 1e-5 else 0)
'''


def start(arguments, **environment):
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, **environment}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)


def finish(processes):
    """Waits for processes, and fails with what one that failed printed."""
    try:
        outputs = [process.communicate(timeout=200)[0]
                   for process in processes]
    finally:
        for process in processes:
            process.kill()
    for process, output in zip(processes, outputs):
        assert process.returncode == 0, output[-2000:]


@pytest.mark.skipif(ON_JAX, reason='tf.distribute is for TensorFlow alone')
def test_two_devices_as_one(scratch):
    """`MirroredStrategy` over two logical CPUs."""
    script = MIRRORED.format(here=str(HERE), root=str(HERE.parent))
    finish([start(['-c', script])])


def weights(path):
    found = {}
    with h5py.File(path, 'r') as file:
        file.visititems(lambda name, item: found.update(
            {name: item[()]} if isinstance(item, h5py.Dataset) else {}))
    return found


@pytest.mark.skipif(hasattr(K, 'ops'), reason='Keras 3 does not train with '
                    'MultiWorkerMirroredStrategy (seen on 3.15)')
def test_two_machines_as_one(scratch):
    """`MultiWorkerMirroredStrategy` with two processes over loopback."""
    script = HERE / 'multi_worker.py'
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(2)]
    hosts = [f'127.0.0.1:{each.getsockname()[1]}' for each in sockets]
    for each in sockets:
        each.close()
    finish([start([script, 'one.h5'])])
    finish([start([script, 'two.h5'], TF_CONFIG=json.dumps({
        'cluster': {'worker': hosts},
        'task': {'type': 'worker', 'index': index}})) for index in range(2)])
    one = weights('one.h5')
    for name in ('two.h5', 'two.h5.1'):
        two = weights(name)
        assert list(two) == list(one)
        for key, value in one.items():
            np.testing.assert_allclose(two[key], value, atol=1e-5)
