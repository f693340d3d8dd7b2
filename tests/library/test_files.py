"""Files: whole at any moment, under any name, and never somebody else's.

    python -m tests.library.test_files

prints how many kills lose a file, and what two writers do to a reader,
beside plain Keras.
"""
import faulthandler
import json
import os
import random
import shutil
import signal
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

try:
    import resource
except ImportError:  # native Windows
    resource = None

KERAS_3 = hasattr(K, 'ops')
TRIALS = 30
X, Y = np.zeros((1, 4), 'float32'), np.zeros((1, 3), 'float32')
save_model = __import__('9-model').save_model
load_model = __import__('9-model').load_model
save_weights = __import__('10-weights').save_weights
save_config = __import__('11-config').save_config
load_config = __import__('11-config').load_config
needs_fork = pytest.mark.skipif(
    not hasattr(os, 'fork') or K.backend.backend() == 'jax',
    reason='needs processes by fork, in which JAX hangs')


def new_network(shift=0):
    """Builds a compiled network; `shift` is added to its weights."""
    network = K.Sequential([
        K.Input((4,)), K.layers.Dense(40, activation='relu'),
        K.layers.Dense(3, activation='softmax')])
    network.compile(K.optimizers.Adam(0.01), 'categorical_crossentropy',
                    metrics=['accuracy'], run_eagerly=True)
    random = np.random.default_rng(0)
    network.set_weights([random.normal(shift, 0.1, array.shape)
                         for array in network.get_weights()])
    return network


def same(first, second):
    """Tells whether two networks have the same weights."""
    return all(map(np.array_equal, first.get_weights(), second.get_weights()))


def save_best(network, path):
    """Saves by the callbacks that task 8 gives to fit, and trains nothing."""
    def fit(*args, callbacks, **kwargs):
        for callback in callbacks:
            callback.set_model(network)
            callback.on_train_begin()
            callback.on_epoch_end(0, {'val_loss': 1.0})

    __import__('8-train').train_model(
        SimpleNamespace(fit=fit), X, Y, 1, 1, (X, Y), save_best=True,
        filepath=path)


def load_weights(path):
    network = new_network(5)
    __import__('10-weights').load_weights(network, path)
    return network


KINDS = {  # name: file, safe save, plain save, load
    'model .keras': ('a.keras', save_model, K.Model.save, load_model),
    'model .h5': ('a.h5', save_model, K.Model.save, load_model),
    'weights': ('a.weights.h5', save_weights, K.Model.save_weights,
                load_weights),
    'best model': ('best.keras', save_best, K.Model.save, load_model)}
every_kind = pytest.mark.parametrize('kind', KINDS)


def killed(save, load, path, trials=TRIALS):
    """Kills a saving process at random moments.

    Returns:
        The number of trials after which the file does not load, or is
        neither of the two networks.
    """
    pair = new_network(), new_network(1)
    save(pair[0], path)
    start = time.perf_counter()
    save(pair[1], path)
    seconds = time.perf_counter() - start
    moments, lost = random.Random(0), 0
    for _ in range(trials):
        child = os.fork()
        if child == 0:
            while True:
                for network in pair:
                    save(network, path)
        time.sleep(moments.uniform(0, 3 * seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        try:
            loaded = load(path)
        except (ValueError, OSError):
            lost += 1
            continue
        lost += not any(same(loaded, network) for network in pair)
    return lost


@needs_fork
@every_kind
def test_kill(kind, scratch):
    name, save, _, load = KINDS[kind]
    lost = killed(save, load, scratch / name, 10)
    assert lost == 0, f'{lost} of 10 kills lost the {kind}.'
    save(new_network(), scratch / name)
    assert same(load(scratch / name), new_network())
    assert name in os.listdir(scratch)


def race(save, load, path, seconds):
    """Lets two processes save to one name, while this one reads it.

    Returns:
        The numbers of reads, of failed reads, and of writers that failed.
    """
    pair = new_network(), new_network(1)
    save(pair[0], path)
    children = []
    for network in pair:
        children.append(os.fork())
        if children[-1] == 0:
            try:
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    save(network, path)
            except BaseException:
                os._exit(1)
            os._exit(0)
    reads = failed = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        reads += 1
        try:
            loaded = load(path)
            failed += not any(same(loaded, network) for network in pair)
        except (ValueError, OSError):
            failed += 1
    return reads, failed, sum(
        os.waitpid(child, 0)[1] != 0 for child in children)


@needs_fork
@pytest.mark.parametrize('kind', ['model .keras', 'model .h5', 'weights'])
def test_two_writers(kind, scratch):
    name, save, _, load = KINDS[kind]
    reads, failed, writers = race(save, load, scratch / name, 0.7)
    assert reads
    assert (failed, writers) == (0, 0), (
        f'{failed} of {reads} reads and {writers} of 2 writers failed.')
    assert os.listdir(scratch) == [name]


@needs_fork
@pytest.mark.skipif(resource is None, reason='needs a limit on files')
@every_kind
def test_full_disk(kind, scratch):
    name, save, _, _ = KINDS[kind]
    save(new_network(), scratch / name)
    before = (scratch / name).read_bytes()
    child = os.fork()  # as libhdf5 may crash where it can't write
    if child == 0:
        faulthandler.disable()
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            save(new_network(1), scratch / name)
        except Exception:
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] != 0, 'A failed save must not pass as done.'
    assert (scratch / name).read_bytes() == before


@every_kind
@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='needs pipes')
def test_what_is_no_file_is_not_replaced(kind, scratch):
    """A device or a pipe, under its own name or a link's."""
    name, save, _, _ = KINDS[kind]
    os.mkfifo(scratch / name)
    (scratch / 'link').mkdir()
    (scratch / 'link' / name).symlink_to('/dev/null')
    for path in scratch / name, scratch / 'link' / name:
        with pytest.raises(ValueError, match="Can't replace a file.*file"):
            save(new_network(), path)
    assert (scratch / name).is_fifo()
    assert Path('/dev/null').is_char_device()


@every_kind
@pytest.mark.skipif(getattr(os, 'geteuid', lambda: 0)() == 0,
                    reason='root may write into any file')
def test_a_file_that_may_not_be_written_is_not_replaced(kind, scratch):
    """As Keras can't write into it either."""
    name, save, _, _ = KINDS[kind]
    save(new_network(), scratch / name)
    before = (scratch / name).read_bytes()
    (scratch / name).chmod(0o400)
    with pytest.raises(ValueError, match="Can't replace a file"):
        save(new_network(1), scratch / name)
    assert (scratch / name).read_bytes() == before


@every_kind
def test_a_drive_that_refuses_modes(kind, scratch, monkeypatch):
    """As NTFS, network and cloud drives do, where plain Keras works."""
    def refuse(*args, **kwargs):
        raise PermissionError(1, 'Operation not permitted')

    name, save, _, load = KINDS[kind]
    save(new_network(), scratch / name)
    for module, function in ((os, 'chmod'), (Path, 'chmod'), (
            shutil, 'copymode'), (shutil, 'copystat')):
        monkeypatch.setattr(module, function, refuse)
    save(new_network(1), scratch / name)
    assert same(load(scratch / name), new_network(1))


@every_kind
def test_what_is_unfinished_lies_beside_the_file(kind, scratch, monkeypatch):
    """On another disk it could not take the file's place in one step."""
    def near(move):
        def moves(self, target, **kwargs):
            assert Path(target).parent == Path(self).parents[1]
            return move(self, target, **kwargs)
        return moves

    name, save, _, load = KINDS[kind]
    for module, function in ((os, 'replace'), (os, 'rename')):
        monkeypatch.setattr(module, function, near(getattr(module, function)))
    for function in 'replace', 'rename':
        monkeypatch.setattr(Path, function, near(getattr(Path, function)))
    for shift in 0, 1:
        save(new_network(shift), scratch / name)
        assert same(load(scratch / name), new_network(shift))


@pytest.mark.parametrize('folder', ['a{b}', '{epoch}', '{', '}{'])
def test_the_best_in_a_folder_with_braces(scratch, monkeypatch, folder):
    """Keras fills in the braces of `filepath`, not those around it."""
    (scratch / folder).mkdir()
    monkeypatch.chdir(scratch / folder)
    save_best(new_network(), 'best-{epoch}{{1}}.keras')
    assert os.listdir() == ['best-1{1}.keras']


@every_kind
def test_link_stays_a_link(kind, scratch):
    name, save, _, load = KINDS[kind]
    (scratch / 'there').mkdir()
    target = scratch / 'there' / 'file'
    (scratch / name).symlink_to(target)
    save(new_network(), scratch / name)
    assert (scratch / name).is_symlink()
    assert target.is_file()
    load(scratch / name)
    assert os.listdir(scratch / 'there') == ['file']


@every_kind
def test_folder_of_that_name(kind, scratch):
    name, save, _, _ = KINDS[kind]
    (scratch / name).mkdir()
    with pytest.raises(ValueError, match=f'file.*{name}'):
        save(new_network(), scratch / name)
    assert os.listdir(scratch) == [name]
    assert not os.listdir(scratch / name)


@every_kind
def test_long_name(kind, scratch):
    name, save, _, load = KINDS[kind]
    name = 'a' * (250 - len(name)) + name
    save(new_network(), scratch / name)
    load(scratch / name)
    assert os.listdir(scratch) == [name]


@pytest.mark.parametrize('name', [
    '', 'new/a.keras', '~/a.keras', 'gs://bucket/a.keras', 's3://b/d.h5', 3,
    None, 'network2', 'a.txt', 'a.keras/', 'a.h5.zip', 'a.KERAS'])
def test_where_no_model_can_be(scratch, name):
    with pytest.raises((ValueError, TypeError, FileNotFoundError)):
        save_model(new_network(), name)
    assert not list(scratch.iterdir())


@pytest.mark.parametrize('name, save_format', [
    ('weights2.h5', 'h5'), ('weights2.keras', 'keras'), ('w{}', 'hdf5'),
    ('w.weights.h5', 'keras'), ('w.txt', 'h5'), ('.w', 'hdf5')])
def test_any_name_of_weights(scratch, name, save_format):
    save_weights(new_network(1), name, save_format)
    assert h5py.is_hdf5(name)
    assert os.listdir(scratch) == [name]
    assert same(load_weights(name), new_network(1))


@pytest.mark.parametrize('save_format', ['tf', 'keras_v3', '', None, 5])
def test_other_formats_of_weights(scratch, save_format):
    with pytest.raises(ValueError, match=f'save_format={save_format!r}'):
        save_weights(new_network(), 'w.h5', save_format)
    assert not list(scratch.iterdir())


@pytest.mark.filterwarnings('error::UserWarning')
def test_weights_have_no_optimizer():
    network, other = new_network(), new_network(1)
    network.fit(X, Y, verbose=0)
    for name in 'w', 'w.weights.h5':
        save_weights(network, name)
        names = []
        with h5py.File(name) as file:
            file.visit(names.append)
        assert not [name for name in names if 'optimizer' in name]
        other.fit(X, Y, verbose=0)
        steps = int(other.optimizer.iterations)
        __import__('10-weights').load_weights(other, name)
        assert same(other, network)
        assert int(other.optimizer.iterations) == steps > 0


def test_weights_of_whole_models(scratch):
    """Of plain Keras too, and under another name."""
    network = new_network(1)
    network.fit(X, Y, verbose=0)
    for name in 'a.keras', 'a.h5', 'a.weights.h5':
        getattr(network, 'save_weights' if 'weights' in name else 'save')(name)
        assert same(load_weights(name), network)
        Path(name).rename('a')
        assert same(load_weights('a'), network)


@pytest.mark.parametrize('name', [
    'w.weights.h5', pytest.param('w.h5', marks=pytest.mark.skipif(
        KERAS_3, reason='Keras 3 writes no weights under .h5'))])
def test_plain_keras_reads_weights(name):
    save_weights(new_network(1), name)
    network = new_network()
    K.Model(network.inputs, network.outputs).load_weights(name)
    assert same(network, new_network(1))


class Subclassed(K.Model):
    """A network written as a class."""

    def __init__(self):
        super().__init__()
        self.one = K.layers.Dense(5)
        self.two = K.layers.Dense(3)

    def call(self, inputs):
        return self.two(self.one(inputs))


def test_weights_of_subclassed_networks():
    first, second = Subclassed(), Subclassed()
    for network in first, second:
        network.compile('adam', 'mse')
        network.fit(X, Y, verbose=0)
    assert not same(first, second)
    save_weights(first, 'w')
    __import__('10-weights').load_weights(second, 'w')
    assert same(first, second)


@pytest.mark.parametrize('name, units', [
    ('w.weights.h5', [40, 3, 3]), ('a.keras', [39, 3]), ('a.h5', [40, 4]),
    ('w', [40, 4])])
@pytest.mark.filterwarnings('ignore:Skipping nested container')
def test_weights_of_another_network(name, units):
    (save_model if name[0] == 'a' else save_weights)(new_network(), name)
    network = K.Sequential([K.Input((4,)), *map(K.layers.Dense, units)])
    before = network.get_weights()
    with pytest.raises(ValueError, match=f"filename='{name}'"):
        __import__('10-weights').load_weights(network, name)
    assert all(map(np.array_equal, before, network.get_weights()))


@pytest.mark.parametrize('kind', ['empty', 'text', 'zip', 'hdf5', 'folder'])
@pytest.mark.parametrize('load', [
    load_model, lambda path: __import__('10-weights').load_weights(
        new_network(), path)], ids=['model', 'weights'])
def test_no_file_of_keras(scratch, kind, load):
    """Is refused by its name; a folder is refused as Python does it."""
    path = scratch / 'network.h5'
    if kind == 'folder':
        path.mkdir()
    elif kind == 'zip':
        with zipfile.ZipFile(path, 'w') as archive:
            archive.writestr('notes.txt', 'no weights')
    elif kind == 'hdf5':
        h5py.File(path, 'w').close()
    else:
        path.write_bytes(b'weights: 1, 2, 3' if kind == 'text' else b'')
    with pytest.raises((ValueError, IsADirectoryError),
                       match=r'(?s)filename=.*network\.h5|directory'):
        load(path)


@pytest.mark.parametrize('before', [K.Model.save, save_best])
def test_keras_after_h5(before):
    network = new_network()
    network.fit(X, Y, verbose=0)
    before(network, 'before.h5')
    for name in ('network.h5', 'network.keras', 'again.h5'):
        save_model(network, name)
        loaded = load_model(name)
        assert type(loaded.optimizer) is type(network.optimizer), name
        assert int(loaded.optimizer.iterations) == int(
            network.optimizer.iterations), name


def test_saving_weights_leaves_an_uncompiled_network_uncompiled():
    network = K.Sequential([K.Input((4,)), K.layers.Dense(3)])
    before = dir(network)
    save_weights(network, 'w')
    __import__('10-weights').load_weights(network, 'w')
    assert dir(network) == before
    network.save('network.h5')


def test_an_optimizer_of_a_network_that_is_not_compiled():
    """As somebody who writes the training loop may have."""
    network = K.Sequential([K.Input((4,)), K.layers.Dense(3)])
    network.optimizer = K.optimizers.Adam()
    save_model(network, 'a.keras')
    assert same(load_model('a.keras'), network)


@pytest.mark.skipif(not KERAS_3, reason='Keras 2 reads its own')
@pytest.mark.parametrize('compiled', [True, False])
def test_an_h5_of_keras_2_opens_uncompiled(compiled):
    network = new_network(1)
    network.fit(X, Y, verbose=0)
    save_model(network, 'a.h5')
    with h5py.File('a.h5', 'r+') as file:
        file.attrs['keras_version'] = '2.15.0'
        settings = json.loads(file.attrs['training_config'])
        settings['optimizer_config']['class_name'] = 'Custom>Adam'
        file.attrs['training_config'] = json.dumps(settings)
        if not compiled:
            del file.attrs['training_config']
    loaded = load_model('a.h5')
    assert same(loaded, network)
    assert not loaded.compiled
    __import__('2-optimize').optimize_model(loaded, 0.01, 0.9, 0.99)
    assert set(loaded.fit(X, Y, verbose=0).history) == {'loss', 'accuracy'}


def test_a_saved_model_is_refused():
    tf.saved_model.save(tf.Module(), 'a.keras')
    with pytest.raises(ValueError, match="(?s)'a.keras'.*(directory|denied)"):
        load_model('a.keras')


def test_a_configuration_with_a_byte_order_mark():
    """As an editor on Windows may save it."""
    save_config(new_network(), 'a.json')
    text = Path('a.json').read_text(encoding='utf-8')
    Path('a.json').write_text(text, encoding='utf-8-sig')
    assert load_config('a.json').to_json() == text


OF_KERAS_2 = {
    'class_name': 'Functional', 'keras_version': '2.15.0',
    'backend': 'tensorflow', 'config': {
        'name': 'model', 'trainable': True, 'layers': [
            {'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],
             'config': {'batch_input_shape': [None, 4], 'name': 'x',
                        'dtype': 'float32', 'sparse': False}},
            {'class_name': 'Dense', 'name': 'y',
             'inbound_nodes': [[['x', 0, 0, {}]]],
             'config': {'name': 'y', 'units': 3}}],
        'input_layers': [['x', 0, 0]], 'output_layers': [['y', 0, 0]]}}


@pytest.mark.parametrize('name', ['Functional', 'Model'])
def test_a_configuration_of_keras_2(name):
    """Under either of the names that Keras 2 has for a functional network."""
    Path('a.json').write_text(json.dumps({**OF_KERAS_2, 'class_name': name}),
                              encoding='utf-8')
    assert load_config('a.json').count_params() == 15


@pytest.mark.parametrize('change', [
    json.dumps, lambda text: text[:-9], lambda text: f'[{text}]',
    lambda text: '', lambda text: json.dumps(json.loads(text)['config']),
    lambda text: json.dumps(json.loads(text)['config']['layers'][-1])],
    ids=['text in text', 'damaged', 'a list', 'empty', 'half', 'a layer'])
def test_no_configuration(change):
    save_config(new_network(), 'a.json')
    text = change(Path('a.json').read_text(encoding='utf-8'))
    Path('a.json').write_text(text, encoding='utf-8')
    with pytest.raises(ValueError, match="filename='a.json'"):
        load_config('a.json')


def test_a_loss_of_nan_is_not_the_best():
    """Keras 3.15 takes it for the best, and then saves no better one."""
    x = np.ones((2, 4), 'float32')
    losses, saved = [float('nan'), 2.0, float('nan'), 1.0, 3.0], []
    network = new_network()

    class Loss(K.losses.Loss):
        def call(self, y_true, y_pred):
            return y_pred[:, 0] * 0 + losses[len(saved)]

    network.compile('sgd', Loss(), run_eagerly=True)
    fit = network.fit
    network.fit = lambda *args, callbacks, **kwargs: fit(
        *args, **kwargs, callbacks=[*callbacks, K.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: saved.append(
                Path('best.keras').exists()
                and Path('best.keras').read_bytes()))])
    __import__('8-train').train_model(
        network, x, Y[[0, 0]], 2, 5, (x, Y[[0, 0]]), save_best=True,
        filepath='best.keras', verbose=False)
    assert saved[0] is False
    assert saved[1]
    assert saved[1] == saved[2]
    assert saved[3] not in saved[:3]
    assert saved[3] == saved[4]


def main():
    """Prints what kills and two writers do, with this library and without."""
    import tempfile
    print(f'{"":<15}{TRIALS} kills, lost (plain Keras)')
    for kind, (name, save, plain, load) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            lost = [killed(each, load, Path(folder, name))
                    for each in (save, plain)]
        print(f'{kind:<15}{lost[0]} ({lost[1]})', flush=True)
    print('two writers and a reader, 6 seconds: reads, failed reads, failed '
          'writers')
    for kind in list(KINDS)[:3]:
        name, save, plain, load = KINDS[kind]
        with tempfile.TemporaryDirectory() as folder:
            print(f'{kind:<15}', *[race(each, load, Path(folder, name), 6)
                                   for each in (save, plain)], flush=True)


if __name__ == '__main__':
    main()
