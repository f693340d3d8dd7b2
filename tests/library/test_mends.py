"""When a mend can go: each test here is a fault of plain Keras.

It is expected to fail where the fault is. Once Keras has mended it, it passes,
pytest says XPASS, and the lines named in its reason can be deleted.
"""
import json
import os
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import tensorflow as tf
import tensorflow.keras as K

from tests.library import code_in_files

KERAS_3 = hasattr(K, 'ops')
X, Y = np.ones((2, 4), 'float32'), np.eye(3, dtype='float32')[:2]


def fault(delete, on):
    """Marks a test as a fault on some stacks, with the lines to delete."""
    return pytest.mark.xfail(on, strict=True, reason=f'delete {delete}')


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


@fault('_give_lr in 2-optimize.py', on=KERAS_3)
def test_the_learning_rate_is_called_lr_too(monkeypatch):
    if 'lr' in vars(K.optimizers.Adam):  # from a test of ours before
        monkeypatch.delattr(K.optimizers.Adam, 'lr')
    assert float(K.optimizers.Adam(0.5).lr) == 0.5


@fault("np.asarray(..., 'float32') in 3-one_hot.py", on=KERAS_3)
def test_one_hot_rows_are_float32():
    assert K.utils.to_categorical([1, 0]).dtype == np.float32


@fault('_check_rows in 4- to 8-train.py and in 12-test.py', on=KERAS_3)
def test_no_rows_are_refused():
    network = trained()
    network.compile('adam', 'categorical_crossentropy')
    with pytest.raises(ValueError):
        network.fit(X, Y, validation_data=(X[:0], Y[:0]), verbose=0)
    with pytest.raises(ValueError):
        network.evaluate(X[:0], Y[:0], verbose=0)


@fault('_check_labels in 6- to 8-train.py', on=not KERAS_3)
def test_no_labels_are_refused():
    with pytest.raises(ValueError):
        trained().fit(X, Y, validation_data=(X, None), verbose=0)


@fault('`checkpoint.best = inf` in 8-train.py', on=KERAS_3)
def test_a_loss_of_nan_is_not_the_best():
    first, _, third = checkpoint(trained(), float('nan'), 2.0, 1.0)
    assert not first and third


@fault('_whole and _replace in 8-train.py, and _whole in 9-model.py', on=True)
def test_what_is_saved_takes_the_place_of_the_old_file():
    """An in-place write shows under the old file's second name."""
    network = trained()
    network.save('best.keras')
    os.link('best.keras', 'second')
    before = Path('second').read_bytes()
    network.set_weights([array + 1 for array in network.get_weights()])
    checkpoint(network, 1.0)
    assert Path('second').read_bytes() == before


@fault('settings.update(own) in 8-train.py and 9-model.py, and the look for a '
       'lost optimizer in 9-model.py', on=KERAS_3)
def test_saving_as_h5_leaves_the_compile_settings():
    network = trained()
    network.save('network.h5')
    network.save('network.keras')
    loaded = K.models.load_model('network.keras')
    assert type(loaded.optimizer) is type(network.optimizer)


@fault('settings.update(own) in 8-train.py and 9-model.py', on=not KERAS_3)
def test_a_learning_rate_set_later_is_saved():
    network = trained('adam')
    network.optimizer.learning_rate = 0.25
    network.save('network.keras')
    loaded = K.models.load_model('network.keras')
    assert float(loaded.optimizer.learning_rate) == 0.25


@fault('_load_h5 in 9-model.py, all but the part for files of Keras 2',
       on=KERAS_3)
@pytest.mark.parametrize('loss', ['categorical_crossentropy', 'mse'])
def test_a_network_from_an_h5_trains_on(loss):
    network = trained(loss=loss)
    network.save('network.h5')
    K.models.load_model('network.h5').fit(X, Y, verbose=0)


@fault('the loop over `variables` in 9-model.py', on=True)
def test_a_network_of_mixed_precision_from_an_h5_trains_on():
    tf.keras.mixed_precision.set_global_policy('mixed_float16')
    try:
        trained().save('network.h5')
        loaded = K.models.load_model('network.h5')
        assert int(loaded.optimizer.iterations) == 1
    finally:
        tf.keras.mixed_precision.set_global_policy('float32')


@fault('_check_code in 9-model.py, and the look for Lambda in 11-config.py',
       on=not KERAS_3)
@pytest.mark.parametrize('ending', ['.keras', '.h5', '.json'])
def test_no_code_in_a_file_is_run(ending):
    network = code_in_files.build('f', K.layers.Dropout(0.5))
    code_in_files.write(network, Path(), 'good')
    path = Path('bad' + ending)
    code_in_files.edit(Path('good' + ending), path,
                       code_in_files.LAYERS['operation of TensorFlow'])
    with pytest.raises((ValueError, TypeError, AttributeError)):
        if ending == '.json':
            K.models.model_from_json(path.read_text(encoding='utf-8'))
        else:
            K.models.load_model(path)
    assert not code_in_files.MARK.exists()


@fault('_check_links in 9-model.py and 10-weights.py', on=not KERAS_3)
def test_weights_are_not_read_from_other_files():
    network = trained()
    network.save('network.h5')
    with h5py.File('network.h5', 'r+') as file:
        kernels = []
        file['model_weights'].visit(kernels.append)
        kernel = file['model_weights/' + next(
            name for name in kernels if 'kernel' in name)]
        group, name = kernel.parent, kernel.name
        del file[name]
        group.create_dataset(name, (4, 3), 'float32', external=[
            ('secret', 0, h5py.h5f.UNLIMITED)])
    np.full((4, 3), 7, 'float32').tofile('secret')
    with pytest.raises(ValueError):
        K.models.load_model('network.h5', compile=False)


@fault('_alone in 10-weights.py', on=True)
def test_weights_are_saved_alone():
    trained().save_weights('network.weights.h5')
    with h5py.File('network.weights.h5') as file:
        assert 'optimizer' not in file


@fault('the names of files in _whole in 10-weights.py', on=KERAS_3)
def test_weights_are_saved_under_any_name():
    trained().save_weights('network.h5')


@fault('_check_shapes in 10-weights.py', on=True)
def test_weights_that_are_left_over_are_refused():
    large = K.Sequential([K.Input((4,)), K.layers.Dense(3, name='one'),
                          K.layers.Dense(3, name='two')])
    large.save_weights('large.weights.h5')
    small = K.Sequential([K.Input((4,)), K.layers.Dense(3, name='one')])
    with pytest.raises(ValueError):
        small.load_weights('large.weights.h5')


@fault('_KERAS_2 in 11-config.py', on=KERAS_3)
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


@fault('the part for files of Keras 2 in _load_h5 of 9-model.py', on=KERAS_3)
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
