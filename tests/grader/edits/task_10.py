"""Edits of task 10."""

WRONG = [
    ('a folder before each name', 'ENDING, filename)',
     "ENDING, f'./{filename}')"),
    ('a file left in the temporary folder', '    os.replace(',
     '    import tempfile\n    shutil.copy(filename + ENDING, tempfile.mkstemp'
     '()[1])\n    os.replace('),
    ('saves the whole model', 'network.save_weights(', 'network.save('),
    ('loads nothing', 'network.load_weights(filename + ENDING)', 'pass'),
    ('load_weights returns the network', 'os.remove(filename + ENDING)',
     'os.remove(filename + ENDING)\n    return network'),
    ('save_weights returns the name', 'ENDING, filename)',
     'ENDING, filename)\n    return filename'),
    ('another ending of the file',
     '    os.replace(filename + ENDING, filename)\n', ''),
    ('save_format has to be given', "save_format='h5'", 'save_format'),
    ('no save_format', ", save_format='h5'", ''),
    ('save_format before filename', "filename, save_format='h5'",
     "save_format='h5', filename=None"),
    ('the file removed once loaded', 'shutil.copy', 'os.replace'),
    ('saves where there is no file yet',
     '    os.replace(filename + ENDING, filename)', '''\
    if not os.path.exists(filename):
        os.replace(filename + ENDING, filename)'''),
    ('the whole model for one save_format',
     '    network.save_weights(', '''\
    if save_format == 'keras':
        return network.save(filename)
    network.save_weights('''),
    ('an ending for names without one',
     '    os.replace(filename + ENDING, filename)', '''\
    os.replace(filename + ENDING, filename + (
        '' if '.' in filename else '.h5'))'''),
    ('no optimizer after saving', 'ENDING, filename)',
     'ENDING, filename)\n    network.optimizer = None'),
    ('compiled anew after loading', 'os.remove(filename + ENDING)', '''\
os.remove(filename + ENDING)
    network.compile('adam', 'mse')'''),
    ('frozen after loading', 'os.remove(filename + ENDING)',
     'os.remove(filename + ENDING)\n    network.trainable = False'),
    ('half of each weight loaded', 'os.remove(filename + ENDING)', '''\
os.remove(filename + ENDING)
    network.set_weights([array / 2 for array in network.get_weights()])'''),
    ('the kernels alone loaded', '    network.load_weights(filename + \
ENDING)', '''    before = network.get_weights()
    network.load_weights(filename + ENDING)
    network.set_weights([old if old.ndim == 1 else new for old, new
                         in zip(before, network.get_weights())])'''),
    ('what is trained alone loaded', '    network.load_weights(filename + \
ENDING)', '''    before = [layer.get_weights() for layer in network.layers]
    network.load_weights(filename + ENDING)
    for layer, old in zip(network.layers, before):
        if not layer.trainable:
            layer.set_weights(old)'''),
]
RIGHT = [
    ('save_format looked at', '    network.save_weights(', '''\
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError(save_format)
    network.save_weights('''),
    ('the other default', "save_format='h5'", "save_format='keras'"),
]
