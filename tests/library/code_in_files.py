"""Files with code in them: good ones, with a few words of JSON replaced.

The code would leave a file named 'mark' in the current folder.
"""
import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import h5py
import tensorflow.keras as K

MARK = Path('mark')
MODULE = 'not_keras'
SOURCE = '''
def mark(*args, **kwargs):
    open('mark', 'w').close()
    return args[0] if args else 0.0


class Evil:
    def __init__(self, *args, **kwargs):
        mark()

    @classmethod
    def from_config(cls, config, **kwargs):
        return cls()


Dense = Dropout = Functional = Sequential = Zeros = Evil
mark()  # importing it does as well
'''


def named(x):
    """Leaves the mark, from inside a Lambda layer."""
    MARK.touch()
    return x


def build(kind, middle):
    """Builds a network with `middle` as its middle layer, and compiles it.

    Args:
        kind: str. 'f' for functional, 's' for sequential.
        middle: layer that keeps the shape `(None, 5)`.

    Returns:
        compiled `K.Model`.
    """
    layers = [K.layers.Dense(5, activation='tanh'), middle, K.layers.Dense(3)]
    if kind == 's':
        network = K.Sequential([K.Input((6,)), *layers])
    else:
        inputs = outputs = K.Input((6,))
        for layer in layers:
            outputs = layer(outputs)
        network = K.Model(inputs, outputs)
    network.compile(K.optimizers.Adam(0.01), 'mse', metrics=['mae'])
    return network


def write(network, folder, name):
    """Writes a network in the three formats, with Keras alone.

    Returns:
        list of path objects.
    """
    paths = [folder / (name + end) for end in ('.keras', '.h5', '.json')]
    for path in paths[:2]:
        network.save(path)
    paths[2].write_text(network.to_json(), encoding='utf-8')
    return paths


def edit(source, target, change):
    """Copies a file, with its configuration changed.

    Args:
        source: path object that ends in `.keras`, `.h5` or `.json`.
        target: path object.
        change: function that changes the configuration that it is given, a
            dict with the settings of `compile` as its 'compile_config'.
    """
    if source.suffix == '.json':
        config = json.loads(source.read_text(encoding='utf-8'))
        change(config)
        target.write_text(json.dumps(config), encoding='utf-8')
    elif source.suffix == '.h5':
        shutil.copy(source, target)
        with h5py.File(target, 'r+') as file:
            config = json.loads(file.attrs['model_config'])
            config['compile_config'] = json.loads(
                file.attrs['training_config'])
            change(config)
            file.attrs['training_config'] = json.dumps(
                config.pop('compile_config'))
            file.attrs['model_config'] = json.dumps(config)
    else:
        with ZipFile(source) as old, ZipFile(target, 'w') as new:
            for name in old.namelist():
                content = old.read(name)
                if name == 'config.json':
                    config = json.loads(content)
                    change(config)
                    content = json.dumps(config)
                new.writestr(name, content)


def edit_text(path, old, new):
    """Replaces words in the configuration of a file, as text."""
    if path.suffix == '.json':
        path.write_text(path.read_text().replace(old, new))
    elif path.suffix == '.h5':
        with h5py.File(path, 'r+') as file:
            file.attrs['model_config'] = str(
                file.attrs['model_config']).replace(old, new)
    else:
        with ZipFile(path) as archive:
            content = {name: archive.read(name)
                       for name in archive.namelist()}
        content['config.json'] = content['config.json'].replace(
            old.encode(), new.encode())
        with ZipFile(path, 'w') as archive:
            for name in content:
                archive.writestr(name, content[name])


def thing(module, name, /, **config):
    """Describes an object as Keras 3 does."""
    return {'module': module, 'class_name': name, 'config': config,
            'registered_name': None}


def function(module, name, registered='function'):
    """Describes a function as Keras 3 does."""
    return {'module': module, 'class_name': 'function', 'config': name,
            'registered_name': registered}


def in_place_of_dropout(part):
    """Makes the change that puts a layer in the place of the dropout."""
    def change(config):
        layers = config['config']['layers']
        at = [layer['class_name'] for layer in layers].index('Dropout')
        old = layers[at]
        layers[at] = {**{key: old[key] for key in old
                         if key in ('name', 'inbound_nodes')},
                      'build_config': {'input_shape': [None, 5]}, **part}
        layers[at]['config'].setdefault('name', old['config']['name'])
    return change


def in_dense(**options):
    """Makes the change that gives the last Dense layer other options."""
    return lambda config: config['config']['layers'][-1]['config'].update(
        options)


def in_settings(**options):
    """Makes the change that gives `compile` other options."""
    return lambda config: config['compile_config'].update(options)


def on_top(**options):
    """Makes the change that gives the model itself other options."""
    return lambda config: config.update(options)


def schedule(part):
    """Makes the change that gives the optimizer another learning rate."""
    def change(config):
        settings = config['compile_config']
        saved = settings.get('optimizer') or settings['optimizer_config']
        saved['config']['learning_rate'] = part
    return change


def _tensorflow_op(function='io.write_file', argument=str(MARK),
                   arguments=(('contents', 'written'),), **part):
    """Makes the change to a layer that calls any function of TensorFlow."""
    return in_place_of_dropout({
        'class_name': 'TFOpLambda', **part,
        'config': {'function': function, 'trainable': True,
                   'dtype': 'float32'},
        'inbound_nodes': [['_CONSTANT_VALUE', -1, argument, dict(arguments)]]})


_LAMBDA = thing('keras.layers', 'Lambda', function=function(MODULE, 'mark'))
_EVIL = thing(MODULE, 'Evil')

# In the architecture, and so in all three formats.
LAYERS = {
    'layer of a module': in_place_of_dropout(thing(MODULE, 'Evil')),
    'layer by the name of a good one': in_place_of_dropout(
        thing(MODULE, 'Dropout', rate=0.2)),
    'layer registered as a good one': in_place_of_dropout(
        {**thing(MODULE, 'Dropout', rate=0.2), 'registered_name': 'Dropout'}),
    'layer of a package': in_place_of_dropout(
        thing(f'{MODULE}>Dropout', 'Dropout', rate=0.2)),
    'layer in a wrapper': in_place_of_dropout(
        thing('keras.layers', 'TimeDistributed', layer=thing(MODULE, 'Evil'))),
    'lambda that turns safety off': in_place_of_dropout(
        {**_LAMBDA, 'safe_mode': False}),
    'lambda registered as a good layer': in_place_of_dropout(
        {**_LAMBDA, 'registered_name': 'Dropout'}),
    'lambda of a package': in_place_of_dropout(
        {**_LAMBDA, 'class_name': 'Custom>Lambda'}),
    'lambda in a wrapper': in_place_of_dropout(
        thing('keras.layers', 'TimeDistributed', layer=_LAMBDA)),
    'operation of TensorFlow': _tensorflow_op(),
    'operation of TensorFlow as a layer': _tensorflow_op(
        module='keras.layers', registered_name='TFOpLambda'),
    'operation of a package': _tensorflow_op(class_name='Custom>TFOpLambda'),
    'operation by a longer name': _tensorflow_op(
        module='keras', class_name='layers.TFOpLambda'),
    'operation of a slice': _tensorflow_op(class_name='SlicingOpLambda'),
    'operation that deletes': _tensorflow_op(
        'compat.v1.gfile.DeleteRecursively', 'folder', {}),
    'operation that copies': _tensorflow_op(
        'compat.v1.gfile.Copy', 'folder/file', {'newpath': str(MARK)}),
    'operation that makes a folder': _tensorflow_op(
        'compat.v1.gfile.MakeDirs', str(MARK), {}),
    'operation that downloads': _tensorflow_op(
        'keras.utils.get_file', 'a', {'origin': 'file:///etc/passwd'}),
    'operation that loads a library': _tensorflow_op(
        'load_library', './library.so', {}),
    'operation that writes a summary': _tensorflow_op(
        'summary.create_file_writer', str(MARK), {}),
    'operation with a model as its text': _tensorflow_op(
        'keras.models.model_from_json', json.dumps({
            'class_name': 'Sequential', 'config': {'layers': []}}), {}),
    'saved model': in_place_of_dropout(
        thing('keras.layers', 'TFSMLayer', filepath='folder')),
    'pickle of PyTorch': in_place_of_dropout(
        thing('keras.layers', 'TorchModuleWrapper', module='pickle')),
    'other file': in_place_of_dropout(
        thing('keras.layers', 'StringLookup', vocabulary='/etc/passwd')),
    'other file of numbers': in_place_of_dropout(
        thing('keras.layers', 'IntegerLookup', vocabulary='/etc/passwd')),
    'other file of texts': in_place_of_dropout(
        thing('keras.layers', 'TextVectorization', vocabulary='/etc/passwd')),
    'download': in_place_of_dropout(
        thing('keras.utils', 'get_file', fname='a', origin='file:///a')),
    'safety off as a layer': in_place_of_dropout(
        thing('keras.config', 'enable_unsafe_deserialization')),
    'what Keras imports': in_place_of_dropout(
        thing('keras.src.saving.saving_lib', 'os.system')),
    'activation of a module': in_dense(activation=function(MODULE, 'mark')),
    'activation of the system': in_dense(activation=function('os', 'system')),
    'activation registered as built in': in_dense(
        activation=function(MODULE, 'mark', 'builtins')),
    'activation by the name of a good one': in_dense(
        activation=function(MODULE, 'tanh')),
    'activation that is a download': in_dense(
        activation=function('keras.utils', 'get_file')),
    'activation that turns safety off': in_dense(
        activation=function('keras.config', 'enable_unsafe_deserialization')),
    'activation that Keras does not publish': in_dense(
        activation=function('keras.src.utils.io_utils', 'print_msg')),
    'activation in bytes': in_dense(activation={
        'class_name': '__lambda__',
        'config': {'code': '4wAAAA==', 'defaults': None, 'closure': None}}),
    'initializer': in_dense(kernel_initializer=_EVIL),
    'initializer by the name of a good one': in_dense(
        bias_initializer=thing(MODULE, 'Zeros')),
    'regularizer': in_dense(kernel_regularizer=_EVIL),
    'constraint': in_dense(bias_constraint=_EVIL),
    'type of numbers': in_dense(dtype=_EVIL),
    'model of a module': on_top(module=MODULE, registered_name='mine'),
    'model of another class': on_top(
        module=MODULE, class_name='Evil', registered_name='mine'),
}
# In the settings of `compile`, which a configuration alone doesn't have.
SETTINGS = {
    'loss that is a function': in_settings(loss=function(MODULE, 'mark')),
    'loss that is an object': in_settings(loss=_EVIL),
    'loss in a list': in_settings(loss=[_EVIL]),
    'metric that is a function': in_settings(
        metrics=[function(MODULE, 'mark')]),
    'metric that is an object': in_settings(metrics=[_EVIL]),
    'metric around a function': in_settings(metrics=[thing(
        'keras.metrics', 'MeanMetricWrapper', name='mae',
        fn=function(MODULE, 'mark'))]),
    'weighted metric': in_settings(weighted_metrics=[_EVIL]),
    'optimizer': in_settings(optimizer=_EVIL, optimizer_config=_EVIL),
    'learning rate': schedule(_EVIL),
}
