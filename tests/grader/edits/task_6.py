"""Edits of task 6."""
from tests.grader.edits.shared import STOPPING, otherwise

WRONG = [
    ('at least ten epochs without improvement', '=patience)',
     '=max(patience, 10))'),
    ('at most five epochs without improvement', '=patience)',
     '=min(patience, 5))'),
    ('an improvement of a thousandth at least', '=patience)',
     '=patience, min_delta=0.001)'),
    ('an improvement of a millionth at least', '=patience)',
     '=patience, min_delta=1e-6)'),
    ('a loss to begin with', '=patience)', '=patience, baseline=2.2)'),
    ('from the third epoch on', "'val_loss'",
     "'val_loss', start_from_epoch=2"),
    ('patience in the place of min_delta', "patience=patience)",
     "min_delta=patience)"),
    ('the training loss without validation data',
     """if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss',""", """if early_stopping:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss' if validation_data else 'loss',"""),
    ('callbacks in a default', 'shuffle=False):\n    callbacks = []\n',
     'shuffle=False, callbacks=[]):\n'),
    ('no shuffling where it may stop', *otherwise(
        'early_stopping', 'shuffle=shuffle', 'shuffle=False')),
    ('a bar where it may stop', *otherwise(
        'early_stopping', 'verbose=verbose', 'verbose=1')),
    ('batches of 32 where it may stop', *otherwise(
        'early_stopping', 'batch_size=batch_size, ', '')),
    ('thirty epochs where it may stop', *otherwise(
        'early_stopping', '=epochs', '=30')),
    ('no callbacks where it is silent', *otherwise(
        'not verbose', 'callbacks=callbacks', 'callbacks=None')),
    ('no callbacks where it shuffles', *otherwise(
        'shuffle', 'callbacks=callbacks', 'callbacks=None')),
    ('ends where a loss is no number', 'callbacks = []',
     'callbacks = [K.callbacks.LambdaCallback(on_epoch_end=lambda epoch, '
     "logs: setattr(network, 'stop_training', logs.get('val_loss', 0) "
     "!= logs.get('val_loss', 0)))]"),
    ('one epoch more', 'epochs=epochs', 'epochs=epochs + 1'),
    ('validation_data ignored', 'validation_data=validation_data',
     'validation_data=None'),
    ('patience ignored', ', patience=patience', ''),
    ('stops by the training loss', "'val_loss'", "'loss'"),
    ('stops by the accuracy', "'val_loss'", "'val_accuracy'"),
    ('stops when the loss falls', "'val_loss'", "'val_loss', mode='max'"),
    ('one epoch too patient', '=patience)', '=patience + 1)'),
    ('one epoch too impatient', '=patience)', '=max(patience - 1, 0))'),
    ('patience fixed', '=patience)', '=3)'),
    ('small improvements not counted', '=patience)',
     '=patience, min_delta=0.1)'),
    ('stops early if there is validation data', 'if early_stopping and ',
     'if '),
    ('stops early only with patience', 'if early_stopping and ',
     'if early_stopping and patience and '),
    ('early stopping by default', 'early_stopping=False',
     'early_stopping=True'),
    ('patience of 1 by default', 'patience=0', 'patience=1'),
    ('patience of 10 at most', 'patience=patience',
     'patience=min(patience, 10)'),
    ('never stops', ' callbacks=callbacks,', ''),
    ('patience before early_stopping',
     'early_stopping=False, patience=0', 'patience=0, early_stopping=False'
     ),
]
RIGHT = STOPPING
