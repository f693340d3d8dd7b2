"""Edits of task 0."""
from tests.grader.edits.shared import BUILDING, L2, LAYERS

WRONG = BUILDING + [
    ('Input used', 'network = K.Sequential()',
     'network = K.Sequential([K.Input((nx,))])'),
    ('the functional API', 'network.build((None, nx))',
     'network.build((None, nx))\n'
     '    network = K.Model(network.inputs, network.outputs)'),
    ('never built', '    network.build((None, nx))\n', ''),
    ('an input of layers[0]', '(None, nx)', '(None, layers[0])'),
    ('an input of 784', '(None, nx)', '(None, 784)'),
    ('no return', '    return network\n', ''),
    ('dropout before the first layer', 'network = K.Sequential()',
     'network = K.Sequential([K.layers.Dropout(1 - keep_prob)])'),
    ('Input by another name', 'network = K.Sequential()',
     'from tensorflow.keras import Input as Start\n'
     '    network = K.Sequential([Start((nx,))])'),
    ('first weights of half the size', '    return network', '''\
    network.set_weights([array / 2 for array in network.get_weights()])
    return network'''),
    ('one weight in all of the first layer', '    return network', '''\
    kernel, bias = network.layers[0].get_weights()
    network.layers[0].set_weights([0 * kernel + 0.1, bias])
    return network'''),
]
RIGHT = LAYERS + [
    ('input_dim', '(lambtha)))', '''(lambtha),
            input_dim=nx if i == 0 else layers[i - 1]))'''),
    ('compiled as well', '    return network',
     "    network.compile('adam', 'mse')\n    return network"),
]
KERAS_2 = L2 + [
    ('a shape with the rows', 'activation=activations[i],',
     '''activation=activations[i],
            **({} if i else {'batch_input_shape': (None, nx)}),'''),
]
