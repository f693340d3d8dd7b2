"""Files: whole at any moment, under any name, and never somebody else's.

    python -m tests.library.test_files

prints how many kills lose a file, and what two writers do to a reader,
beside plain Keras.
"""
import errno
import json
import os
import random
import signal
import sys
import tempfile
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
    'configuration': (
        'a.json', save_config,
        lambda network, path: path.write_text(network.to_json()),
        load_config),
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
        # A configuration has no weights to compare.
        lost += path.suffix != '.json' and not any(
            same(loaded, network) for network in pair)
    return lost


@needs_fork
@every_kind
def test_kill(kind, scratch):
    name, save, _, load = KINDS[kind]
    lost = killed(save, load, scratch / name, 10)
    assert lost == 0, f'{lost} of 10 kills lost the {kind}.'
    save(new_network(), scratch / name)
    assert same(load(scratch / name), new_network()) or kind == 'configuration'
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
    assert reads and (failed, writers) == (0, 0), (
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
        with pytest.raises(ValueError, match='`file.*replaced'):
            save(new_network(), path)
    assert (scratch / name).is_fifo() and Path('/dev/null').is_char_device()


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='needs pipes')
def test_what_is_no_file_is_not_replaced_in_an_epoch_either(scratch):
    os.mkfifo('best-1.keras')
    with pytest.raises(OSError, match='is no file'):
        save_best(new_network(), 'best-{epoch}.keras')
    assert Path('best-1.keras').is_fifo()


@every_kind
@pytest.mark.skipif(os.name != 'posix', reason='needs permissions')
@pytest.mark.parametrize('mode', [0o600, 0o640, 0o755])
def test_permissions_are_kept(kind, scratch, mode):
    name, save, _, _ = KINDS[kind]
    save(new_network(), scratch / name)
    fresh = (scratch / name).stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    assert fresh == 0o666 & ~umask
    os.chmod(scratch / name, mode)
    if os.geteuid() == 0:
        os.chown(scratch / name, 1234, 4321)
    before = (scratch / name).stat()
    save(new_network(1), scratch / name)
    after = (scratch / name).stat()
    assert after.st_ino != before.st_ino
    assert [after.st_mode, after.st_uid, after.st_gid] == [
        before.st_mode, before.st_uid, before.st_gid]


@every_kind
def test_a_file_that_may_not_be_written_is_not_replaced(
        kind, scratch, monkeypatch):
    """As Keras can't write into it either; root may write into any."""
    name, save, _, _ = KINDS[kind]
    save(new_network(), scratch / name)
    before = (scratch / name).read_bytes()
    (scratch / name).chmod(0o400)
    access = os.access
    monkeypatch.setattr(os, 'access', lambda path, mode: (
        mode != os.W_OK and access(path, mode)))
    with pytest.raises(ValueError, match='`file.*replaced'):
        save(new_network(1), scratch / name)
    assert (scratch / name).read_bytes() == before


@pytest.mark.parametrize('folder', ['no folder', 'may not be written'])
def test_the_best_is_refused_before_training(scratch, monkeypatch, folder):
    network = new_network()
    network.fit = None  # which would raise another error
    path = scratch / 'folder' / 'best.keras'
    if folder == 'no folder':
        path.parent.touch()
    else:
        def refuse(*args, **kwargs):
            raise PermissionError(13, 'Permission denied', str(path.parent))

        monkeypatch.setattr(tempfile, 'mkdtemp', refuse)
    with pytest.raises(OSError, match='folder'):
        __import__('8-train').train_model(
            network, X, Y, 1, 1, (X, Y), save_best=True, filepath=path)


def test_a_file_mounted_alone_is_refused_before_training(
        scratch, monkeypatch):
    """As into a container: it can't be replaced, only written to."""
    path = scratch / 'best.keras'
    path.touch()
    monkeypatch.setattr(os.path, 'ismount', lambda each: Path(each) == path)
    with pytest.raises(ValueError, match='`filepath`.*replaced'):
        __import__('8-train').train_model(
            new_network(), X, Y, 1, 1, (X, Y), save_best=True, filepath=path)


@every_kind
def test_link_stays_a_link(kind, scratch):
    name, save, _, load = KINDS[kind]
    (scratch / 'there').mkdir()
    target = scratch / 'there' / 'file'
    (scratch / name).symlink_to(target)
    save(new_network(), scratch / name)
    assert (scratch / name).is_symlink() and target.is_file()
    load(scratch / name)
    assert os.listdir(scratch / 'there') == ['file']


@every_kind
def test_folder_of_that_name(kind, scratch):
    name, save, _, _ = KINDS[kind]
    (scratch / name).mkdir()
    with pytest.raises(ValueError, match=f'`file.*{name}'):
        save(new_network(), scratch / name)
    assert os.listdir(scratch) == [name] and not os.listdir(scratch / name)


@every_kind
def test_folder_that_is_missing(kind, scratch):
    """Keras makes it for some kinds, which is no less right for others."""
    name, save, _, load = KINDS[kind]
    path = scratch / 'new' / 'deep' / name
    if kind in ('weights', 'configuration'):
        with pytest.raises(FileNotFoundError, match='new'):
            save(new_network(), path)
        assert not os.listdir(scratch)
    else:
        save(new_network(), path)
        assert same(load(path), new_network())


@every_kind
def test_long_name(kind, scratch):
    name, save, _, load = KINDS[kind]
    name = 'a' * (250 - len(name)) + name
    save(new_network(), scratch / name)
    load(scratch / name)
    assert os.listdir(scratch) == [name]


@pytest.mark.parametrize('name', [
    '', 'a', 'a.txt', 'h5', 3, None, 'gs://bucket/a.keras', 'ram://a.h5'])
def test_endings_of_models(scratch, name):
    with pytest.raises((ValueError, TypeError)):
        save_model(new_network(), name)
    assert not list(scratch.iterdir())


@pytest.mark.parametrize('save_format', ['h5', 'hdf5', 'keras'])
@pytest.mark.parametrize('name', ['weights2.h5', 'weights2.keras', 'w{}',
                                  'w.weights.h5', 'w.txt', '.w'])
def test_any_name_of_weights(scratch, name, save_format):
    save_weights(new_network(1), name, save_format)
    assert h5py.is_hdf5(name) and os.listdir(scratch) == [name]
    assert same(load_weights(name), new_network(1))


@pytest.mark.parametrize('save_format', ['tf', 'keras_v3', '', None, 5])
def test_other_formats_of_weights(scratch, save_format):
    with pytest.raises(ValueError, match=f'`save_format`.*={save_format}'):
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


@pytest.mark.parametrize('name', ['w.h5', 'w.weights.h5', 'a.keras', 'a.h5'])
@pytest.mark.parametrize('units', [[40], [39, 3], [40, 4], [40, 3, 3]])
def test_weights_of_another_network(name, units):
    (save_model if name[0] == 'a' else save_weights)(new_network(), name)
    network = K.Sequential([K.Input((4,)), *map(K.layers.Dense, units)])
    before = network.get_weights()
    with pytest.raises(ValueError, match=f'`filename`.*{name}'):
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
                       match=r'(?s)`filename`.*network\.h5|directory'):
        load(path)


@pytest.mark.parametrize('save', [save_model, save_best])
@pytest.mark.parametrize('plain', [False, True])
def test_keras_after_h5(save, plain):
    network = new_network()
    network.fit(X, Y, verbose=0)
    if plain:
        network.save('plain.h5')
    for name in ('network.h5', 'network.keras', 'again.h5'):
        save(network, name)
        loaded = load_model(name)
        assert type(loaded.optimizer) is type(network.optimizer), name
        assert int(loaded.optimizer.iterations) == int(
            network.optimizer.iterations), name


@pytest.mark.parametrize('save', [save_model, save_best])
def test_a_save_that_fails_leaves_the_optimizer(save, monkeypatch):
    """As where the disk is full: a plain `.keras` afterwards is right."""
    network = new_network()
    network.fit(X, Y, verbose=0)
    write = h5py.Group.create_dataset

    def fail(*args, **kwargs):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(h5py.Group, 'create_dataset', fail)
    with pytest.raises(OSError, match='No space'):
        save(network, Path('network.h5').resolve())
    monkeypatch.setattr(h5py.Group, 'create_dataset', write)
    assert not os.listdir()
    network.save('network.keras')
    loaded = K.models.load_model('network.keras')
    assert type(loaded.optimizer) is type(network.optimizer)


def test_no_room_for_a_copy_is_not_blamed_on_the_weights(monkeypatch):
    network = new_network()
    save_weights(network, 'w.h5')
    for folder in 'nowhere', '/dev/full':
        monkeypatch.setattr(tempfile, 'tempdir', folder)
        with pytest.raises(OSError, match=folder):
            __import__('10-weights').load_weights(network, 'w.h5')


@needs_fork
@pytest.mark.skipif(resource is None, reason='needs a limit on files')
def test_a_full_disk_is_not_blamed_on_the_weights():
    network = new_network()
    save_weights(network, 'w.h5')
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            __import__('10-weights').load_weights(network, 'w.h5')
        except OSError as error:
            os._exit(error.errno or 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == errno.EFBIG


@pytest.mark.parametrize('save', [save_weights, save_model, save_config])
def test_a_thread_sees_the_network_as_it_is(scratch, save):
    """While it is saved: its optimizer, its loss, and all its attributes."""
    network = new_network()
    network.fit(X, Y, verbose=0)
    before = {name: id(value) for name, value in vars(network).items()}
    other, seen = set(), []

    def look(frame, event, argument):
        seen.append(network.optimizer)
        for name in set(before) & set(vars(network)):
            if id(vars(network)[name]) != before[name]:
                other.add(name)

    sys.setprofile(look)
    try:
        save(network, scratch / 'network.h5')
    finally:
        sys.setprofile(None)
    assert None not in seen
    assert 'optimizer' not in other and '_optimizer' not in other, other


def test_saving_weights_leaves_an_uncompiled_network_uncompiled():
    network = K.Sequential([K.Input((4,)), K.layers.Dense(3)])
    before = dir(network)
    save_weights(network, 'w')
    __import__('10-weights').load_weights(network, 'w')
    assert dir(network) == before
    network.save('network.h5')


@pytest.mark.parametrize('name', ['a.keras', 'a.h5'])
def test_mixed_precision_trains_on(name):
    """Its optimizer's state begins with a counter of its own."""
    tf.keras.mixed_precision.set_global_policy('mixed_float16')
    try:
        network = new_network()
        for _ in range(3):
            network.fit(X, Y, verbose=0)
        save_model(network, name)
        loaded = load_model(name)
        assert int(loaded.optimizer.iterations) == int(
            network.optimizer.iterations) == 3
        assert network.fit(X, Y, verbose=0).history == loaded.fit(
            X, Y, verbose=0).history
        assert same(network, loaded)
    finally:
        tf.keras.mixed_precision.set_global_policy('float32')


@pytest.mark.parametrize('kind', ['link', 'storage', 'virtual'])
@pytest.mark.parametrize('name', ['a.h5', 'a.keras', 'w.weights.h5'])
def test_weights_in_other_files_are_refused(scratch, name, kind):
    """They would be read from what somebody else may not show."""
    network = new_network()
    (save_weights if name[0] == 'w' else save_model)(network, name)
    if name == 'a.keras':
        zipfile.ZipFile(name).extractall('parts')
    held = Path('parts', 'model.weights.h5') if name == 'a.keras' else name
    np.ones((4, 40), 'float32').tofile('secret')
    with h5py.File('secret.h5', 'w') as file:
        file['secret'] = np.ones((4, 40), 'float32')
    with h5py.File(held, 'r+') as file:
        items = {}
        file.visititems(items.__setitem__)
        path = next(path for path, item in items.items()
                    if getattr(item, 'shape', ()) == (4, 40))
        group, end = file[path].parent, path.split('/')[-1]
        del group[end]
        if kind == 'link':
            group[end] = h5py.ExternalLink(scratch / 'secret.h5', 'secret')
        elif kind == 'storage':
            group.create_dataset(end, (4, 40), 'float32', external=[
                (scratch / 'secret', 0, h5py.h5f.UNLIMITED)])
        else:
            layout = h5py.VirtualLayout((4, 40), 'float32')
            layout[:] = h5py.VirtualSource(scratch / 'secret.h5', 'secret',
                                           (4, 40))
            group.create_virtual_dataset(end, layout)
    if name == 'a.keras':
        with zipfile.ZipFile(name, 'w') as archive:
            for part in Path('parts').iterdir():
                archive.write(part, part.name)
    before = network.get_weights()
    with pytest.raises(ValueError, match='in other files'):
        __import__('10-weights').load_weights(network, name)
    assert all(map(np.array_equal, before, network.get_weights()))
    if name[0] == 'a':
        with pytest.raises(ValueError, match='in other files'):
            load_model(name)


class TwoOptimizers(Subclassed):
    """A network that holds an optimizer besides its own."""

    def __init__(self):
        super().__init__()
        self.second = K.optimizers.Adam(0.5)


def test_weights_hold_no_other_optimizer_either():
    first, second = TwoOptimizers(), TwoOptimizers()
    for network in first, second:
        network.compile('adam', 'mse')
        network.fit(X, Y, verbose=0)
        network.second.build(network.trainable_variables)
    save_weights(first, 'w.weights.h5')
    with h5py.File('w.weights.h5') as file:
        assert not {'optimizer', 'second'} & set(file)
    __import__('10-weights').load_weights(second, 'w.weights.h5')
    assert same(first, second)


class Optimizer(K.layers.Layer):
    """A layer under the name that Keras gives an optimizer in a file."""

    def build(self, shape):
        self.scale = self.add_weight(shape=(4,), name='scale')

    def call(self, inputs):
        return inputs * self.scale


def nested():
    """Gives a network in a network, as in transfer learning, and the whole."""
    inner = K.Sequential([
        K.Input((4,)), Optimizer(name='optimizer'), K.layers.Dense(4)])
    inputs = K.Input((4,))
    outputs = K.layers.Dense(3)(Optimizer(name='optimizer')(inner(inputs)))
    return inner, K.Model(inputs, outputs)


@pytest.mark.parametrize('name', ['w', 'w.weights.h5'])
def test_weights_hold_no_optimizer_of_a_network_inside(name):
    """One that was trained before goes into one that never was."""
    inner, network = nested()
    inner.compile('adam', 'mse')
    inner.fit(X, X, verbose=0)
    network.compile('adam', 'mse')
    network.fit(X, Y, verbose=0)
    names = []
    save_weights(network, name)
    with h5py.File(name) as file:
        file.visit(names.append)
    assert not [each for each in names if 'optimizer/vars/1' in each]
    _, other = nested()
    __import__('10-weights').load_weights(other, name)
    assert same(other, network)
    network.save_weights('plain.weights.h5')
    _, other = nested()
    __import__('10-weights').load_weights(other, 'plain.weights.h5')
    assert same(other, network)


@pytest.mark.skipif(not KERAS_3, reason='what Keras 3.15 loses')
def test_a_lost_optimizer_is_not_replaced():
    network = new_network()
    network.save('a.h5')
    network.save('a.keras')  # without the name of its optimizer
    with pytest.raises(ValueError, match='lost its optimizer'):
        load_model('a.keras')


@pytest.mark.skipif(not KERAS_3, reason='Keras 2 reads its own')
@pytest.mark.parametrize('compiled', [True, False])
def test_an_h5_of_keras_2_opens_uncompiled(recwarn, compiled):
    """With its weights, and a warning that says how to go on."""
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
    recwarn.clear()
    loaded = load_model('a.h5')
    assert same(loaded, network) and not loaded.compiled
    told = [str(each.message) for each in recwarn
            if 'optimize_model' in str(each.message)]
    assert len(told) == compiled, told
    assert not compiled or 'a.h5 was written by Keras 2' in told[0]
    assert recwarn[0].filename == __file__ if compiled else True
    __import__('2-optimize').optimize_model(loaded, 0.01, 0.9, 0.99)
    assert set(loaded.fit(X, Y, verbose=0).history) == {'loss', 'accuracy'}


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
    assert saved[0] is False and saved[1] and saved[1] == saved[2]
    assert saved[3] not in saved[:3] and saved[3] == saved[4]


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
