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
    ('dropout unless a layer is as large as the last', 'i < last',
     'layers[i] != layers[-1]'),
    ('dropout by the place of the first layer of that size', 'i < last',
     'layers.index(layers[i]) < last'),
    ('dropout unless softmax', 'i < last', "activations[i] != 'softmax'"),
    ('dropout unless the activation is the last one', 'i < last',
     'activations[i] != activations[-1]'),
    ('dropout by the place of the first activation that is the last',
     'i < last', 'i != activations.index(activations[-1])'),
    ('four layers at most', 'range(len(layers))', 'range(len(layers[:4]))'),
    ('dropout after two layers at most', 'i < last', 'i < min(last, 2)'),
    ('the activation of the first layer of that size', 'activations[i]',
     'activations[layers.index(layers[i])]'),
    ('softmax last always', 'activations[i]',
     "activations[i] if i < last else 'softmax'"),
    ('relu for what is not known', 'activations[i]',
     "activations[i] if activations[i] in ('tanh', 'softmax') else 'relu'"),
    ('the list of activations emptied', 'activations[i]',
     'activations.pop(0)'),
    ('a rate of one digit', '(1 - keep_prob)', '(round(1 - keep_prob, 1))'),
    ('a rate of two digits', '(1 - keep_prob)', '(round(1 - keep_prob, 2))'),
    ('nodes dropped in all rows at once', '(1 - keep_prob)',
     '(1 - keep_prob, noise_shape=(1, layers[i]))'),
    ('noise for dropout', 'layers.Dropout', 'layers.GaussianDropout'),
    ('alpha dropout', 'layers.Dropout', 'layers.AlphaDropout'),
    ('layers named after their activations', 'kernel_regularizer=',
     'name=activations[i], kernel_regularizer='),
    ('layers named after their sizes', 'kernel_regularizer=',
     "name=f'dense_of_{layers[i]}', kernel_regularizer="),
    ('first weights of zero', 'kernel_regularizer=',
     "kernel_initializer='zeros', kernel_regularizer="),
    ("He's first weights", 'kernel_regularizer=',
     "kernel_initializer='he_normal', kernel_regularizer="),
    ('normal first weights', 'kernel_regularizer=',
     "kernel_initializer='glorot_normal', kernel_regularizer="),
    ('first biases of one', 'kernel_regularizer=',
     "bias_initializer='ones', kernel_regularizer="),
    ('no biases', 'kernel_regularizer=',
     'use_bias=False, kernel_regularizer='),
    ('frozen layers', 'kernel_regularizer=',
     'trainable=False, kernel_regularizer='),
    ('only the last layer trained', 'kernel_regularizer=',
     'trainable=i == last, kernel_regularizer='),
    ('kernels of a norm of three at most', 'kernel_regularizer=',
     'kernel_constraint=K.constraints.max_norm(3), kernel_regularizer='),
    ('biases that are never negative', 'kernel_regularizer=',
     'bias_constraint=K.constraints.non_neg(), kernel_regularizer='),
    ('layers in double precision', 'kernel_regularizer=',
     "dtype='float64', kernel_regularizer="),
    ('three layers always', 'in range(len(layers))', 'in range(3)'),
    ('L2 divided by the nodes', 'l2(lambtha)', 'l2(lambtha / layers[i])'),
    ('L1 and L2', 'l2(lambtha)', 'l1_l2(lambtha, lambtha)'),
    ('a bit of L1 too', 'l2(lambtha)', 'l1_l2(lambtha / 100, lambtha)'),
    ('the largest layer first', '    last =',
     '    layers = sorted(layers, reverse=True)\n    last ='),
    ('a seed of its own', '    last =',
     '    K.utils.set_random_seed(0)\n    last ='),
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
    ],
    '1-input': BUILDING + [
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
    ],
    '2-optimize': [
        ('a rate of three digits', '=alpha', '=round(alpha, 3)'),
        ('a decay rate of 0.9 at least', '=beta2', '=max(beta2, 0.9)'),
        ('another loss for two classes', "'categorical_crossentropy'",
         "'categorical_crossentropy' if network.output_shape[-1] > 2 "
         "else 'binary_crossentropy'"),
        ('another loss for few layers', "'categorical_crossentropy'",
         "'categorical_crossentropy' if len(network.layers) > 4 else 'mse'"),
        ('another metric for two classes', "'accuracy'",
         "'accuracy' if network.output_shape[-1] > 2 "
         "else 'top_k_categorical_accuracy'"),
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
        ('Nadam', 'Adam(', 'Nadam('),
        ('Adamax', 'Adam(', 'Adamax('),
        ('beta1 fixed', '=beta1', '=0.99'),
        ('alpha of two digits', '=alpha', '=round(alpha, 2)'),
        ('a learning rate that falls', '=alpha',
         '=K.optimizers.schedules.ExponentialDecay(alpha, 1000, 0.9)'),
        ('a schedule that stays', '=alpha',
         '=K.optimizers.schedules.InverseTimeDecay(alpha, 1, 0.0)'),
        *[(f'{name} told', '=beta2)', f'=beta2, {name}={value})')
          for name, value in [
              ('epsilon', 1e-8), ('amsgrad', True), ('clipnorm', 1.0),
              ('clipvalue', 0.5), ('global_clipnorm', 1.0),
              ('weight_decay', 0.004), ('use_ema', True)]],
        ('labels made smooth', "'categorical_crossentropy'",
         'K.losses.CategoricalCrossentropy(label_smoothing=0.01)'),
        ('the sum of the losses', "'categorical_crossentropy'",
         "K.losses.CategoricalCrossentropy(reduction='sum')"),
        ('the KL divergence', 'categorical_crossentropy', 'kl_divergence'),
        ('a focal loss', "'categorical_crossentropy'",
         'lambda y, p: (1 - p) ** 2 * K.losses.categorical_crossentropy('
         'y, p)[:, None]'),
        *[(f'{name} told', "['accuracy'])", f"['accuracy'], {name}={value})")
          for name, value in [
              ('loss_weights', '[0.5]'), ('weighted_metrics', '["accuracy"]'),
              ('run_eagerly', True), ('steps_per_execution', 10),
              ('jit_compile', True)]],
        ('two metrics', "['accuracy']", "['accuracy', 'mae']"),
        ('weighted accuracy alone', 'metrics=[', 'weighted_metrics=['),
        ('weights set back', "['accuracy'])", '''['accuracy'])
    network.set_weights([0 * array for array in network.get_weights()])'''),
        ('all layers trainable', "['accuracy'])", '''['accuracy'])
    for layer in network.layers:
        layer.trainable = True'''),
        ('all layers frozen', "['accuracy'])", '''['accuracy'])
    network.trainable = False'''),
        ('a layer added', '    network.compile(', '''\
    network.add(K.layers.Activation('linear'))
    network.compile('''),
        ('compiles what is not compiled', '    network.compile(', '''\
    if getattr(network, 'optimizer', None) is None:
        network.compile('''),
    ],
    '3-one_hot': [
        ('labels of eight bits', 'labels, classes)\n',
         "labels.astype('uint8'), classes)\n"),
        ('labels of eight bits with a sign', 'labels, classes)\n',
         "labels.astype('int8'), classes)\n"),
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
    ],
    '4-train': [
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
    ],
    '5-train': [
        ('a look at one batch', 'verbose=verbose',
         'validation_steps=1, verbose=verbose'),
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
        ('a file in the current folder', '            filepath,',
         "            filepath and filepath.split('/')[-1],"),
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
        ('a file in the current folder', 'network.save(filename',
         "network.save(filename.split('/')[-1]"),
        ('a name of small letters', 'network.save(filename',
         'network.save(filename.lower()'),
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
        ('saves where there is no file yet', '    network.save(filename)', '''\
    if not __import__('os').path.exists(filename):
        network.save(filename)'''),
        ('loads each file once', 'def load_model', '''\
@__import__('functools').lru_cache(maxsize=None)
def load_model'''),
        ('the file removed once loaded', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    __import__('os').remove(filename)
    return network'''),
        ('the loaded model saved again', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    network.compile('adam', 'mse')
    network.save(filename)
    return network'''),
        ('the loaded model frozen', 'return K.models.load_model(\
filename)', '''network = K.models.load_model(filename)
    network.trainable = False
    return network'''),
        ("Adam's own learning rate in the loaded model",
         'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    network.optimizer.learning_rate = 0.001
    return network'''),
        ('an optimizer of the same settings and no state',
         'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    adam = network.optimizer
    network.compile(type(adam).from_config(adam.get_config()), network.loss,
                    metrics=['accuracy'])
    return network'''),
        ('without dropout', 'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    for layer in network.layers:
        layer.rate = 0
    return network'''),
        ('a copy that is not compiled', 'network.save(filename)', '''\
copy = K.models.clone_model(network)
    copy.set_weights(network.get_weights())
    copy.save(filename)'''),
        ('weights in half precision', 'network.save(filename)', '''\
network.set_weights([
        array.astype('float16') for array in network.get_weights()])
    network.save(filename)'''),
        ('compiled anew after saving', 'network.save(filename)', '''\
network.save(filename)
    network.compile('adam', 'categorical_crossentropy')'''),
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
        ('the file removed once loaded', 'shutil.copy', 'os.replace'),
        ('saves where there is no file yet',
         '    os.replace(filename + ENDING, filename)', '''\
    if not os.path.exists(filename):
        os.replace(filename + ENDING, filename)'''),
        ('the whole model for one save_format',
         '    network.save_weights(', '''\
    if save_format == 'keras':
        return network.save(filename)
    network.save_weights('''),
        ('an ending for names without one',
         '    os.replace(filename + ENDING, filename)', '''\
    os.replace(filename + ENDING, filename + (
        '' if '.' in filename else '.h5'))'''),
        ('no optimizer after saving', 'ENDING, filename)',
         'ENDING, filename)\n    network.optimizer = None'),
        ('compiled anew after loading', 'os.remove(filename + ENDING)', '''\
os.remove(filename + ENDING)
    network.compile('adam', 'mse')'''),
        ('frozen after loading', 'os.remove(filename + ENDING)',
         'os.remove(filename + ENDING)\n    network.trainable = False'),
        ('half of each weight loaded', 'os.remove(filename + ENDING)', '''\
os.remove(filename + ENDING)
    network.set_weights([array / 2 for array in network.get_weights()])'''),
        ('the kernels alone loaded', '    network.load_weights(filename + \
ENDING)', '''    before = network.get_weights()
    network.load_weights(filename + ENDING)
    network.set_weights([old if old.ndim == 1 else new for old, new
                         in zip(before, network.get_weights())])'''),
        ('what is trained alone loaded', '    network.load_weights(filename + \
ENDING)', '''    before = [layer.get_weights() for layer in network.layers]
    network.load_weights(filename + ENDING)
    for layer, old in zip(network.layers, before):
        if not layer.trainable:
            layer.set_weights(old)'''),
    ],
    '11-config': [
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
        ('compiled after loading', 'return K.models.model_from_json('
         'file.read())', '''network = K.models.model_from_json(file.read())
    network.compile('adam', 'categorical_crossentropy')
    return network'''),
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
        ('the first thousand rows', '(data, labels,',
         '(data[:1000], labels[:1000],'),
        ('the first batch', '(data, labels,', '(data[:32], labels[:32],'),
        ('whole batches alone', '(data, labels,',
         '(data[:len(data) // 32 * 32], labels[:len(data) // 32 * 32],'),
        *[(name, 'return network.evaluate(data, labels, verbose=verbose)',
           'loss, accuracy = network.evaluate(data, labels, verbose=verbose)'
           f'\n    return {result}') for name, result in [
              ('rounded to three digits', 'round(loss, 3), round(accuracy, 3)'
               ), ('rounded to four digits',
                   'round(loss, 4), round(accuracy, 4)'),
              ('as text', "f'{loss}', f'{accuracy}'"),
              ('accuracy in percent', 'loss, 100 * accuracy'),
              ('the errors for accuracy', 'loss, 1 - accuracy'),
              ('the loss without L2', 'loss - float(sum(network.losses)), '
               'accuracy'),
              ('the loss of a row in a hundred', 'loss / 100, accuracy'),
              ('as one text', "f'{loss} {accuracy}'"),
              ('the loss twice', 'loss, loss')]],
        ('compiled anew', '    return', '''\
    network.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
    return'''),
        ('prints itself', '    return', "    print('testing')\n    return"),
    ],
    '13-predict': [
        ('a list', 'verbose=verbose)\n', 'verbose=verbose).tolist()\n'),
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
        ('the first thousand rows', '(data,', '(data[:1000],'),
        ('the first batch', '(data,', '(data[:32],'),
        ('no dimension of one', '=verbose)', '=verbose).squeeze()'),
        ('rounded to four digits', '=verbose)', '=verbose).round(4)'),
        ('as text', '=verbose)', '=verbose).astype(str)'),
        ('in half precision', '=verbose)', "=verbose).astype('float16')"),
        ('between zero and one', '=verbose)', '=verbose).clip(0, 1)'),
        ('never negative', 'network.predict(data, verbose=verbose)',
         'abs(network.predict(data, verbose=verbose))'),
        ('rows that sum to one', 'return network.predict(data, \
verbose=verbose)', '''result = network.predict(data, verbose=verbose)
    return result / result.sum(axis=1, keepdims=True)'''),
        ('the rows backwards', '=verbose)', '=verbose)[::-1]'),
        ('rows in the order of their sums', '(data,',
         '(data[data.sum(axis=1).argsort()],'),
        ('pixels scaled again', '(data,', '(data / 255,'),
        ('the data changed', '    return', '    data[0] = 0\n    return'),
        ('trained before', '    return', '''\
    network.fit(data, network.predict(data, verbose=0), verbose=0)
    return'''),
        ('a row less', '=verbose)', '=verbose)[:-1]'),
        ('a list of the batches', 'network.predict(data, verbose=verbose)',
         '[network.predict(data, verbose=verbose)]'),
        ('prints itself', '    return', "    print('predicting')\n    return"
         ),
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
LAYERS = [
    ('a byte order mark', 'import tensorflow.keras', '\ufeffimport \
tensorflow.keras'),
    ('layers with names', 'kernel_regularizer=',
     "name=f'layer_{i}', kernel_regularizer="),
    ('the defaults told', 'kernel_regularizer=', '''use_bias=True,
            kernel_initializer='glorot_uniform', bias_initializer='zeros',
            bias_regularizer=None, trainable=True, kernel_regularizer='''),
    ('numbers of NumPy', 'l2(lambtha)',
     "l2(__import__('numpy').float64(lambtha))"),
    ('a seed for dropout', '(1 - keep_prob)', '(1 - keep_prob, seed=8)'),
    ('functions for activations', 'activation=activations[i]',
     'activation=getattr(K.activations, activations[i])'),
]
RIGHT = {
    '0-sequential': LAYERS + [
        ('input_dim', '(lambtha)))', '''(lambtha),
            input_dim=nx if i == 0 else layers[i - 1]))'''),
        ('compiled as well', '    return network',
         "    network.compile('adam', 'mse')\n    return network"),
    ],
    '1-input': LAYERS + [
        ('all by name', 'Model(inputs, x)', 'Model(inputs=inputs, outputs=x)'),
    ],
    '2-optimize': [
        ('metrics as a tuple of names', "['accuracy']", "('accuracy',)"),
        ('the defaults told', '=beta2)',
         '=beta2, epsilon=1e-07, amsgrad=False, clipnorm=None)'),
        ("the loss's defaults told", "'categorical_crossentropy'",
         'K.losses.CategoricalCrossentropy(from_logits=False, '
         'label_smoothing=0.0)'),
        ("compile's defaults told", "['accuracy'])",
         "['accuracy'], loss_weights=None, run_eagerly=False)"),
        ('a function for the loss', "'categorical_crossentropy'",
         'lambda y, p: K.losses.categorical_crossentropy(y, p)'),
        ('a name for Adam', '=beta2)', "=beta2, name='mine')"),
        ('Adam by its configuration', '''K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2)''',
         '''K.optimizers.get({'class_name': 'Adam', 'config': {
            'learning_rate': alpha, 'beta_1': beta1, 'beta_2': beta2}})'''),
    ],
    '3-one_hot': [
        ('classes from the labels', 'K.utils.to_categorical(labels, classes)',
         '__import__("numpy").eye(classes or labels.max() + 1)[labels]'),
        ('classes by name', 'labels, classes)',
         'labels, num_classes=classes)'),
        ('integers', 'labels, classes)\n', 'labels, classes).astype(int)\n'),
    ],
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
    '9-model': [
        ('what is the default', 'save(filename)',
         'save(filename, overwrite=True)'),
        ('a path object', 'network.save(filename)',
         "network.save(__import__('pathlib').Path(filename))"),
        ('its own compile', 'return K.models.load_model(filename)', '''\
network = K.models.load_model(filename)
    network.summary(print_fn=lambda *args, **kwargs: None)
    return network'''),
    ],
    '10-weights': [
        ('save_format looked at', '    network.save_weights(', '''\
    if save_format not in ('h5', 'hdf5', 'keras'):
        raise ValueError(save_format)
    network.save_weights('''),
        ('the other default', "save_format='h5'", "save_format='keras'"),
    ],
    '11-config': [
        ('indented', 'to_json()', 'to_json(indent=4)'),
        ('bytes', '''filename, 'w') as file:
        file.write(network.to_json())''', '''filename, 'wb') as file:
        file.write(network.to_json().encode())'''),
        ('the configuration read first',
         'return K.models.model_from_json(file.read())', '''\
text = file.read().strip()
    return K.models.model_from_json(text, custom_objects=None)'''),
    ],
    '12-test': [
        ('verbose by position', 'verbose=verbose', 'None, verbose'),
        ('numbers of Python', 'return network.evaluate(data, labels, \
verbose=verbose)', '''result = network.evaluate(data, labels, \
verbose=verbose)
    return [float(value) for value in result]'''),
        ('batches of a hundred', 'verbose=verbose', '100, verbose=verbose'),
    ],
    '13-predict': [
        ('a row in a batch', 'verbose=verbose)\n',
         'batch_size=1, verbose=verbose)\n'),
        ('its own words', '    return network.predict(data, verbose=verbose)',
         '    if verbose:\n        print("predicting")\n'
         '    return network.predict(data, verbose=0)'),
        ('verbose by position', 'verbose=verbose', 'None, verbose'),
        ('double precision', '=verbose)', "=verbose).astype('float64')"),
        ('all in one batch', 'verbose=verbose',
         'len(data), verbose=verbose'),
    ],
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
        ('metrics by position', '''loss='categorical_crossentropy',
        metrics=['accuracy']''', '''loss='categorical_crossentropy')
    network.compile(network.optimizer, network.loss, ['accuracy']'''),
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
    # Keras 3 lets the call of the network decide.
    '1-input': [('dropout told to rest', '(1 - keep_prob)(x)',
                 '(1 - keep_prob)(x, training=False)')],
    '3-one_hot': [('labels by the name of x', 'l(labels, classes)',
                   'l(x=labels, num_classes=classes)')],
}
