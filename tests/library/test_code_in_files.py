"""Files that hold code, or no model at all: nothing in them is run."""
import random
import sys
from pathlib import Path

import pytest
import tensorflow.keras as K

from tests.library import code_in_files

load_model = __import__('9-model').load_model
load_config = __import__('11-config').load_config
KINDS = {**code_in_files.LAYERS, **code_in_files.SETTINGS}


@pytest.fixture(scope='module')
def good(tmp_path_factory):
    """Good files in all formats, of a functional and a sequential network."""
    folder = tmp_path_factory.mktemp('good')
    return [path for kind in 'fs' for path in code_in_files.write(
        code_in_files.build(kind, K.layers.Dropout(0.2)), folder, kind)]


@pytest.fixture
def bait(scratch, monkeypatch):
    """A module that a file may name, and a folder that it may spoil."""
    (scratch / 'folder').mkdir()
    (scratch / 'folder' / 'file').touch()
    folder = scratch / 'modules'
    folder.mkdir()
    (folder / f'{code_in_files.MODULE}.py').write_text(code_in_files.SOURCE)
    monkeypatch.syspath_prepend(str(folder))
    yield
    sys.modules.pop(code_in_files.MODULE, None)


def load(path):
    """Loads a model or, from a `.json`, a configuration."""
    return (load_config if path.suffix == '.json' else load_model)(path)


def load_carefully(path, holds):
    """Loads a file; fails if code in it runs, or the error names no file."""
    refusal = f'filename={path!r}'
    try:
        load(path)
    except Exception as error:
        refusal = str(error)
        opened = False
    else:
        opened = True
    assert f'filename={path!r}' in refusal
    assert not code_in_files.MARK.exists(), f'{path}: code ran ({holds})'
    assert Path('folder/file').exists() is Path('folder').exists(), path
    return opened


@K.utils.register_keras_serializable('tests')
class Function(K.layers.Layer):
    """A registered layer with a word of TensorFlow's among its settings."""

    def __init__(self, function='iou', **kwargs):
        super().__init__(**kwargs)
        self.function = function

    def call(self, inputs):
        return inputs

    def get_config(self):
        return {**super().get_config(), 'function': self.function}


@pytest.mark.parametrize('kind', 'fs')
def test_somebody_s_registered_layer(scratch, kind):
    """Its class and its settings may be called as they like."""
    for word in 'iou', 'io.write_file', 'raw_ops', 'Lambda':
        network = code_in_files.build(kind, Function(word))
        for path in code_in_files.write(network, scratch, 'own'):
            assert load(path).layers[-2].function == word


def test_good_files_open(good, bait):
    for source in good:
        path = Path('good' + source.suffix)
        code_in_files.edit(source, path, lambda config: None)
        load(path)


@pytest.mark.parametrize('kind', KINDS)
def test_code_in_the_configuration(good, bait, kind):
    for source in good:
        if source.suffix != '.json' or kind in code_in_files.LAYERS:
            path = Path(source.stem + '-code' + source.suffix)
            code_in_files.edit(source, path, KINDS[kind])
            opened = load_carefully(path, kind)
            assert not (opened and kind.startswith('operation')), (
                f'{path} calls a function of TensorFlow, and was opened.')


@pytest.mark.parametrize('kind', 'fs')
@pytest.mark.parametrize('code', [
    lambda x: [x, open('mark', 'wb').close()][0], code_in_files.named],
    ids=['lambda', 'named'])
def test_lambda_layers(scratch, code, kind):
    layer = K.layers.Lambda(code)
    for path in code_in_files.write(code_in_files.build(kind, layer),
                                    scratch, 'lambda'):
        code_in_files.MARK.unlink(missing_ok=True)  # that building has left
        assert not load_carefully(path, 'Lambda layer'), (
            f'{path.name} has a Lambda layer, and was opened.')


def test_lambda_in_other_letters(scratch):
    """JSON may write any letter as a number."""
    layer = K.layers.Lambda(lambda x: [x, open('mark', 'wb').close()][0])
    for path in code_in_files.write(code_in_files.build('f', layer), scratch,
                                    'lambda'):
        code_in_files.edit_text(path, '"Lambda"', r'"L\u0061mbda"')
        code_in_files.MARK.unlink(missing_ok=True)
        assert not load_carefully(path, 'Lambda layer')


def test_the_code_would_run(scratch, bait):
    """The mark is no idle threat: where nothing refuses, it is left."""
    layer = K.layers.Lambda(lambda x: [x, open('mark', 'wb').close()][0])
    path, *_ = code_in_files.write(code_in_files.build('f', layer), scratch,
                                   'lambda')
    for run in (lambda: K.models.load_model(path, safe_mode=False),
                lambda: __import__(code_in_files.MODULE)):
        code_in_files.MARK.unlink(missing_ok=True)
        run()
        assert code_in_files.MARK.exists()


@pytest.mark.parametrize('name', ['a.keras', 'a.h5', 'a.json'])
def test_no_model_at_all(name):
    path = Path(name)
    noise = random.Random(0)
    for content in (b'', b'epoch,loss\n1,0.5\n', bytes(5000),
                    bytes(noise.randrange(256) for _ in range(5000)),
                    b'PK\3\4' + bytes(400), b'PK\5\6' + bytes(18),
                    b'\x89HDF\r\n\x1a\n' + bytes(400), b'[1, 2]', b'1',
                    b'null', b'{}', b'{"class_name": "Dense"}'):
        path.write_bytes(content)
        assert not load_carefully(path, 'no model'), content[:20]
        path.unlink()
        with pytest.raises(FileNotFoundError, match=name):
            load(path)
