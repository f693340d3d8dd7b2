"""Edits of task 11."""

WRONG = [
    ('a stack without its input', 'return K.models.model_from_json(\
file.read())', '''network = K.models.model_from_json(file.read())
    if isinstance(network, K.Sequential):
        network = K.Sequential([type(layer).from_config(layer.get_config())
                                for layer in network.layers])
    return network'''),
    ('a stack with another input', 'return K.models.model_from_json(\
file.read())', '''network = K.models.model_from_json(file.read())
    if isinstance(network, K.Sequential):
        network = K.Sequential([K.Input((784,)), *(
            type(layer).from_config(layer.get_config())
            for layer in network.layers)])
    return network'''),
    ('a name that ends in .json', '    with open(filename, ',
     '    with open(filename.removesuffix(".json") + ".json", '),
    ('the configuration as Python writes it',
     'file.write(network.to_json())',
     'file.write(str(network.get_config()))'),
    ('load_config returns the text', 'K.models.model_from_json('
     'file.read())', 'file.read()'),
    ('load_config returns nothing', 'return K', 'K'),
    ('save_config returns the text', 'file.write(network.to_json())',
     'file.write(network.to_json())\n    return network.to_json()'),
    ('adds to the file', "'w'", "'a'"),
    ('another ending of the file', "filename, 'w'",
     "filename + '.json', 'w'"),
    ('what was longer shows behind', "filename, 'w'",
     "filename, 'r+' if __import__('os').path.exists(filename) else 'w'"),
    ('saves where there is no file yet', "filename, 'w'",
     "filename + '2' if __import__('os').path.exists(filename) "
     "else filename, 'w'"),
    ('first weights of zero after loading',
     'return K.models.model_from_json(file.read())', '''\
network = K.models.model_from_json(file.read())
    network.set_weights([0 * array for array in network.get_weights()])
    return network'''),
    ('weights of one after loading',
     'return K.models.model_from_json(file.read())', '''\
network = K.models.model_from_json(file.read())
    network.set_weights([0 * array + 1 for array in network.get_weights()])
    return network'''),
    ('frozen after loading',
     'return K.models.model_from_json(file.read())', '''\
network = K.models.model_from_json(file.read())
    network.trainable = False
    return network'''),
    ('the weights of always', 'return K.models.model_from_json('
     'file.read())', '''K.utils.set_random_seed(0)
        return K.models.model_from_json(file.read())'''),
    ('loads each file once', 'def load_config', '''\
@__import__('functools').lru_cache(maxsize=None)
def load_config'''),
    ('the file removed once loaded', '    with open(filename) as file:',
     '''    __import__('os').rename(filename, filename + '2')
    with open(filename + '2') as file:'''),
    ('never overwrites', "filename, 'w'", "filename, 'x'"),
    ('the layers alone', 'network.to_json()',
     "__import__('json').dumps(__import__('json').loads("
     "network.to_json())['config']['layers'])"),
]
RIGHT = [
    ('compiled after loading', 'return K.models.model_from_json('
     'file.read())', '''network = K.models.model_from_json(file.read())
    network.compile('adam', 'categorical_crossentropy')
    return network'''),
    ('indented', 'to_json()', 'to_json(indent=4)'),
    ('bytes', '''filename, 'w') as file:
        file.write(network.to_json())''', '''filename, 'wb') as file:
        file.write(network.to_json().encode())'''),
    ('the configuration read first',
     'return K.models.model_from_json(file.read())', '''\
text = file.read().strip()
    return K.models.model_from_json(text, custom_objects=None)'''),
]
KERAS_2 = [
    ('model_from_config', 'model_from_json(file.read())',
     "model_from_config(__import__('json').load(file))"),
]
