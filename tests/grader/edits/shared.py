"""Edits that several tasks have in common."""
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


L2 = [('l2 by the name of l', 'l2(lambtha)', 'l2(l=lambtha)')]


WORKERS = [(f'{name}, which Keras 3 has not', 'verbose=verbose',
            f'verbose=verbose, {name}={value}')
           for name, value in (('workers', 1), ('use_multiprocessing', False),
                               ('max_queue_size', 10))]
