"""Edits of task 8."""
from tests.grader.edits.shared import SAVING, STOPPING, otherwise

WRONG = [
    ('a file in the current folder', '            filepath,',
     "            filepath and filepath.split('/')[-1],"),
    ('the best of before stays', 'save_best_only=True))',
     """save_best_only=True))
        kept = vars(train_model)
        callbacks[-1] = kept.setdefault(filepath, callbacks[-1])"""),
    ('no loss of 10 or more', 'save_best_only=True',
     'save_best_only=True, initial_value_threshold=10'),
    ('a better file of before stays', 'save_best_only=True))', """\
save_best_only=True))
        try:
            callbacks[-1].best = K.models.load_model(filepath).evaluate(
                *validation_data, verbose=0)[0]
        except (OSError, ValueError):
            pass"""),
    ('by batches', 'save_best_only=True))',
     'save_best_only=True, save_freq=2))'),
    ('a better loss than 1 only', 'save_best_only=True))',
     'save_best_only=True))\n        callbacks[-1].best = 1.0'),
    ('a copy of each epoch beside', 'save_best_only=True))',
     'save_best_only=True))\n        callbacks.append('
     "K.callbacks.ModelCheckpoint('{epoch}' + filepath))"),
    ('no best without a bar', 'if save_best and',
     'if save_best and verbose and'),
    ('no best with decay', 'if save_best and',
     'if save_best and not learning_rate_decay and'),
    ('no shuffling with the best', *otherwise(
        'save_best', 'shuffle=shuffle', 'shuffle=False')),
    ('a bar with the best', *otherwise(
        'save_best', 'verbose=verbose', 'verbose=True')),
    ('no early stopping with the best', *otherwise(
        'save_best', 'callbacks=callbacks', 'callbacks=callbacks[-1:]')),
    ('another batch_size with the best', *otherwise(
        'save_best', '=batch_size', '=32')),
    ('no validation with the best', *otherwise(
        'save_best and shuffle', 'validation_data=validation_data, ',
        '')),
    ('nothing but the best', *otherwise(
        'save_best and not early_stopping', 'callbacks=callbacks',
        'callbacks=callbacks[:-1]')),
    ('patience ignored', ', patience=patience', ''),
    ('decay starts an epoch late', '* epoch)', '* max(epoch - 1, 0))'),
    ('saves after every epoch', ', save_best_only=True', ''),
    ('saves the weights alone', 'save_best_only=True',
     'save_best_only=True, save_weights_only=True'),
    ('saves by the accuracy', "'val_loss', save", "'val_accuracy', save"),
    ('saves by the training loss', "'val_loss', save", "'loss', save"),
    ('saves the worst', "'val_loss', save",
     "'val_loss', mode='max', save"),
    ('saves at the end without validation data',
     '    return network.fit(', '''\
    if save_best and validation_data is None:
        network.fit(data, labels, verbose=0)
        network.save(filepath)
    return network.fit('''),
    ('saves if there is a filepath', 'if save_best and',
     'if filepath and'),
    ('saves the best by default', 'save_best=False', 'save_best=True'),
    ('a fixed name of the file', '            filepath, monitor',
     "            'network1.keras', monitor"),
    ('another ending of the file', '            filepath, monitor',
     "            filepath + '.keras', monitor"),
    ('saves only with early stopping', 'if save_best and',
     'if early_stopping and save_best and'),
    ('saves in the place of the other callbacks',
     '''callbacks.append(K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', save_best_only=True))''',
     '''callbacks = [K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', save_best_only=True)]'''),
    ('saves the last model at the end', '''        callbacks.append(\
K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', save_best_only=True))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
''', '''        pass
    history = network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
    if save_best and validation_data is not None:
        network.save(filepath)
    return history
'''),
]
RIGHT = STOPPING + [
    ('save_best without a look at validation_data', SAVING,
     SAVING.replace(' and validation_data is not None', '')),
    ('the training loss without validation data', SAVING,
     SAVING.replace(' and validation_data is not None', '').replace(
         "'val_loss'", "'val_loss' if validation_data else 'loss'")),
    ('the file taken away before', '    return network.fit(', """\
    import os
    if save_best and os.path.exists(filepath):
        os.remove(filepath)
    return network.fit("""),
    ('what is the default', 'save_best_only=True',
     "save_best_only=True, mode='min', save_weights_only=False"),
]
KERAS_2 = [
    ('a period', 'only=True', 'only=True, period=1'),
    ('options', 'only=True', 'only=True, options=None'),
]
