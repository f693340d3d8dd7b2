"""Files that hold code, or no model at all, or a damaged one."""
import random
import shutil
import sys
from pathlib import Path

import hostile
import pytest
import tensorflow.keras as K
from graded import expect, same

pytestmark = pytest.mark.extra

FOREIGN = Path(__file__).parent / 'data' / 'foreign'
GOOD = FOREIGN / ('keras-3.15' if hasattr(K, 'ops') else 'keras-2.15')

# What each of the loaders opens.
READS = {'load_model': ['f-model.keras', 'f-model.h5'],
         'load_weights': ['f-model.keras', 'f-model.h5', 'f-w.h5',
                          'f-v3.weights.h5'],
         'load_config': ['f-config.json']}


@pytest.fixture(scope='module')
def network():
    """A network of the architecture of the fixtures."""
    return hostile.build('f', K.layers.Dropout(0.2))


@pytest.fixture(scope='module')
def load(load_model, load_config):
    """Loads a model or, from a `.json`, a configuration."""
    return lambda path: (load_config if path.suffix == '.json'
                         else load_model)(path)


@pytest.fixture(scope='module')
def loaders(load_model, load_weights, load_config, network):
    """The three loaders, each a function of the file alone."""
    return {'load_model': load_model, 'load_config': load_config,
            'load_weights': lambda path: load_weights(network, path)}


@pytest.fixture(scope='module')
def good(tmp_path_factory):
    """Good files in all formats, of a functional and a sequential network."""
    folder = tmp_path_factory.mktemp('good')
    return [path for kind in 'fs' for path in hostile.write(
        hostile.build(kind, K.layers.Dropout(0.2)), folder, kind)]


@pytest.fixture
def bait(scratch, monkeypatch):
    """A module that a file may name, and that leaves the mark."""
    folder = scratch / 'modules'
    folder.mkdir()
    (folder / f'{hostile.MODULE}.py').write_text(hostile.SOURCE)
    monkeypatch.syspath_prepend(str(folder))
    yield
    sys.modules.pop(hostile.MODULE, None)


def outcome(load, path):
    """Says what loading a file comes to: 'opens', 'refused', or neither."""
    try:
        load(path)
    except ValueError as error:
        named = f'filename={path}' in str(error)
        return 'refused' if named else (
            f'It raised ValueError: {error}, which does not name the file')
    except Exception as error:
        return f'It raised {type(error).__name__}: {error}'
    return 'opens'


def expect_refused(load, path, holds):
    """Expects that a file with code is refused, and its code not run."""
    got = outcome(load, path)
    ran = hostile.MARK.exists() or hostile.MODULE in sys.modules
    expect(not ran, f'{path.name} holds code ({holds}), which has run',
           'a refusal before any of it is run', 'files from anywhere')
    expect(got == 'refused',
           f'{path.name} holds code ({holds}). '
           f'{"It was opened" if got == "opens" else got}',
           'a ValueError that names the file', 'files from anywhere')


def test_good_files_open(load, good, bait):
    for source in good:
        path = Path('good' + source.suffix)
        hostile.edit(source, path, lambda config: None)
        load(path)


@pytest.mark.parametrize('kind', [*hostile.LAYERS, *hostile.SETTINGS])
def test_code_in_the_configuration(load, good, bait, kind):
    change = {**hostile.LAYERS, **hostile.SETTINGS}[kind]
    for source in good:
        if source.suffix != '.json' or kind in hostile.LAYERS:
            path = Path(source.stem + '-hostile' + source.suffix)
            hostile.edit(source, path, change)
            expect_refused(load, path, kind)


@pytest.mark.parametrize('kind', 'fs')
@pytest.mark.parametrize('code', [
    lambda x: [x, open('mark', 'w').close()][0], hostile.named],
    ids=['lambda', 'named'])
def test_lambda_layers(load, scratch, code, kind):
    layer = K.layers.Lambda(code)
    paths = hostile.write(hostile.build(kind, layer), scratch, 'lambda')
    for path in paths:
        hostile.MARK.unlink(missing_ok=True)  # that building has left
        expect_refused(load, path, 'Lambda layer')


def test_the_code_would_run(scratch, bait):
    """The mark is no idle threat: where nothing refuses, it is left."""
    layer = K.layers.Lambda(lambda x: [x, open('mark', 'w').close()][0])
    path, *_ = hostile.write(hostile.build('f', layer), scratch, 'lambda')
    for run in (lambda: K.models.load_model(path, safe_mode=False),
                lambda: __import__(hostile.MODULE)):
        hostile.MARK.unlink(missing_ok=True)
        run()
        assert hostile.MARK.exists()


@pytest.mark.parametrize('name', READS)
def test_wrong_kind(loaders, network, name):
    noise = random.Random(0)
    contents = {
        'empty': b'',
        'a line of text': b'epoch,loss\n1,0.5\n',
        'random bytes': bytes(noise.randrange(256) for _ in range(5000)),
        'zeros': bytes(5000),
        'an image': b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR' + bytes(400),
        'the start of a zip': b'PK\3\4' + bytes(400),
        'an empty zip': b'PK\5\6' + bytes(18),
        'the start of an HDF5': b'\x89HDF\r\n\x1a\n' + bytes(400),
        'an array of NumPy': (GOOD / 'f-true.npz').read_bytes(),
        'a list': b'[1, 2]', 'a number': b'1', 'null': b'null',
        'an object': b'{}', 'an object of a class': b'{"class_name": "Dense"}',
        'a deep list': b'[' * 100000}
    for path in GOOD.glob('f-*'):
        whole = path.read_bytes()
        if path.name in READS[name]:
            for size in (1, len(whole) // 2, len(whole) - 1):
                contents[f'{size} bytes of {path.name}'] = whole[:size]
        else:
            contents[path.name] = whole
    before = network.get_weights()
    for holds, content in contents.items():
        for path in map(Path, ('a.keras', 'a.h5', 'a.json', 'a')):
            path.write_bytes(content)
            got = outcome(loaders[name], path)
            expect(got == 'refused', f'{path} holds {holds}. '
                   f'{"It was opened" if got == "opens" else got}',
                   'a ValueError that names the file',
                   'files of the wrong kind', f'{name}({path})')
    expect(same(before, network.get_weights()), 'The weights have changed',
           'a network that keeps its weights', 'files of the wrong kind')


@pytest.mark.parametrize('name', READS)
def test_a_folder(loaders, name):
    for path in map(Path, ('a.keras', 'a.h5', 'a.json', 'a')):
        path.mkdir()
        with pytest.raises((ValueError, FileNotFoundError),
                           match=f'filename={path}'):
            loaders[name](path)


def damage(content, draw):
    """Damages a file's bytes in one of six ways."""
    content, size = bytearray(content), len(content)
    at, way = draw.randrange(size), draw.randrange(6)
    if way == 0:
        content[at] ^= 1 << draw.randrange(8)
    elif way == 1:
        for _ in range(draw.randrange(2, 200)):
            content[draw.randrange(size)] = draw.randrange(256)
    elif way == 2:
        del content[at:]
    elif way == 3:
        end = min(size, at + draw.randrange(1, 4096))
        content[at:end] = bytes(end - at)
    elif way == 4:
        content[at:] = bytes(draw.randrange(256) for _ in content[at:])
    else:
        end = min(size, draw.randrange(1, 600))
        content[:end] = bytes(draw.randrange(256) for _ in range(end))
    return bytes(content)


# A hang is inside a library, out of reach of a signal's handler.
@pytest.mark.timeout(90, method='thread')
@pytest.mark.parametrize('name, loader', [
    ('f-model.keras', 'load_model'), ('f-model.h5', 'load_model'),
    ('f-w.h5', 'load_weights'), ('f-v3.weights.h5', 'load_weights'),
    ('f-config.json', 'load_config')])
def test_a_hundred_corruptions(loaders, name, loader):
    content, draw = (GOOD / name).read_bytes(), random.Random(0)
    shutil.copy(GOOD / name, name)
    expect(outcome(loaders[loader], Path(name)) == 'opens',
           f'The good {name} does not open', 'a network', 'damaged files')
    for i in range(100):
        Path(name).write_bytes(damage(content, draw))
        got = outcome(loaders[loader], Path(name))
        expect(got in ('opens', 'refused'), f'Damage {i} of {name}: {got}',
               'a network, or a ValueError that names the file',
               'damaged files', f'{loader}({name})')
