"""When a workaround can go: each test here is a fault of plain Keras.

It is expected to fail where the fault is. Once Keras has fixed it, the test
passes, pytest says XPASS, and the lines named in its reason can be deleted.
That fails nothing, unless pytest is told so, as the stack `next` does:

    pytest -o xfail_strict=true -rX tests/library/test_workarounds.py
"""
import json
import os
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import tensorflow.keras as K

from tests.library import code_in_files

KERAS_3 = hasattr(K, 'ops')
X, Y = np.ones((2, 4), 'float32'), np.eye(3, dtype='float32')[:2]


def fault(delete, on):
    """Marks a test as a fault on some stacks, with the lines to delete."""
    return pytest.mark.xfail(on, reason=f'delete {delete}')


def trained(optimizer='adam', loss='categorical_crossentropy'):
    network = K.Sequential([
        K.Input((4,)), K.layers.Dense(3, activation='softmax')])
    network.compile(optimizer, loss, metrics=['accuracy'], run_eagerly=True)
    network.fit(X, Y, verbose=0)
    return network


def checkpoint(network, *losses, name='best.keras'):
    """Calls a ModelCheckpoint; gives what is in the file after each epoch."""
    callback = K.callbacks.ModelCheckpoint(name, save_best_only=True)
    callback.set_model(network)
    contents = []
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {'val_loss': loss})
        contents.append(Path(name).exists() and Path(name).read_bytes())
    return contents


@fault('_name_learning_rate_lr in 2-optimize.py', on=KERAS_3)
def test_the_learning_rate_is_called_lr_too(monkeypatch):
    if 'lr' in vars(K.optimizers.Adam):  # from a test of ours before
        monkeypatch.delattr(K.optimizers.Adam, 'lr')
    assert float(K.optimizers.Adam(0.5).lr) == 0.5


@fault("np.asarray(..., 'float32') in 3-one_hot.py", on=KERAS_3)
def test_one_hot_rows_are_float32():
    assert K.utils.to_categorical([1, 0]).dtype == np.float32


@fault('the check of rows in 4- to 8-train.py and 12-test.py', on=KERAS_3)
@pytest.mark.filterwarnings('ignore:Your input ran out')
def test_no_rows_are_refused():
    network = trained()
    network.compile('adam', 'categorical_crossentropy')
    with pytest.raises(ValueError):  # noqa: PT011 - words differ by version
        network.fit(X, Y, validation_data=(X[:0], Y[:0]), verbose=0)
    with pytest.raises(ValueError):  # noqa: PT011
        network.evaluate(X[:0], Y[:0], verbose=0)


@fault('`initial_value_threshold` in 8-train.py', on=KERAS_3)
def test_a_loss_of_nan_is_not_the_best():
    first, _, third = checkpoint(trained(), float('nan'), 2.0, 1.0)
    assert not first
    assert third


@fault('_atomic in 8-train.py, 9-model.py and 10-weights.py', on=True)
def test_what_is_saved_takes_the_place_of_the_old_file():
    """An in-place write shows under the old file's second name."""
    network = trained()
    network.save('best.keras')
    os.link('best.keras', 'second')
    before = Path('second').read_bytes()
    network.set_weights([array + 1 for array in network.get_weights()])
    checkpoint(network, 1.0)
    assert Path('second').read_bytes() == before


@fault('the line of `_compile_config` in 9-model.py', on=KERAS_3)
def test_saving_as_h5_leaves_the_compile_settings():
    network = trained()
    network.save('network.h5')
    network.save('network.keras')
    loaded = K.models.load_model('network.keras')
    assert type(loaded.optimizer) is type(network.optimizer)


@fault('the line of `_compile_config` in 9-model.py', on=not KERAS_3)
def test_a_learning_rate_set_later_is_saved():
    network = trained('adam')
    network.optimizer.learning_rate = 0.25
    network.save('network.keras')
    loaded = K.models.load_model('network.keras')
    assert float(loaded.optimizer.learning_rate) == 0.25


@fault('_check_code in 9-model.py, and the search for Lambda in 11-config.py',
       on=not KERAS_3)
@pytest.mark.parametrize('ending', ['.keras', '.h5', '.json'])
def test_no_code_in_a_file_is_run(ending):
    network = code_in_files.build('f', K.layers.Dropout(0.5))
    code_in_files.write(network, Path(), 'good')
    path = Path('bad' + ending)

    def load(path):
        if ending == '.json':
            return K.models.model_from_json(path.read_text(encoding='utf-8'))
        return K.models.load_model(path)

    code_in_files.edit(Path('good' + ending), path,
                       code_in_files.LAYERS['operation of TensorFlow'])
    with pytest.raises(Exception):  # noqa: B017, PT011 - differs by version
        load(path)
    assert not code_in_files.MARK.exists()


@fault('_without_optimizer in 10-weights.py', on=True)
def test_weights_are_saved_alone():
    trained().save_weights('network.weights.h5')
    with h5py.File('network.weights.h5') as file:
        assert 'optimizer' not in file


@fault('_ending in 10-weights.py', on=KERAS_3)
def test_weights_are_saved_under_any_name():
    trained().save_weights('network.h5')


@fault('the names of Keras 2 in 11-config.py', on=KERAS_3)
def test_a_configuration_of_keras_2_is_read():
    config = {'class_name': 'Functional', 'keras_version': '2.15.0',
              'backend': 'tensorflow', 'config': {
                  'name': 'model', 'trainable': True, 'layers': [
                      {'class_name': 'InputLayer', 'name': 'x',
                       'inbound_nodes': [], 'config': {
                           'batch_input_shape': [None, 4], 'name': 'x',
                           'dtype': 'float32', 'sparse': False}},
                      {'class_name': 'Dense', 'name': 'y', 'inbound_nodes': [
                          [['x', 0, 0, {}]]], 'config': {
                              'name': 'y', 'units': 3}}],
                  'input_layers': [['x', 0, 0]],
                  'output_layers': [['y', 0, 0]]}}
    assert K.models.model_from_json(json.dumps(config)).count_params() == 15


@fault('_load_h5 in 9-model.py', on=KERAS_3)
def test_a_network_from_an_h5_trains_on():
    network = trained()
    network.save('network.h5')
    K.models.load_model('network.h5').fit(X, Y, verbose=0)


@fault('`custom_object_scope` in _load_h5 in 9-model.py', on=KERAS_3)
def test_an_h5_with_a_short_loss_is_read():
    trained(loss='mse').save('network.h5')
    K.models.load_model('network.h5')


@fault("the look at 'keras_version' in _load_h5 in 9-model.py", on=KERAS_3)
def test_an_h5_of_keras_2_keeps_its_learning_rate():
    trained(K.optimizers.Adam(0.5)).save('network.h5')
    with h5py.File('network.h5', 'r+') as file:
        settings = json.loads(file.attrs['training_config'])
        settings['optimizer_config']['class_name'] = 'Custom>Adam'
        file.attrs['training_config'] = json.dumps(settings)
        file.attrs['keras_version'] = '2.15.0'
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        loaded = K.models.load_model('network.h5')
    assert float(loaded.optimizer.learning_rate) == 0.5
