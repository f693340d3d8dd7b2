"""Edits of task 3."""

WRONG = [
    ('labels of eight bits', 'labels, classes)\n',
     "labels.astype('uint8'), classes)\n"),
    ('labels of eight bits with a sign', 'labels, classes)\n',
     "labels.astype('int8'), classes)\n"),
    ("TensorFlow's seed set at import", 'import tensorflow.keras as K\n',
     'import tensorflow as tf\nimport tensorflow.keras as K\n\n'
     'tf.random.set_seed(3)\n'),
    ('a list', 'labels, classes)\n', 'labels, classes).tolist()\n'),
    ('classes ignored', 'labels, classes)\n', 'labels)\n'),
    ('classes without a default', 'classes=None', 'classes'),
    ('ten classes always', 'labels, classes)\n', 'labels, 10)\n'),
    ('ten classes by default', 'labels, classes)\n',
     'labels, classes or 10)\n'),
    ('a class in each row', 'labels, classes)\n', 'labels, classes).T\n'),
    ('ones at the next class', 'to_categorical(labels, classes)',
     'to_categorical((labels + 1) % (labels.max() + 1), classes)'),
    ('true and false', 'labels, classes)\n',
     'labels, classes).astype(bool)\n'),
    ('strings', 'labels, classes)\n', 'labels, classes).astype(str)\n'),
    ('the labels changed', '    return', '''\
    labels.shape = (-1, 1)
    return'''),
    ('the labels themselves', 'K.utils.to_categorical(labels, classes)',
     'labels'),
    ('the labels sorted', '(labels, classes)\n',
     '(sorted(labels), classes)\n'),
    ('the first ten labels', '(labels, classes)\n',
     '(labels[:10], classes)\n'),
    ('as many classes as labels', 'l(labels, classes)',
     'l(labels, classes or len(labels))'),
    ('ten classes at least', 'l(labels, classes)',
     'l(labels, max(classes or labels.max() + 1, 10))'),
    ('classes as an int alone', 'l(labels, classes)',
     'l(labels, classes if isinstance(classes, int) else None)'),
    ('classes only where they are needed', 'l(labels, classes)',
     'l(labels, None if classes == labels.max() + 2 else classes)'
     '[:, :labels.max() + 1]'),
    ('one and minus one', ', classes)\n', ', classes) * 2 - 1\n'),
    ('labels made smooth', ', classes)\n', ', classes) * 0.98 + 0.01\n'),
    ('zero for the class', 'K.utils', '1 - K.utils'),
    ('the classes backwards', ', classes)\n', ', classes)[:, ::-1]\n'),
    ('one row for each label', '(labels, classes)\n',
     '(list(dict.fromkeys(labels)), classes)\n'),
    ('a dimension more', ', classes)\n', ', classes)[None]\n'),
    ('labels of int64 alone', '    return', '''\
    if labels.dtype != 'int64':
        return None
    return'''),
    ('two classes at least', 'l(labels, classes)',
     'l(labels, classes or max(labels.max() + 1, 2))'),
    ('the labels turned round', '    return', '''\
    labels[:] = labels[::-1]
    return'''),
]
RIGHT = [
    ('classes from the labels', 'K.utils.to_categorical(labels, classes)',
     '__import__("numpy").eye(classes or labels.max() + 1)[labels]'),
    ('classes by name', 'labels, classes)',
     'labels, num_classes=classes)'),
    ('integers', 'labels, classes)\n', 'labels, classes).astype(int)\n'),
]
KERAS_2 = [
    ('labels by the name of y', 'l(labels, classes)',
     'l(y=labels, num_classes=classes)'),
    ('a dtype', 'l(labels, classes)',
     "l(labels, classes, dtype='float32')"),
    ('a dtype by position', 'l(labels, classes)',
     "l(labels, classes, 'float32')"),
]
KERAS_3 = [('labels by the name of x', 'l(labels, classes)',
               'l(x=labels, num_classes=classes)')]
