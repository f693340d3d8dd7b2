"""Edits of task 7."""
from tests.grader.edits.shared import FIT, STOPPING, otherwise

WRONG = [
    ('decays within the epoch', 'callbacks = []',
     'callbacks = [K.callbacks.LambdaCallback(on_train_batch_begin=lambda '
     'batch, logs: setattr(network.optimizer, "learning_rate", float(network'
     '.optimizer.learning_rate) * (0.9 if batch in (4, 5) else 1)))]'),
    ('no decay after a hundred epochs',
     'return alpha / (1 + decay_rate * epoch)',
     'return alpha / (1 + decay_rate * min(epoch, 100))'),
    ('a floor', 'return alpha / (1 + decay_rate * epoch)',
     'return max(alpha / (1 + decay_rate * epoch), 1e-5)'),
    ('a floor of a hundredth', 'return alpha / (1 + decay_rate * epoch)',
     'return alpha * max(1 / (1 + decay_rate * epoch), 0.01)'),
    ('no decay after the fiftieth epoch', '* epoch)', '* min(epoch, 50))'),
    ('the rate of four digits', 'return alpha / (1 + decay_rate * epoch)',
     'return round(alpha / (1 + decay_rate * epoch), 4)'),
    ('a decay_rate of 0 is one of 1', 'decay_rate * epoch',
     '(decay_rate or 1) * epoch'),
    ('a message only for the first call', 'rate, verbose=1',
     'rate, verbose=early_stopping'),
    ('by the half', 'alpha / (1 + decay_rate * epoch)',
     'alpha * 0.5 ** epoch'),
    ('the square root of epochs', '* epoch)', '* epoch ** 0.5)'),
    ('after each batch, by a callback',
     'K.callbacks.LearningRateScheduler(rate, verbose=1))',
     'K.callbacks.LearningRateScheduler(rate, verbose=1))\n'
     '        callbacks.append(K.callbacks.LambdaCallback('
     'on_train_batch_end=lambda batch, logs: setattr('
     "network.optimizer, 'learning_rate', alpha / (2 + batch))))"),
    ('no decay with early stopping',
     'if learning_rate_decay and', 'if learning_rate_decay and not '
     'early_stopping and'),
    ('no shuffling with decay', *otherwise(
        'learning_rate_decay', 'shuffle=shuffle', 'shuffle=False')),
    ('shuffling with decay', *otherwise(
        'learning_rate_decay', ', shuffle=shuffle', '')),
    ('a bar with decay', *otherwise(
        'learning_rate_decay', 'verbose=verbose, ', '')),
    ('one epoch with decay', *otherwise(
        'learning_rate_decay', ' epochs=epochs,', '')),
    ('no early stopping with decay', *otherwise(
        'learning_rate_decay', 'callbacks=callbacks',
        'callbacks=callbacks[-1:]')),
    ('the rate is alpha without decay, too', '    callbacks = []',
     '    network.optimizer.learning_rate = alpha\n    callbacks = []'),
    ('the rate is halved afterwards', FIT, FIT.replace(
        'return', 'history =') + '''\
    network.optimizer.learning_rate = network.optimizer.learning_rate / 2
    return history
'''),
    ('decay without validation data',
     'if learning_rate_decay and validation_data is not None',
     'if learning_rate_decay'),
    ('decay starts an epoch late', '* epoch)', '* max(epoch - 1, 0))'),
    ('decay_rate times epoch plus one', '* epoch)', '* (epoch + 1))'),
    ('no parentheses', '(1 + decay_rate * epoch)',
     '1 + decay_rate * epoch'),
    ('epoch outside the parentheses', '(1 + decay_rate * epoch)',
     '(1 + decay_rate) * epoch'),
    ('an integer division', 'alpha / ', 'alpha // '),
    ('a staircase over ten epochs', '* epoch)', '* (epoch // 10))'),
    ('exponential decay', 'alpha / (1 + decay_rate * epoch)',
     'alpha * decay_rate ** epoch'),
    ('decay by the power of e', 'alpha / (1 + decay_rate * epoch)',
     'alpha * 2.718 ** (-decay_rate * epoch)'),
    ('alpha ignored', 'return alpha', 'return 0.1'),
    ("the course's rate of 0.001", 'return alpha', 'return 0.001'),
    ('decay_rate ignored', 'decay_rate * epoch', 'epoch'),
    ('the rate divided again and again', '''(epoch):
        return alpha /''', '''(epoch, now):
        return now /'''),
    ('no message about the rate', 'rate, verbose=1', 'rate'),
    ('decay only with early stopping', 'if learning_rate_decay and',
     'if early_stopping and learning_rate_decay and'),
    ('decay in the place of early stopping',
     'callbacks.append(K.callbacks.LearningRateScheduler(rate, verbose=1))'
     , 'callbacks = [K.callbacks.LearningRateScheduler(rate, verbose=1)]'),
    ('decay if there is validation data',
     'if learning_rate_decay and validation', 'if validation'),
    ('alpha of 0.001 by default', 'alpha=0.1', 'alpha=0.001'),
    ('decay after each batch',
     'callbacks.append(K.callbacks.LearningRateScheduler(rate, verbose=1))'
     , '''network.optimizer.learning_rate = (
            K.optimizers.schedules.InverseTimeDecay(alpha, 1, decay_rate))''',
     ),
]
RIGHT = STOPPING + [
    ('messages only if anything is printed', 'rate, verbose=1',
     'rate, verbose=int(verbose)'),
    ('by a lambda that multiplies', 'return alpha / (1 + decay_rate * '
     'epoch)', 'return alpha * (1 + epoch * decay_rate) ** -1'),
    ("Keras's own schedule", '(rate, verbose=1)', """(
            lambda epoch: float(K.optimizers.schedules.InverseTimeDecay(
                alpha, 1, decay_rate)(epoch)), verbose=1)"""),
    ('the rate as it was afterwards', FIT, """\
    before = float(network.optimizer.learning_rate.numpy())
""" + FIT.replace('return', 'history =') + """\
    network.optimizer.learning_rate = before
    return history
"""),
]
KERAS_2 = [
    ('a schedule object', 'Scheduler(rate, ', '''Scheduler(
            K.optimizers.schedules.InverseTimeDecay(alpha, 1, decay_rate),
            '''),
    ('a tensor for the rate', 'return alpha / (1 + decay_rate * epoch)',
     '''return K.backend.constant(
            alpha / (1 + decay_rate * epoch))'''),
]
