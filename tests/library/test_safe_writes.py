"""Every write is whole or not there: kills, a full disk, an error.

    python tests/test_safe_writes.py

prints how many files are lost to kills, beside plain Keras.
"""
import os
import random
import resource
import signal
import time
from pathlib import Path
from types import SimpleNamespace

import graded
import numpy as np
import pytest
import tensorflow.keras as K
from graded import new_network, same

pytestmark = [pytest.mark.extra, pytest.mark.timeout(300)]
TRIALS = 50


def module(stem):
    return graded.load(stem)


def save_best(network, path):
    """Saves by the callbacks that `8-train.py` gives to fit."""
    def fit(*args, callbacks, **kwargs):
        for callback in callbacks:
            callback.set_model(network)
            callback.on_epoch_end(0, {'val_loss': 1.0})

    x, y = np.zeros((1, 784)), np.zeros((1, 10))
    module('8-train').train_model(
        SimpleNamespace(fit=fit), x, y, 1, 1, (x, y), save_best=True,
        filepath=path)


def load_weights(path):
    network = new_network()
    module('10-weights').load_weights(network, path)
    return network


KINDS = {  # name: file, safe save, plain save, load
    'model .keras': ('a.keras', module('9-model').save_model,
                     K.Model.save, module('9-model').load_model),
    'model .h5': ('a.h5', module('9-model').save_model,
                  K.Model.save, module('9-model').load_model),
    'weights': ('a.weights.h5', module('10-weights').save_weights,
                K.Model.save_weights, load_weights),
    'configuration': (
        'a.json', module('11-config').save_config,
        lambda network, path: path.write_text(network.to_json()),
        module('11-config').load_config),
    'best model': ('best.keras', save_best,
                   K.Model.save, module('9-model').load_model),
}
every_kind = pytest.mark.parametrize('kind', KINDS)


def networks():
    """Two networks of one architecture, with different weights."""
    first, second = new_network(), new_network()
    second.set_weights([weights + 1 for weights in first.get_weights()])
    return first, second


def killed(save, load, path, trials=TRIALS):
    """Kills a saving process at random moments.

    Returns:
        The number of trials after which the file does not load, or is
        neither of the two networks.
    """
    pair = networks()
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
            same(loaded.get_weights(), network.get_weights())
            for network in pair)
    return lost


@every_kind
def test_kill(kind, scratch):
    name, save, _, load = KINDS[kind]
    lost = killed(save, load, scratch / name)
    assert lost == 0, f'{lost} of {TRIALS} kills lost the {kind}.'
    save(new_network(), scratch / name)
    assert os.listdir(scratch) == [name], (
        'What a kill leaves behind must go with the next save.')


@every_kind
def test_full_disk(kind, scratch):
    name, save, _, _ = KINDS[kind]
    first, second = networks()
    save(first, scratch / name)
    before = (scratch / name).read_bytes()
    child = os.fork()  # as libhdf5 may crash where it can't write
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            save(second, scratch / name)
        except Exception:
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] != 0, 'A failed save must not pass as done.'
    assert (scratch / name).read_bytes() == before
    save(second, scratch / name)
    assert os.listdir(scratch) == [name]


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


@pytest.mark.parametrize('kind', list(KINDS)[:-1])
def test_no_such_folder(kind, scratch):
    name, save, _, _ = KINDS[kind]
    with pytest.raises(ValueError, match='`filename`.*folder.*nowhere'):
        save(new_network(), scratch / 'nowhere' / name)
    assert not os.listdir(scratch)


def test_best_model_makes_its_folder(scratch):
    save_best(new_network(), scratch / 'new' / 'best.keras')
    assert os.listdir(scratch / 'new') == ['best.keras']


def main():
    """Prints the kills and losses of each kind of file."""
    import tempfile
    print(f'{"":<15}{"kills":>6}{"lost":>6}{"lost by plain Keras":>21}')
    for kind, (name, save, plain, load) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            lost = [killed(each, load, Path(folder, name))
                    for each in (save, plain)]
        print(f'{kind:<15}{TRIALS:>6}{lost[0]:>6}{lost[1]:>21}', flush=True)


if __name__ == '__main__':
    main()
