"""Solutions that differ from those in solutions/plain by a small edit.

For each task a list of tuples: a name, a text in the plain solution, and what
stands there instead. Those of `KERAS_2` are right on Keras 2 and wrong on
Keras 3, those of `KERAS_3` the other way round.
"""
BUILDING = [
    ('dropout after the last layer too', 'i < last', 'i <= last'),
    ('dropout after the first layer only', 'i < last', 'i == 0 < last'),
    ('no dropout', 'i < last', 'False'),
    ('keep_prob as the rate of dropout', '(1 - keep_prob)', '(keep_prob)'),
    ('a fixed rate of dropout', '(1 - keep_prob)', '(0.05)'),
    ('L2 of half the strength', 'l2(lambtha)', 'l2(lambtha / 2)'),
    ('L1 for L2', 'l2(lambtha)', 'l1(lambtha)'),
    ('lambtha ignored', 'K.regularizers.l2(lambtha)', "'l2'"),
    ('a regularizer on the bias', 'kernel_reg', 'bias_reg'),
    ('a regularizer on the output', 'kernel_reg', 'activity_reg'),
    ('a regularizer on the bias too', 'kernel_regularizer=',
     'bias_regularizer=K.regularizers.l2(lambtha), kernel_regularizer='),
    ('no regularizer on the last layer', 'K.regularizers.l2(lambtha)',
     'K.regularizers.l2(lambtha) if i < last else None'),
    ('no regularizer on the first layer', 'K.regularizers.l2(lambtha)',
     'K.regularizers.l2(lambtha) if i else None'),
    ('no activation on the last layer', 'activations[i]',
     'activations[i] if i < last else None'),
    ('the first activation everywhere', 'activations[i]', 'activations[0]'),
    ('relu everywhere', 'activations[i]', "'relu'"),
    ('the last layer left out', 'in range(len(layers))',
     'in range(len(layers) - 1)'),
    ('lambtha and keep_prob the other way round', 'lambtha, keep_prob):',
     'keep_prob, lambtha):'),
]
FIT = """    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
"""


def otherwise(condition, old, new):
    """Makes an edit: a call of fit more, that forgets something."""
    return (FIT, f'    if {condition}:\n    ' + FIT.replace(
        '\n    ', '\n        ').replace(old, new) + FIT)


WRONG = {
    '0-sequential': BUILDING + [
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
    ],
    '1-input': BUILDING + [
        ('an input more', '(nx,)', '(nx + 1,)'),
        ('an input of rows and columns', '(nx,)', '(nx, nx)'),
        ('returns the output and not the model', 'K.Model(inputs, x)', 'x'),
        ('dropout before the first layer', 'x = inputs',
         'x = K.layers.Dropout(1 - keep_prob)(inputs)'),
    ],
    '2-optimize': [
        ('SGD', '''K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2)''',
         'K.optimizers.SGD(alpha)'),
        ('RMSprop', '''K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2)''',
         'K.optimizers.RMSprop(alpha)'),
        ('Adam by name, its parameters ignored', '''K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2)''', "'adam'"),
        ('AdamW', 'Adam(', 'AdamW('),
        ('beta1 and beta2 the other way round', 'beta_1=beta1, beta_2=beta2',
         'beta_1=beta2, beta_2=beta1'),
        ('alpha ignored', 'learning_rate=alpha, ', ''),
        ('lr, which Keras 2 ignores', 'learning_rate=', 'lr='),
        ('alpha halved', '=alpha', '=alpha / 2'),
        ('beta2 ignored', ', beta_2=beta2', ''),
        ('a loss that expects integers', 'categorical_cross',
         'sparse_categorical_cross'),
        ('a binary loss', 'categorical_cross', 'binary_cross'),
        ('the mean squared error', 'categorical_crossentropy', 'mse'),
        ('a loss that expects logits', "'categorical_crossentropy'",
         'K.losses.CategoricalCrossentropy(from_logits=True)'),
        ('no metrics', "metrics=['accuracy']", 'metrics=None'),
        ('accuracy of whole rows', "['accuracy']", '[K.metrics.Accuracy()]'),
        ('precision for accuracy', "['accuracy']", "['Precision']"),
        ('returns the network', "'accuracy'])\n",
         "'accuracy'])\n    return network\n"),
        ('nothing compiled', 'network.compile(', 'dict('),
    ],
    '3-one_hot': [
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
    ],
    '4-train': [
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
    ],
    '5-train': [
        ('no shuffling with validation data', '=shuffle)',
         '=shuffle and validation_data is None)'),
        ('a bar only without validation data', '=verbose',
         '=verbose and not validation_data'),
        ('a part held back if there is no validation data',
         'validation_data=validation_data,', 'validation_data=validation_data,\
 validation_split=0 if validation_data else 0.25,'),
        ('validates on the first rows alone',
         'validation_data=validation_data', 'validation_data=validation_data'
         ' and tuple(part[:8] for part in validation_data)'),
        ('validates after every second epoch', 'verbose=verbose',
         'validation_freq=2 if validation_data else 1, verbose=verbose'),
        ('labels and data of the validation exchanged',
         'validation_data=validation_data',
         'validation_data=validation_data and validation_data[::-1]'),
        ('shuffling by default', 'shuffle=False', 'shuffle=True'),
        ('validation_data ignored', 'validation_data=validation_data',
         'validation_data=None'),
        ('the training data to validate', 'validation_data=validation_data',
         'validation_data=validation_data and (data, labels)'),
        ('always validates', 'validation_data=validation_data',
         'validation_data=validation_data or (data, labels)'),
        ('a part held back to validate', 'validation_data=validation_data',
         'validation_split=0.2'),
        ('validation_data after shuffle',
         'validation_data=None, verbose=True, shuffle=False',
         'verbose=True, shuffle=False, validation_data=None'),
        ('validation_data has to be given', 'validation_data=None',
         'validation_data'),
    ],
    '6-train': [
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
        ('never stops', ' callbacks=callbacks,', ''),
        ('patience before early_stopping',
         'early_stopping=False, patience=0', 'patience=0, early_stopping=False'
         ),
    ],
    '7-train': [
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
    ],
    '8-train': [
        ('the best of before stays', 'save_best_only=True))',
         """save_best_only=True))
        kept = vars(train_model)
        callbacks[-1] = kept.setdefault(filepath, callbacks[-1])"""),
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
    ],
    '9-model': [
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
    ],
    '10-weights': [
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
    ],
    '11-config': [
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
    ],
    '12-test': [
        ('accuracy before loss', 'verbose=verbose)', 'verbose=verbose)[::-1]'),
        ('the loss alone', 'verbose=verbose)', 'verbose=verbose)[0]'),
        ('the accuracy alone', 'verbose=verbose)', 'verbose=verbose)[1]'),
        ('a dict', '=verbose)', '=verbose, return_dict=True)'),
        ('verbose the other way round', '=verbose', '=not verbose'),
        ('verbose ignored', ', verbose=verbose', ''),
        ('silent by default', 'verbose=True', 'verbose=False'),
        ('rounded', 'return network.evaluate(data, labels, verbose=verbose)',
         'result = network.evaluate(data, labels, verbose=verbose)\n'
         '    return [round(value, 1) for value in result]'),
        ('predicts', 'evaluate(data, labels', 'predict(data'),
        ('trains', 'return network', '''network.fit(data, labels, verbose=0)
    return network'''),
        ('no return', 'return ', ''),
        ('labels before data', 'data, labels, verbose=True',
         'labels, data, verbose=True'),
    ],
    '13-predict': [
        ('classes for probabilities', '=verbose)', '=verbose).argmax(axis=1)'),
        ('one-hot rows for probabilities', '=verbose)', '=verbose).round()'),
        ('rounded to a digit', '=verbose)', '=verbose).round(1)'),
        ('the first row alone', '=verbose)', '=verbose)[0]'),
        ('the highest probability alone', '=verbose)', '=verbose).max(axis=1)'
         ),
        ('the classes in the columns', '=verbose)', '=verbose).T'),
        ('verbose the other way round', '=verbose', '=not verbose'),
        ('verbose ignored', '=verbose', '=0'),
        ('verbose left to Keras', ', verbose=verbose', ''),
        ('prints by default', 'verbose=False', 'verbose=True'),
        ('no return', 'return ', ''),
        ('the network called, and verbose ignored',
         'network.predict(data, verbose=verbose)', 'network(data)'),
    ],
}

SAVING = """if save_best and validation_data is not None:
        callbacks.append(K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', """
STOPPING = [
    ('all that EarlyStopping takes', "'val_loss', patience=patience)",
     "'val_loss', min_delta=0, patience=patience, verbose=0, mode='min', "
     'baseline=None)'),
    ('the callbacks as a tuple', 'callbacks=callbacks,',
     'callbacks=tuple(callbacks),'),
    ('a list of callbacks of its own', 'callbacks=callbacks,',
     'callbacks=[*callbacks, K.callbacks.History()],'),
    ('the best weights restored', 'patience=patience)',
     'patience=patience, restore_best_weights=True)'),
    ('early stopping without validation data',
     'if early_stopping and validation_data is not None', 'if early_stopping'),
]
RIGHT = {
    '0-sequential': [('input_dim', '(lambtha)))', '''(lambtha),
            input_dim=nx if i == 0 else layers[i - 1]))''')],
    '1-input': [('all by name', 'Model(inputs, x)',
                 'Model(inputs=inputs, outputs=x)')],
    '2-optimize': [('metrics as a tuple of names', "['accuracy']",
                    "('accuracy',)")],
    '3-one_hot': [('classes by name', 'labels, classes)',
                   'labels, num_classes=classes)')],
    '4-train': [
        ('tensors', 'data, labels, batch_size=',
         '*map(__import__("tensorflow").constant, (data, labels)), '
         'batch_size='),
        ('the History of the network', 'shuffle=shuffle)',
         'shuffle=shuffle) and network.history'),
        ('a dataset', 'data, labels, batch_size=batch_size,',
         """__import__('tensorflow').data.Dataset.from_tensor_slices(
            (data, labels)).shuffle(len(data) if shuffle else 1).batch(
                batch_size),"""),
    ],
    '5-train': [
        ('the validation in one batch', 'verbose=verbose',
         'validation_batch_size=64, verbose=verbose'),
        ('a list for a tuple', 'validation_data=validation_data',
         'validation_data=validation_data and list(validation_data)'),
    ],
    '6-train': STOPPING,
    '7-train': STOPPING + [
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
    ],
    '8-train': STOPPING + [
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
    ],
    '12-test': [('verbose by position', 'verbose=verbose', 'None, verbose')],
    '13-predict': [('verbose by position', 'verbose=verbose',
                    'None, verbose')],
}
L2 = [('l2 by the name of l', 'l2(lambtha)', 'l2(l=lambtha)')]
KERAS_2 = {
    '0-sequential': L2,
    '1-input': L2,
    '2-optimize': [
        ('a metric and no list', "['accuracy']", "'accuracy'"),
        ('the older Adam', 'optimizers.Adam', 'optimizers.legacy.Adam'),
    ],
    '3-one_hot': [('labels by the name of y', 'l(labels, classes)',
                   'l(y=labels, num_classes=classes)')],
}
KERAS_3 = {
    '3-one_hot': [('labels by the name of x', 'l(labels, classes)',
                   'l(x=labels, num_classes=classes)')],
}
