"""More than one device, and more than one machine."""
import ast
import faulthandler
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
import tensorflow.keras as K

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / 'examples' / 'several_machines.py'
ON_JAX = K.backend.backend() == 'jax'
pytestmark = pytest.mark.slow
several_machines = pytest.mark.skipif(
    hasattr(K, 'ops') and not ON_JAX, reason='with TensorFlow as its backend '
    'Keras 3 does not train on several machines (seen on 3.15)')
# The script with fewer digits.
FEW = f'''
import runpy
from examples.data import digits
few = digits.Digits(*(array[:320] for array in digits.load()))
digits.load = lambda: few
session = runpy.run_path({str(SCRIPT)!r}, run_name='__main__')
'''
# Two logical processors, made before anything is computed.
TWO_DEVICES = f'''
import tensorflow as tf
tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices('CPU')[0],
    [tf.config.LogicalDeviceConfiguration()] * 2)
{FEW}
x, y, files = session['x_train'], session['y_train'], __import__('9-model')
K = tf.keras
network = K.Sequential([K.Input((784,)),
                        K.layers.Dense(10, activation='softmax')])
__import__('2-optimize').optimize_model(network, 0.01, 0.9, 0.999)
network.fit(x[:64], y[:64], verbose=0)
for name in 'one.keras', 'one.h5':  # of one device, for two
    files.save_model(network, name)
    with session['strategy'].scope():
        files.load_model(name).fit(x[:64], y[:64], verbose=0)
'''


@pytest.fixture(scope='module')
def start():
    """Starts the script, and ends what still runs after the tests."""
    started = []

    def start(*arguments, **environment):
        started.append(subprocess.Popen(
            [sys.executable, '-u', *map(str, arguments)],
            env={**os.environ, 'PYTHONPATH': str(ROOT), **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def machines():
    """The environments of two machines, both of them this one."""
    with (socket.create_server(('127.0.0.1', 0)) as one,
          socket.create_server(('127.0.0.1', 0)) as two):
        hosts = [f'127.0.0.1:{each.getsockname()[1]}' for each in (one, two)]
    if ON_JAX:
        return [{'JAX_COORDINATOR_BIND_ADDRESS': hosts[0],
                 'KERAS_DISTRIBUTION_JOB_ADDRESSES': ','.join(hosts),
                 'KERAS_DISTRIBUTION_NUM_PROCESSES': '2',
                 'KERAS_DISTRIBUTION_PROCESS_ID': str(number)}
                for number in range(2)]
    return [{'TF_CONFIG': json.dumps({
        'cluster': {'worker': hosts},
        'task': {'type': 'worker', 'index': number}})}
        for number in range(2)]


@pytest.fixture(scope='module')
def one_device(start, tmp_path_factory):
    """The History and the weights of one process with one device."""
    file = tmp_path_factory.mktemp('one') / 'one.h5'
    return history_of(start('-c', FEW, file)), weights_in(file)


def history_of(process):
    """Waits for the first machine, and reads the History it prints."""
    output = process.communicate()[0]
    assert process.returncode == 0, output[-2000:]
    line = next(line for line in output.splitlines() if line[:2] == "{'")
    return ast.literal_eval(line)


def weights_in(path):
    found = {}
    with h5py.File(path, 'r') as file:
        file.visititems(lambda name, item: found.update(
            {name: item[()]} if isinstance(item, h5py.Dataset) else {}))
    return found


def assert_equal(one, other):
    """Two sums of 32 are added in another order than one sum of 64."""
    assert list(one) == list(other)
    for name, values in one.items():
        np.testing.assert_allclose(other[name], values, rtol=1e-5, atol=1e-5)


def test_two_devices_as_one(one_device, start):
    two = (start('-c', FEW, 'two.h5', XLA_FLAGS='--xla_force_host_platform_'
                 'device_count=2') if ON_JAX
           else start('-c', TWO_DEVICES, 'two.h5'))
    assert_equal(one_device[0], history_of(two))
    assert_equal(one_device[1], weights_in('two.h5'))


@several_machines
def test_two_machines_as_one(one_device, start, machines):
    first = start('-c', FEW, 'two.h5', **machines[0])
    second = start('-c', FEW, 'second.h5', **machines[1])
    assert_equal(one_device[0], history_of(first))
    assert second.wait() == 0
    assert_equal(one_device[1], weights_in('two.h5'))
    assert not Path('second.h5').exists(), 'The first alone saves.'


@several_machines
def test_a_machine_that_dies(start, machines):
    """The other ends, and what was saved before is as it was."""
    Path('weights.h5').write_bytes(b'what was saved before')
    first, second = (start(SCRIPT, 'weights.h5', **each) for each in machines)
    for line in first.stdout:
        if 'Epoch 2/' in line:
            second.send_signal(signal.SIGKILL)
            break
    output = first.communicate()[0]
    assert first.returncode != 0
    assert 'another machine is gone' in output, output[-2000:]
    assert Path('weights.h5').read_bytes() == b'what was saved before'


@several_machines
def test_a_machine_that_never_comes(start, machines):
    alone = start(SCRIPT, 'weights.h5', '--wait', '3', **machines[0])
    output = alone.communicate()[0]
    assert alone.returncode != 0
    assert 'Waits 3 seconds at most' in output, output[-2000:]


@pytest.mark.skipif(ON_JAX or not hasattr(K, 'ops'),
                    reason='Keras 3 with TensorFlow as its backend')
def test_several_machines_refused(monkeypatch, capfd):
    monkeypatch.setenv('TF_CONFIG', '{}')
    monkeypatch.setattr(sys, 'argv', [str(SCRIPT), 'weights.h5'])
    monkeypatch.setattr(sys, 'path', [*sys.path])
    monkeypatch.setattr(os, '_exit', sys.exit)
    with pytest.raises(SystemExit, match='1'):
        runpy.run_path(str(SCRIPT), run_name='__main__')
    faulthandler.cancel_dump_traceback_later()  # it ends with its process
    assert 'with KERAS_BACKEND=jax' in capfd.readouterr().err
