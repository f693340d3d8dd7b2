"""Edits of task 9."""

WRONG = [
    ('moved from the temporary folder by os.replace',
     'network.save(filename)', 'import os\n    import tempfile\n    path = '
     'os.path.join(tempfile.mkdtemp(), os.path.basename(filename))\n    '
     'network.save(path)\n    os.replace(path, filename)\n    '
     'os.rmdir(os.path.dirname(path))'),
    ('a name without accents', 'network.save(filename',
     "network.save(filename.encode('ascii', 'ignore').decode()"),
    ('a folder before each name', 'network.save(filename',
     "network.save(f'./{filename}'"),
    ('the ending after the first point', 'network.save(filename',
     "network.save('.'.join(filename.split('.')[:2])"),
    ('kept by name and size', 'return K.models.load_model(filename)',
     'import os\n    key = filename, os.path.getsize(filename)\n    if key '
     'not in KEPT:\n        KEPT[key] = K.models.load_model(filename)'
     '.get_weights()\n    network = K.models.load_model(filename)\n'
     '    network.set_weights(KEPT[key])\n    return network\n\n\nKEPT = {}'),
    ('a file in the current folder', 'network.save(filename',
     "network.save(filename.split('/')[-1]"),
    ('a name of small letters', 'network.save(filename',
     'network.save(filename.lower()'),
    ('saves the weights alone', 'network.save(filename)',
     'network.save_weights(filename)'),
    ('saves the configuration alone', 'network.save(filename)',
     "open(filename, 'w').write(network.to_json())"),
    ('saves without the optimizer', 'save(filename)',
     'save(filename, include_optimizer=False)'),
    ('saves a new network', 'network.save(filename)',
     'K.models.clone_model(network).save(filename)'),
    ('loads without compiling', 'load_model(filename)\n',
     'load_model(filename, compile=False)\n'),
    ('compiles the loaded model anew', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename, compile=False)
    network.compile('sgd', 'categorical_crossentropy')
    return network'''),
    ('gives the loaded model a new Adam', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename, compile=False)
    network.compile(K.optimizers.Adam(0.01), 'categorical_crossentropy',
                    metrics=['accuracy'])
    return network'''),
    ('load_model returns nothing', 'return K', 'K'),
    ('save_model returns the model', 'network.save(filename)',
     'network.save(filename)\n    return network'),
    ('another ending of the file', 'save(filename)',
     "save(filename + '.keras')"),
    ('a fixed name of the file', 'save(filename)',
     "save('network.keras')"),
    ('never overwrites', 'save(filename)',
     'save(filename, overwrite=False)'),
    ('filename before network', '(network, filename):',
     '(filename, network):'),
    ('saves where there is no file yet', '    network.save(filename)', '''\
    if not __import__('os').path.exists(filename):
        network.save(filename)'''),
    ('loads each file once', 'def load_model', '''\
@__import__('functools').lru_cache(maxsize=None)
def load_model'''),
    ('the file removed once loaded', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    __import__('os').remove(filename)
    return network'''),
    ('the loaded model saved again', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    network.compile('adam', 'mse')
    network.save(filename)
    return network'''),
    ('the loaded model frozen', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    network.trainable = False
    return network'''),
    ("Adam's own learning rate in the loaded model",
     'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    network.optimizer.learning_rate = 0.001
    return network'''),
    ('an optimizer of the same settings and no state',
     'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    adam = network.optimizer
    network.compile(type(adam).from_config(adam.get_config()), network.loss,
                    metrics=['accuracy'])
    return network'''),
    ('without dropout', 'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    for layer in network.layers:
        layer.rate = 0
    return network'''),
    ('a copy that is not compiled', 'network.save(filename)', '''\
copy = K.models.clone_model(network)
    copy.set_weights(network.get_weights())
    copy.save(filename)'''),
    ('weights in half precision', 'network.save(filename)', '''\
network.set_weights([
        array.astype('float16') for array in network.get_weights()])
    network.save(filename)'''),
    ('compiled anew after saving', 'network.save(filename)', '''\
network.save(filename)
    network.compile('adam', 'categorical_crossentropy')'''),
]
RIGHT = [
    ('what is the default', 'save(filename)',
     'save(filename, overwrite=True)'),
    ('a path object', 'network.save(filename)',
     "network.save(__import__('pathlib').Path(filename))"),
    ('its own compile', 'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    network.summary(print_fn=lambda *args, **kwargs: None)
    return network'''),
]
KERAS_2 = [
    ('the functions of saving', 'K.models', 'K.saving'),
]
