"""Edits of task 4."""
from tests.grader.edits.shared import WORKERS

WRONG = [
    ('batches shuffled, and not rows', 'shuffle=shuffle)',
     "shuffle='batch' if shuffle else False)"),
    ('shuffled once', '    return network.fit(\n        data, labels, ',
     '    import tensorflow as tf\n    rows = tf.data.Dataset.from_tensor_'
     'slices((data, labels))\n    if shuffle:\n        rows = rows.shuffle('
     'len(data), reshuffle_each_iteration=False)\n'
     '    rows = rows.batch(batch_size)\n'
     '    return network.fit(\n        rows, epochs=epochs, verbose=verbose)\n'
     '    network.fit(data, labels, '),
    ('data and labels shuffled apart', '    return',
     '    import tensorflow as tf\n    if shuffle:\n        data = tf.random.'
     'shuffle(data).numpy()\n        labels = tf.random.shuffle(labels)'
     '.numpy()\n    return'),
    ('tells with tf.print', '    return',
     "    import tensorflow as tf\n    tf.print('training')\n    return"),
    ('tells on a descriptor', '    return',
     "    import os\n    os.write(2, b'training')\n    return"),
    ('a name of its own', '    return',
     "    network.name = 'trained'\n    return"),
    ('more steps a call', '    return',
     '    network.steps_per_execution = 2\n    return'),
    ('64 rows in a batch at most', '=batch_size', '=min(batch_size, 64)'),
    ('50 epochs at most', '=epochs', '=min(epochs, 50)'),
    ('data cut to between 0 and 1', '    return',
     '    data = data.clip(0, 1)\n    return'),
    ('images of digits', 'data, labels, batch_size=',
     'data.reshape(-1, 784), labels, batch_size='),
    ('ten classes', 'data, labels, batch_size=',
     "data, __import__('numpy').eye(10)[labels.argmax(1)], batch_size="),
    ('a look at the same data', 'verbose=verbose',
     'validation_data=(data, labels), verbose=verbose'),
    ('a rate that a plateau lowers', 'verbose=verbose',
     'callbacks=[__import__("tensorflow").keras.callbacks'
     '.ReduceLROnPlateau("loss", patience=2)], verbose=verbose'),
    ('a file after each epoch', 'verbose=verbose',
     'callbacks=[__import__("tensorflow").keras.callbacks'
     '.ModelCheckpoint("network.keras")], verbose=verbose'),
    ('a rate of its own afterwards', '    return network.fit(',
     '    network.fit = lambda *args, fit=network.fit, **kwargs: (\n'
     '        fit(*args, **kwargs), setattr(\n'
     '            network.optimizer, "learning_rate", 0.01))[0]\n'
     '    return network.fit('),
    ('at most ten epochs', '=epochs', '=min(epochs, 10)'),
    ('two epochs at least', '=epochs', '=max(epochs, 2)'),
    ('batches of 32 at most', '=batch_size', '=min(batch_size, 32)'),
    ('batch_size left to Keras for small data', 'batch_size=batch_size',
     'batch_size=batch_size if len(data) > 100 else None'),
    ('only whole batches', 'verbose=verbose',
     'steps_per_epoch=max(len(data) // batch_size, 1), verbose=verbose'),
    ('a bar for each epoch, and shuffling with it', '=shuffle',
     '=shuffle or not verbose'),
    ('verbose only without shuffling', '=verbose',
     '=verbose and not shuffle'),
    ('the weights drawn anew', '    return', """\
    for weight in network.weights:
        weight.assign(weight * 0 + 0.01)
    return"""),
    ('compiled anew', '    return', """    network.compile(
        'adam', 'categorical_crossentropy', metrics=['accuracy'])
    return"""),
    ('another loss', '    return', """    network.compile(
        network.optimizer, 'mse', metrics=['accuracy'])
    return"""),
    ('the learning rate set', '    return',
     '    network.optimizer.learning_rate = 0.001\n    return'),
    ('another momentum', '    return',
     '    network.optimizer.beta_1 = 0.5\n    return'),
    ('a first layer that is not trained', '    return',
     '    network.layers[0].trainable = False\n    return'),
    ('the data scaled in place', '    return',
     '    data *= 0.5\n    return'),
    ('the data in another order', 'data, labels, batch_size=',
     'data[::-1], labels[::-1], batch_size='),
    ('the last row left out', 'data, labels, batch_size=',
     'data[:-1], labels[:-1], batch_size='),
    ('weights for the classes', 'verbose=verbose',
     'class_weight={i: 1 + i for i in range(10)}, verbose=verbose'),
    ('begins with the second epoch', 'verbose=verbose',
     'initial_epoch=min(1, epochs - 1), verbose=verbose'),
    ('trains a copy', 'return network.fit',
     'import tensorflow.keras as K\n    other = K.models.clone_model('
     "network)\n    other.compile('adam', 'categorical_crossentropy')\n"
     '    return other.fit'),
    ('trained twice', '    return', """    network.fit(
        data, labels, batch_size=batch_size, epochs=epochs, verbose=0)
    return"""),
    ('one epoch more', 'epochs=epochs', 'epochs=epochs + 1'),
    ('shuffling by default', 'shuffle=False', 'shuffle=True'),
    ('five epochs always', '=epochs', '=5'),
    ('batches of 64 always', '=batch_size', '=64'),
    ('batch_size left to Keras', ' batch_size=batch_size,', ''),
    ('epochs and batch_size the other way round', 'batch_size, epochs,',
     'epochs, batch_size,'),
    ('data and labels the other way round', 'data, labels, batch_size=',
     'labels, data, batch_size='),
    ('verbose ignored', ' verbose=verbose, ', ' '),
    ('verbose the other way round', '=verbose', '=not verbose'),
    ('silent by default', 'verbose=True', 'verbose=False'),
    ('shuffle left to Keras', ', shuffle=shuffle', ''),
    ('shuffle never', '=shuffle', '=False'),
    ('a part held back to validate', 'verbose=verbose',
     'validation_split=0.2, verbose=verbose'),
    ('returns the network', 'shuffle=shuffle)', 'shuffle=shuffle).model'),
    ('returns nothing', 'return ', ''),
    ('returns a dict', 'shuffle=shuffle)', 'shuffle=shuffle).history'),
    ('returns the losses', 'shuffle=shuffle)',
     "shuffle=shuffle).history['loss']"),
]
RIGHT = [
    ('tensors', 'data, labels, batch_size=',
     '*map(__import__("tensorflow").constant, (data, labels)), '
     'batch_size='),
    ('the History of the network', 'shuffle=shuffle)',
     'shuffle=shuffle) and network.history'),
    ('a dataset', 'data, labels, batch_size=batch_size,',
     """__import__('tensorflow').data.Dataset.from_tensor_slices(
            (data, labels)).shuffle(len(data) if shuffle else 1).batch(
                batch_size),"""),
]
KERAS_2 = WORKERS + [
    ('an empty tuple to validate', 'verbose=verbose',
     'validation_data=(), verbose=verbose'),
]
