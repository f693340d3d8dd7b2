"""Edits of task 1."""
from tests.grader.edits.shared import BUILDING, L2, LAYERS

WRONG = BUILDING + [
    ('an input more', '(nx,)', '(nx + 1,)'),
    ('an input of rows and columns', '(nx,)', '(nx, nx)'),
    ('returns the output and not the model', 'K.Model(inputs, x)', 'x'),
    ('dropout before the first layer', 'x = inputs',
     'x = K.layers.Dropout(1 - keep_prob)(inputs)'),
    ('dropout that is always on', '(1 - keep_prob)(x)',
     '(1 - keep_prob)(x, training=True)'),
    ('dropout on the way of no output', '            x = K.layers.Drop',
     '            K.layers.Drop'),
    ('two outputs', 'return K.Model(inputs, x)',
     'return K.Model(inputs, [x, x])'),
    ('a network in a network', 'return K.Model(inputs, x)',
     'return K.Model(inputs, K.Model(inputs, x)(inputs))'),
    ('first weights twice the size', '    return K.Model(inputs, x)', '''\
    network = K.Model(inputs, x)
    network.set_weights([array * 2 for array in network.get_weights()])
    return network'''),
]
RIGHT = LAYERS + [
    ('all by name', 'Model(inputs, x)', 'Model(inputs=inputs, outputs=x)'),
]
KERAS_2 = L2
KERAS_3 = [('dropout told to rest', '(1 - keep_prob)(x)',
             '(1 - keep_prob)(x, training=False)')]
