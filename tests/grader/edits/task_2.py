"""Edits of task 2."""

WRONG = [
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
]
RIGHT = [
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
]
KERAS_2 = [
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
]
