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
        ('patience ignored', ', patience=patience', ''),
        ('decay starts an epoch late', '* epoch)', '* max(epoch - 1, 0))'),
        ('saves after every epoch', ', save_best_only=True', ''),
        ('saves the weights alone', 'save_best_only=True',
         'save_best_only=True, save_weights_only=True'),
        ('saves by the accuracy', "'val_loss', save", "'val_accuracy', save"),
        ('saves by the training loss', "'val_loss', save", "'loss', save"),
        ('saves the worst', "'val_loss', save",
         "'val_loss', mode='max', save"),
        ('saves by the training loss without validation data',
         '''    if save_best and validation_data is not None:
        callbacks.append(K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', ''', '''    if save_best:
        callbacks.append(K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss' if validation_data else 'loss', '''),
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

STOPPING = [
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
    '6-train': STOPPING,
    '7-train': STOPPING,
    '8-train': STOPPING + [
        ('what is the default', 'save_best_only=True',
         "save_best_only=True, mode='min', save_weights_only=False"),
    ],
    '12-test': [('verbose by position', 'verbose=verbose', 'None, verbose')],
    '13-predict': [('verbose by position', 'verbose=verbose',
                    'None, verbose')],
}
L2 = [('l2 by the name of l', 'l2(lambtha)', 'l2(l=lambtha)')]
WORKERS = [(f'{name}, which Keras 3 has not', 'verbose=verbose',
            f'verbose=verbose, {name}={value}')
           for name, value in (('workers', 1), ('use_multiprocessing', False),
                               ('max_queue_size', 10))]
KERAS_2 = {
    '0-sequential': L2 + [
        ('a shape with the rows', 'activation=activations[i],',
         '''activation=activations[i],
            **({} if i else {'batch_input_shape': (None, nx)}),'''),
    ],
    '1-input': L2,
    '2-optimize': [
        ('a metric and no list', "['accuracy']", "'accuracy'"),
        ('the older Adam', 'optimizers.Adam', 'optimizers.legacy.Adam'),
        ('the experimental Adam', 'optimizers.Adam',
         'optimizers.experimental.Adam'),
        ('a compiler for Adam', '=alpha', '=alpha, jit_compile=False'),
        ('the rate set by lr', '''\
            learning_rate=alpha, beta_1=beta1, beta_2=beta2),
        loss='categorical_crossentropy',
        metrics=['accuracy'])''', '''\
            beta_1=beta1, beta_2=beta2),
        loss='categorical_crossentropy',
        metrics=['accuracy'])
    network.optimizer.lr = alpha'''),
        ('the rate set by the backend', "'accuracy'])", ''''accuracy'])
    K.backend.set_value(network.optimizer.learning_rate, alpha)'''),
        ('the reduction auto', "'categorical_crossentropy'",
         "K.losses.CategoricalCrossentropy(reduction='auto')"),
        ('the mode of weights', "'accuracy']",
         "'accuracy'], sample_weight_mode=None"),
    ],
    '3-one_hot': [
        ('labels by the name of y', 'l(labels, classes)',
         'l(y=labels, num_classes=classes)'),
        ('a dtype', 'l(labels, classes)',
         "l(labels, classes, dtype='float32')"),
        ('a dtype by position', 'l(labels, classes)',
         "l(labels, classes, 'float32')"),
    ],
    '4-train': WORKERS + [
        ('an empty tuple to validate', 'verbose=verbose',
         'validation_data=(), verbose=verbose'),
    ],
    '7-train': [
        ('a schedule object', 'Scheduler(rate, ', '''Scheduler(
            K.optimizers.schedules.InverseTimeDecay(alpha, 1, decay_rate),
            '''),
        ('a tensor for the rate', 'return alpha / (1 + decay_rate * epoch)',
         '''return K.backend.constant(
            alpha / (1 + decay_rate * epoch))'''),
    ],
    '8-train': [
        ('a period', 'only=True', 'only=True, period=1'),
        ('options', 'only=True', 'only=True, options=None'),
    ],
    '9-model': [
        ('the functions of saving', 'K.models', 'K.saving'),
    ],
    '11-config': [
        ('model_from_config', 'model_from_json(file.read())',
         "model_from_config(__import__('json').load(file))"),
    ],
    '12-test': WORKERS + [
        ('metrics_names in a dict', 'return network.evaluate(data, labels, '
         'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    values = dict(zip(network.metrics_names, values))
    return values['loss'], values['accuracy']'''),
        ('metrics_names in a loop', 'return network.evaluate(data, labels, '
         'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    return [value for name, value in zip(network.metrics_names, values)
            if name in ('loss', 'accuracy')]'''),
        ('metrics_names and an index', 'return network.evaluate(data, labels, '
         'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    return [values[network.metrics_names.index(name)]
            for name in ('loss', 'accuracy')]'''),
    ],
    '13-predict': WORKERS + [
        ('a generator', 'predict(data', 'predict_generator(data'),
    ],
}
KERAS_3 = {
    '3-one_hot': [('labels by the name of x', 'l(labels, classes)',
                   'l(x=labels, num_classes=classes)')],
}
