"""Wrong and right solutions of each task, to test the suite itself.

`PLAIN` holds a short right solution of each task. `WRONG` holds plausible
mistakes, as a name, a text in the plain solution, and what stands there
instead; without a text, what follows is the whole file. `RIGHT` holds other
right solutions.
"""
PLAIN = {
    '0-sequential': '''
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    network = K.Sequential()
    last = len(layers) - 1
    for i in range(len(layers)):
        network.add(K.layers.Dense(
            layers[i], activation=activations[i],
            kernel_regularizer=K.regularizers.l2(lambtha)))
        if i < last:
            network.add(K.layers.Dropout(1 - keep_prob))
    network.build((None, nx))
    return network
''',
    '1-input': '''
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    inputs = K.Input(shape=(nx,))
    x = inputs
    last = len(layers) - 1
    for i in range(len(layers)):
        x = K.layers.Dense(
            layers[i], activation=activations[i],
            kernel_regularizer=K.regularizers.l2(lambtha))(x)
        if i < last:
            x = K.layers.Dropout(1 - keep_prob)(x)
    return K.Model(inputs, x)
''',
    '2-optimize': '''
import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    network.compile(
        optimizer=K.optimizers.Adam(
            learning_rate=alpha, beta_1=beta1, beta_2=beta2),
        loss='categorical_crossentropy',
        metrics=['accuracy'])
''',
    '3-one_hot': '''
import tensorflow.keras as K


def one_hot(labels, classes=None):
    return K.utils.to_categorical(labels, classes)
''',
    '4-train': '''
def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)
''',
    '5-train': '''
def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, verbose=verbose, shuffle=shuffle)
''',
    '6-train': '''
import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss', patience=patience))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
''',
    '7-train': '''
import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    def rate(epoch):
        return alpha / (1 + decay_rate * epoch)

    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss', patience=patience))
    if learning_rate_decay and validation_data is not None:
        callbacks.append(K.callbacks.LearningRateScheduler(rate, verbose=1))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
''',
    '8-train': '''
import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                save_best=False, filepath=None, verbose=True,
                shuffle=False):
    def rate(epoch):
        return alpha / (1 + decay_rate * epoch)

    callbacks = []
    if early_stopping and validation_data is not None:
        callbacks.append(K.callbacks.EarlyStopping(
            monitor='val_loss', patience=patience))
    if learning_rate_decay and validation_data is not None:
        callbacks.append(K.callbacks.LearningRateScheduler(rate, verbose=1))
    if save_best and validation_data is not None:
        callbacks.append(K.callbacks.ModelCheckpoint(
            filepath, monitor='val_loss', save_best_only=True))
    return network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        validation_data=validation_data, callbacks=callbacks,
        verbose=verbose, shuffle=shuffle)
''',
    '9-model': '''
import tensorflow.keras as K


def save_model(network, filename):
    network.save(filename)


def load_model(filename):
    return K.models.load_model(filename)
''',
    '10-weights': '''
def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename)


def load_weights(network, filename):
    network.load_weights(filename)
''',
    '11-config': '''
import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    with open(filename) as file:
        return K.models.model_from_json(file.read())
''',
    '12-test': '''
def test_model(network, data, labels, verbose=True):
    return network.evaluate(data, labels, verbose=verbose)
''',
    '13-predict': '''
def predict(network, data, verbose=False):
    return network.predict(data, verbose=verbose)
''',
}

IF_VALID = ' and validation_data is not None'
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
UNCHECKED = [
    ('early stopping without validation data', 'if early_stopping' + IF_VALID,
     'if early_stopping'),
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
        ('Sequential used', '', PLAIN['0-sequential']),
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
        ('one class too few', '', '''
import numpy as np


def one_hot(labels, classes=None):
    if classes is None:
        classes = max(labels)
    return np.eye(classes)[labels % classes]
'''),
        ('one class too many', '', '''
import numpy as np


def one_hot(labels, classes=None):
    if classes is None:
        classes = max(labels) + 2
    return np.eye(classes)[labels]
'''),
        ('classes from the number of different labels', '', '''
import numpy as np


def one_hot(labels, classes=None):
    if classes is None:
        classes = len(np.unique(labels))
    return (labels[:, None] == np.arange(classes)).astype(float)
'''),
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
        ('fit called once for each epoch', '', '''
def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    for _ in range(epochs):
        history = network.fit(data, labels, batch_size=batch_size,
                              verbose=verbose, shuffle=shuffle)
    return history
'''),
        ('batches by hand, without fit', '', '''
def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    losses = []
    for epoch in range(epochs):
        for i in range(0, len(data), batch_size):
            loss = network.train_on_batch(
                data[i:i + batch_size], labels[i:i + batch_size])
        losses.append(loss)
        if verbose:
            print(epoch, loss)
    return losses
'''),
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
        ('validates after the training only', '', '''
def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    history = network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)
    if validation_data is not None:
        loss, accuracy = network.evaluate(*validation_data, verbose=0)
        history.history['val_loss'] = [loss]
        history.history['val_accuracy'] = [accuracy]
    return history
'''),
    ],
    '6-train': UNCHECKED + [
        ('one epoch more', 'epochs=epochs', 'epochs=epochs + 1'),
        ('validation_data ignored', 'validation_data=validation_data',
         'validation_data=None'),
        ('patience ignored', ', patience=patience', ''),
        ('the best weights restored', 'patience=patience',
         'patience=patience, restore_best_weights=True'),
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
        ('early stopping by default', 'early_stopping=False',
         'early_stopping=True'),
        ('patience of 1 by default', 'patience=0', 'patience=1'),
        ('never stops', ' callbacks=callbacks,', ''),
        ('patience before early_stopping',
         'early_stopping=False, patience=0', 'patience=0, early_stopping=False'
         ),
    ],
    '7-train': UNCHECKED + [
        ('decay without validation data', 'if learning_rate_decay' + IF_VALID,
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
    '8-train': UNCHECKED + [
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
        ('loads nothing', 'network.load_weights(filename)', 'pass'),
        ('loads into another network', '', '''
import tensorflow.keras as K


def save_weights(network, filename, save_format='h5'):
    network.save_weights(filename)


def load_weights(network, filename):
    network = K.models.clone_model(network)
    network.load_weights(filename)
'''),
        ('load_weights returns the network', 'load_weights(filename)',
         'load_weights(filename)\n    return network'),
        ('save_weights returns the name', 'save_weights(filename)',
         'save_weights(filename)\n    return filename'),
        ('another ending of the file', 'save_weights(filename)',
         "save_weights(filename + '.weights.h5')"),
        ('save_format has to be given', "save_format='h5'", 'save_format'),
        ('no save_format', ", save_format='h5'", ''),
        ('save_format before filename', "filename, save_format='h5'",
         "save_format='h5', filename=None"),
        ('the weights as an array of NumPy', '', '''
import pickle


def save_weights(network, filename, save_format='h5'):
    with open(filename, 'wb') as file:
        pickle.dump(network.get_weights(), file)


def load_weights(network, filename):
    with open(filename, 'rb') as file:
        network.set_weights(pickle.load(file))
'''),
    ],
    '11-config': [
        ('the configuration as Python writes it',
         'file.write(network.to_json())',
         'file.write(str(network.get_config()))'),
        ('JSON within JSON', '', '''
import json

import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        json.dump(network.to_json(), file)


def load_config(filename):
    with open(filename) as file:
        return K.models.model_from_json(json.load(file))
'''),
        ('a configuration without its class', '', '''
import json

import tensorflow.keras as K


def save_config(network, filename):
    with open(filename, 'w') as file:
        json.dump(network.get_config(), file)


def load_config(filename):
    with open(filename) as file:
        return K.Sequential.from_config(json.load(file))
'''),
        ('the whole model', '', '''
import tensorflow.keras as K


def save_config(network, filename):
    K.models.save_model(network, filename + '.keras')
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    return K.models.load_model(filename + '.keras')
'''),
        ('the network pickled', '', '''
import pickle


def save_config(network, filename):
    with open(filename, 'wb') as file:
        pickle.dump(network, file)


def load_config(filename):
    with open(filename, 'rb') as file:
        return pickle.load(file)
'''),
        ('the network kept in memory', '', '''
def save_config(network, filename):
    global saved
    saved = network
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    return saved
'''),
        ('returns a dict', '', '''
import json


def save_config(network, filename):
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    with open(filename) as file:
        return json.load(file)
'''),
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
        ('a softmax of the softmax', '', '''
import tensorflow as tf


def predict(network, data, verbose=False):
    return tf.nn.softmax(network.predict(data, verbose=verbose))
'''),
    ],
}

RIGHT = {
    '0-sequential': [
        ('input_shape on the first layer', '''
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    reg = K.regularizers.l2(lambtha)
    model = K.models.Sequential()
    model.add(K.layers.Dense(layers[0], activations[0], input_shape=(nx,),
                             kernel_regularizer=reg))
    for n, act in zip(layers[1:], activations[1:]):
        model.add(K.layers.Dropout(rate=1 - keep_prob))
        model.add(K.layers.Dense(n, act, kernel_regularizer=reg))
    return model
'''),
        ('a list of layers, InputLayer first', '''
from tensorflow import keras


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Sequential model"""
    stack = [keras.layers.InputLayer((nx,))]
    for n, a in zip(layers, activations):
        stack += [
            keras.layers.Dense(
                units=n, activation=keras.activations.get(a),
                kernel_regularizer=keras.regularizers.L1L2(l2=lambtha)),
            keras.layers.Dropout(1 - keep_prob)]
    return keras.models.Sequential(stack[:-1])
'''),
        ('called once to build it, and its own regularizer', '''
import numpy as np
import tensorflow as tf


def dense(n, activation, lambtha):
    return tf.keras.layers.Dense(
        n, activation=activation,
        kernel_regularizer=lambda w: lambtha * tf.reduce_sum(w * w))


def build_model(nx, layers, activations, lambtha, keep_prob):
    model = tf.keras.Sequential(name='network')
    i = 0
    while i < len(layers):
        if i != 0:
            model.add(tf.keras.layers.Dropout(1 - keep_prob))
        model.add(dense(layers[i], activations[i], lambtha))
        i += 1
    model(np.zeros((1, nx), 'float32'))
    return model
'''),
    ],
    '1-input': [
        ('names imported one by one, recursion', '''
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.regularizers import L2


def stack(x, layers, activations, reg, rate):
    x = Dense(layers[0], activations[0], kernel_regularizer=reg)(x)
    if not layers[1:]:
        return x
    return stack(Dropout(rate)(x), layers[1:], activations[1:], reg, rate)


def build_model(nx, layers, activations, lambtha, keep_prob):
    inputs = Input((nx,))
    return Model(inputs=inputs, outputs=stack(
        inputs, layers, activations, L2(lambtha), 1 - keep_prob))
'''),
        ('K.models.Model, named', '''
import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """No Sequential here."""
    X = K.layers.Input(shape=[nx], name='x')
    L2 = K.regularizers.l2(l2=lambtha)
    out = K.layers.Dense(layers[0], activation=activations[0],
                         kernel_regularizer=L2)(X)
    for i in range(1, len(layers)):
        out = K.layers.Dropout(1 - keep_prob)(out)
        out = K.layers.Dense(layers[i], activation=activations[i],
                             kernel_regularizer=L2)(out)
    return K.models.Model(X, out, name='network')
'''),
    ],
    '2-optimize': [
        ('all by position, a loss object', '''
import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    opt = K.optimizers.Adam(alpha, beta1, beta2)
    network.compile(opt, K.losses.CategoricalCrossentropy(),
                    metrics=['acc'])
    return None
'''),
        ('a metric object', '''
from tensorflow import keras


def optimize_model(network, alpha, beta1, beta2):
    network.compile(
        loss=keras.losses.categorical_crossentropy,
        metrics=[keras.metrics.CategoricalAccuracy(name='accuracy')],
        optimizer=keras.optimizers.Adam(beta_2=beta2, beta_1=beta1,
                                        learning_rate=alpha))
'''),
        ('the older Adam where there is one', '''
import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    try:
        adam = K.optimizers.legacy.Adam(alpha, beta1, beta2)
    except (AttributeError, ImportError):
        adam = K.optimizers.Adam(alpha, beta1, beta2)
    network.compile(adam, 'categorical_crossentropy',
                    metrics=[K.metrics.CategoricalAccuracy()])
'''),
    ],
    '3-one_hot': [
        ('a tensor', '''
import tensorflow as tf


def one_hot(labels, classes=None):
    if classes is None:
        classes = int(tf.reduce_max(labels)) + 1
    return tf.one_hot(labels, classes)
'''),
        ('rows of the identity, of integers', '''
import numpy as np


def one_hot(labels, classes=None):
    if not classes:
        classes = labels.max() + 1
    return np.eye(classes, dtype=int)[labels]
'''),
        ('a loop', '''
import numpy as np


def one_hot(labels, classes=None):
    if classes is None:
        classes = int(np.amax(labels)) + 1
    matrix = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        matrix[row][label] = 1
    return matrix
'''),
        ('lists in a list', '''
def one_hot(labels, classes=None):
    n = classes if classes is not None else max(labels) + 1
    return [[1.0 if j == label else 0.0 for j in range(n)]
            for label in labels]
'''),
    ],
    '4-train': [
        ('all by position', '''
def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    history = network.fit(data, labels, batch_size, epochs, verbose,
                          shuffle=shuffle)
    return history
'''),
        ('numbers and an own helper', '''
def _flag(value):
    return 1 if value else 0


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    return network.fit(x=data, y=labels, epochs=epochs, shuffle=shuffle,
                       batch_size=batch_size, verbose=_flag(verbose),
                       callbacks=None)
'''),
        ('a line for each epoch, tensors', '''
import tensorflow as tf


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False, **others):
    options = dict(batch_size=batch_size, epochs=epochs, shuffle=shuffle,
                   verbose=2 if verbose else 0, **others)
    return network.fit(tf.constant(data), tf.constant(labels), **options)
'''),
    ],
    '5-train': [
        ('two calls of fit', '''
def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    if validation_data is None:
        return network.fit(data, labels, batch_size=batch_size,
                           epochs=epochs, verbose=verbose, shuffle=shuffle)
    x_valid, y_valid = validation_data
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       validation_data=[x_valid, y_valid], verbose=verbose,
                       shuffle=shuffle)
'''),
    ],
    '6-train': [
        ('None for no callbacks, a tuple for one', '''
from tensorflow.keras.callbacks import EarlyStopping


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    callbacks = None
    if validation_data and early_stopping:
        callbacks = (EarlyStopping(patience=patience, mode='min',
                                   verbose=0),)
    return network.fit(
        data, labels, batch_size, epochs, verbose=verbose, shuffle=shuffle,
        callbacks=list(callbacks) if callbacks else None,
        validation_data=validation_data)
'''),
    ],
    '7-train': [
        ('the other order, a schedule of two arguments', '''
import tensorflow as tf


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    calls = []
    if validation_data:
        if learning_rate_decay:
            def decay(epoch, lr):
                return alpha * (1 / (1 + epoch * decay_rate))
            calls += [tf.keras.callbacks.LearningRateScheduler(decay, True)]
        if early_stopping:
            calls += [tf.keras.callbacks.EarlyStopping('val_loss', 0,
                                                       patience)]
    return network.fit(data, labels, batch_size, epochs, verbose, calls,
                       validation_data=validation_data, shuffle=shuffle)
'''),
        ('an own class for the schedule', '''
import tensorflow.keras as K


class InverseTime:
    def __init__(self, alpha, rate):
        self.alpha, self.rate = alpha, rate

    def __call__(self, step):
        return float(self.alpha / (1.0 + self.rate * step))


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    stop = K.callbacks.EarlyStopping(monitor='val_loss', patience=patience)
    decay = K.callbacks.LearningRateScheduler(
        InverseTime(alpha, decay_rate), verbose=verbose)
    asked = [(early_stopping, stop), (learning_rate_decay, decay)]
    callbacks = [callback for wanted, callback in asked
                 if wanted and validation_data is not None]
    return network.fit(
        x=data, y=labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle, validation_data=validation_data,
        callbacks=callbacks)
'''),
    ],
    '8-train': [
        ('the checkpoint first, a lambda', '''
import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False,
                patience=0, learning_rate_decay=False, alpha=0.1,
                decay_rate=1, save_best=False, filepath=None,
                verbose=True, shuffle=False):
    cb = []
    if validation_data is not None:
        if save_best:
            cb.append(K.callbacks.ModelCheckpoint(filepath,
                                                  save_best_only=True))
        if learning_rate_decay:
            cb.append(K.callbacks.LearningRateScheduler(
                lambda e: alpha / (1 + decay_rate * e), verbose=1))
        if early_stopping:
            cb.append(K.callbacks.EarlyStopping(patience=patience))
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=verbose, callbacks=cb,
                       validation_data=validation_data, shuffle=shuffle)
'''),
        ('an own callback that saves', '''
from tensorflow import keras


class SaveBest(keras.callbacks.Callback):
    def __init__(self, path):
        super().__init__()
        self.path, self.best = path, float('inf')

    def on_epoch_end(self, epoch, logs=None):
        if logs['val_loss'] < self.best:
            self.best = logs['val_loss']
            self.model.save(self.path)


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False,
                patience=0, learning_rate_decay=False, alpha=0.1,
                decay_rate=1, save_best=False, filepath=None,
                verbose=True, shuffle=False):
    callbacks = []
    if validation_data is not None and early_stopping:
        callbacks.append(keras.callbacks.EarlyStopping(patience=patience))
    if validation_data is not None and learning_rate_decay:
        callbacks.append(keras.callbacks.LearningRateScheduler(
            lambda e, _: alpha / (1 + decay_rate * e), verbose=1))
    if validation_data is not None and save_best:
        callbacks.append(SaveBest(filepath))
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=verbose, callbacks=callbacks,
                       validation_data=validation_data, shuffle=shuffle)
'''),
    ],
    '9-model': [
        ('K.models.save_model', '''
import tensorflow.keras as K


def save_model(network, filename):
    K.models.save_model(network, filename, overwrite=True)
    return None


def load_model(filename):
    model = K.models.load_model(filename, compile=True)
    return model
'''),
    ],
    '10-weights': [
        ('save_format where Keras has it', '''
def save_weights(network, filename, save_format='keras'):
    try:
        network.save_weights(filename, save_format='h5')
    except TypeError:
        network.save_weights(filename, overwrite=True)
    return None


def load_weights(network, filename):
    network.load_weights(filename)
    return None
'''),
        ('HDF5 by hand', '''
import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as f:
        for i, w in enumerate(network.get_weights()):
            f[str(i)] = w


def load_weights(network, filename):
    with h5py.File(filename, 'r') as f:
        network.set_weights([f[str(i)][()] for i in range(len(f))])
'''),
    ],
    '11-config': [
        ('json.dump with spaces', '''
import json

from tensorflow.keras.models import model_from_json


def save_config(network, filename):
    config = json.loads(network.to_json())
    with open(filename, mode='w', encoding='utf-8') as f:
        json.dump(config, f, indent=4, sort_keys=True)


def load_config(filename):
    with open(filename, 'r') as f:
        network_string = f.read()
    network = model_from_json(network_string)
    return network
'''),
    ],
    '12-test': [
        ('a tuple', '''
def test_model(network, data, labels, verbose=True):
    loss, accuracy = network.evaluate(x=data, y=labels,
                                      verbose=2 if verbose else 0)
    return loss, accuracy
'''),
        ('an array, a dict before', '''
import numpy as np


def test_model(network, data, labels, verbose=True):
    result = network.evaluate(data, labels, 50, int(verbose),
                              return_dict=True)
    return np.array([result['loss'], result['accuracy']])
'''),
    ],
    '13-predict': [
        ('a tensor', '''
import tensorflow as tf


def predict(network, data, verbose=False):
    return tf.convert_to_tensor(network.predict(x=data,
                                                verbose=int(verbose)))
'''),
        ('lists in a list', '''
def predict(network, data, verbose=False):
    return network.predict(data, 32, verbose).tolist()
'''),
    ],
}


def texts():
    """Gives every variant.

    Yields:
        Tuples `(right, stem, name, text)`: whether the variant is right, its
        task's file, its name, and what is in the file.
    """
    for stem, plain in PLAIN.items():
        yield True, stem, 'plain', plain
        for name, text in RIGHT[stem]:
            yield True, stem, name, text
        for name, old, new in WRONG[stem]:
            if old and plain.count(old) != 1:
                raise ValueError(f'{stem}, {name}: {old!r} must be in the '
                                 'plain solution once.')
            yield False, stem, name, plain.replace(old, new) if old else new
