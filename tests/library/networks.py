"""A zoo of small networks, each of them compiled unlike the others.

`ZOO[name]()` gives a compiled network, its data and its labels.
"""
import numpy as np
import tensorflow.keras as K

ZOO = {}
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 4)).astype('float32')
DIGITS = RANDOM.integers(0, 3, 40)
Y = np.eye(3, dtype='float32')[DIGITS]
IMAGES = RANDOM.normal(size=(40, 6, 6, 1)).astype('float32')


def animal(build, name=None):
    """Puts a function that builds a network into the zoo."""
    ZOO[name or build.__name__] = build


def compiled(network, optimizer='adam', loss='categorical_crossentropy',
             metrics=('accuracy',), **settings):
    """Compiles a network, eagerly unless told otherwise: that is quicker."""
    settings.setdefault('run_eagerly', True)
    if isinstance(metrics, tuple):
        metrics = list(metrics)
    network.compile(optimizer, loss, metrics=metrics, **settings)
    return network


def dense(*settings, activation='softmax', **more):
    """Compiles a network of two layers."""
    return compiled(K.Sequential([
        K.Input((4,)), K.layers.Dense(5, activation='tanh'),
        K.layers.Dense(3, activation=activation)]), *settings, **more)


def stack(*layers, shape=(4,)):
    """Compiles a network of some layers and one that ends in classes."""
    return compiled(K.Sequential([
        K.Input(shape), *layers, K.layers.Dense(3, activation='softmax')]))


# Optimizers, with learning rate schedules, clipping, averages and decay.

schedules = K.optimizers.schedules
OPTIMIZERS = {
    'sgd_nesterov_exponential': ('SGD', dict(
        learning_rate=schedules.ExponentialDecay(0.1, 1, 0.9),
        momentum=0.9, nesterov=True)),
    'sgd_clipvalue': ('SGD', dict(learning_rate=0.2, clipvalue=0.01)),
    'sgd_averages': ('SGD', dict(
        learning_rate=0.2, use_ema=True, ema_momentum=0.5,
        ema_overwrite_frequency=3)),
    'adam_cosine_clipnorm': ('Adam', dict(
        learning_rate=schedules.CosineDecay(0.1, 6), clipnorm=0.1)),
    'adam_amsgrad': ('Adam', dict(
        learning_rate=0.02, beta_1=0.8, beta_2=0.9, amsgrad=True)),
    'adam_averages': ('Adam', dict(
        learning_rate=0.1, use_ema=True, ema_momentum=0.5)),
    'adamw_global_clipnorm': ('AdamW', dict(
        learning_rate=0.1, weight_decay=0.1, global_clipnorm=0.1)),
    'adamax_piecewise': ('Adamax', dict(
        learning_rate=schedules.PiecewiseConstantDecay(
            [1, 3], [0.1, 0.05, 0.01]))),
    'nadam_inverse_time': ('Nadam', dict(
        learning_rate=schedules.InverseTimeDecay(0.1, 1, 0.5))),
    'rmsprop_centered': ('RMSprop', dict(
        learning_rate=0.02, momentum=0.5, centered=True)),
    'adagrad': ('Adagrad', dict(
        learning_rate=0.2, initial_accumulator_value=0.3)),
    'adadelta': ('Adadelta', dict(learning_rate=1.0, rho=0.7)),
    'ftrl': ('Ftrl', dict(
        learning_rate=0.2, l1_regularization_strength=0.01)),
    'lion_decay': ('Lion', dict(learning_rate=0.02, weight_decay=0.1)),
    'adafactor': ('Adafactor', dict(learning_rate=0.1)),
    'lamb': ('Lamb', dict(learning_rate=0.05)),
    'schedule_free': ('ScheduleFreeAdamW', dict(learning_rate=0.05)),
}


for name, (kind, arguments) in OPTIMIZERS.items():
    if hasattr(K.optimizers, kind):  # Lamb, for one, is not in every version
        animal(lambda kind=kind, arguments=arguments: (
            dense(getattr(K.optimizers, kind)(**arguments)), X, Y), name)


@animal
def learning_rate_changed():
    network = dense('sgd')
    network.optimizer.learning_rate = 0.3
    return network, X, Y


# Losses.

@animal
def label_smoothing():
    return dense(loss=K.losses.CategoricalCrossentropy(
        label_smoothing=0.2)), X, Y


@animal
def huber():
    return dense(loss=K.losses.Huber(delta=0.1)), X, Y


@animal
def logits():
    return dense(loss=K.losses.CategoricalCrossentropy(from_logits=True),
                 activation=None), X, Y


@animal
def sparse_text():
    return dense(loss='sparse_categorical_crossentropy'), X, DIGITS


@animal
def sparse_logits():
    return dense(
        loss=K.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[K.metrics.SparseTopKCategoricalAccuracy(k=2)],
        activation=None), X, DIGITS


@animal
def focal():
    return dense(
        loss=K.losses.CategoricalFocalCrossentropy(gamma=3.0)), X, Y


@animal
def loss_sum():
    return dense(loss=K.losses.MeanSquaredError(reduction='sum')), X, Y


@animal
def loss_short():
    return dense('sgd', loss='mse', metrics=['mae', 'acc']), X, Y


@animal
def loss_function():
    return dense(loss=K.losses.categorical_crossentropy), X, Y


@K.utils.register_keras_serializable('zoo')
def fourth_power(y_true, y_pred):
    return (y_true - y_pred) ** 4


@animal
def loss_registered():
    return dense(loss=fourth_power, metrics=[fourth_power]), X, Y


# Metrics.

@animal
def top_k():
    return dense(metrics=[K.metrics.TopKCategoricalAccuracy(k=2)]), X, Y


@animal
def auc():
    return dense(metrics=['acc', K.metrics.AUC(num_thresholds=7)]), X, Y


@animal
def precision():
    return dense(metrics=[
        K.metrics.Precision(thresholds=0.3),
        K.metrics.Recall(class_id=1)]), X, Y


@animal
def named():
    return dense(metrics=[
        K.metrics.CategoricalAccuracy(name='right'),
        K.metrics.MeanSquaredError(name='far')]), X, Y


@animal
def metric_function():
    return dense(metrics=[K.metrics.categorical_accuracy]), X, Y


@animal
def weighted_metrics():
    return dense(metrics=['mse'], weighted_metrics=[
        'accuracy', K.metrics.TopKCategoricalAccuracy(k=2)]), X, Y


@animal
def no_metrics():
    return dense(metrics=None), X, Y


# Layers, inputs and outputs.

@animal
def lstm():
    return stack(K.layers.LSTM(4), shape=(6, 6)), IMAGES[..., 0], Y


@animal
def embedding():
    return stack(K.layers.Embedding(7, 3), K.layers.Flatten(),
                 shape=(5,)), RANDOM.integers(0, 7, (40, 5)), Y


@animal
def convolution():
    return stack(
        # Without a bias, of which the next layer would leave only noise.
        K.layers.Conv2D(2, 3, use_bias=False), K.layers.BatchNormalization(),
        K.layers.MaxPooling2D(), K.layers.Flatten(),
        shape=(6, 6, 1)), IMAGES, Y


@animal
def normalization():
    layer = K.layers.Normalization()
    layer.adapt(3 * X + 1)
    return stack(layer), 3 * X + 1, Y


@animal
def dropout():
    return stack(K.layers.Dense(8), K.layers.Dropout(0.5, seed=1)), X, Y


@animal
def frozen():
    network = stack(K.layers.Dense(6), K.layers.Dense(5, trainable=False),
                    K.layers.BatchNormalization(trainable=False))
    return network, X, Y


@animal
def shared():
    layer = K.layers.Dense(4, activation='tanh')
    inputs = K.Input((4,))
    outputs = K.layers.Dense(3, activation='softmax')(layer(layer(inputs)))
    return compiled(K.Model(inputs, outputs)), X, Y


@animal
def nested():
    return stack(K.Sequential([
        K.Input((4,)), K.layers.Dense(5, activation='tanh')]),
        K.layers.BatchNormalization()), X, Y


@animal
def two_inputs():
    inputs = [K.Input((4,), name='one'), K.Input((4,), name='two')]
    outputs = K.layers.Dense(3, activation='softmax')(
        K.layers.Concatenate()(inputs))
    return compiled(K.Model(inputs, outputs)), (X, X ** 2), Y


def two_outputs(loss, **settings):
    inputs = K.Input((4,))
    return compiled(K.Model(inputs, [
        K.layers.Dense(3, activation='softmax', name='digit')(inputs),
        K.layers.Dense(1, name='size')(inputs)]), 'adam', loss, **settings)


@animal
def outputs_by_name():
    return two_outputs(
        {'digit': 'categorical_crossentropy', 'size': K.losses.LogCosh()},
        metrics={'digit': ['accuracy'], 'size': ['mae']},
        loss_weights={'digit': 0.3, 'size': 2.0},
    ), X, {'digit': Y, 'size': X[:, :1]}


@animal
def outputs_in_order():
    return two_outputs(
        ['categorical_crossentropy', 'mse'],
        metrics=[[K.metrics.TopKCategoricalAccuracy(k=2)], ['mae']],
        loss_weights=[0.3, 2.0]), X, (Y, X[:, :1])


# Classes of one's own, and other settings.

@K.utils.register_keras_serializable('zoo')
class Scale(K.layers.Layer):
    """Multiplies by a weight."""

    def __init__(self, start=1.0, **kwargs):
        super().__init__(**kwargs)
        self.start = start

    def build(self, input_shape):
        """Adds the weight."""
        self.scale = self.add_weight(
            name='scale', shape=(), initializer=K.initializers.Constant(
                self.start))
        self.built = True

    def call(self, inputs):
        return inputs * self.scale

    def get_config(self):
        return {**super().get_config(), 'start': self.start}


@animal
def registered_layer():
    return stack(Scale(2.0)), X, Y


@K.utils.register_keras_serializable('zoo')
class Subclassed(K.Model):
    """A network written as a class."""

    def __init__(self, nodes=5, **kwargs):
        super().__init__(**kwargs)
        self.nodes = nodes
        self.hidden = K.layers.Dense(nodes, activation='tanh')
        self.top = K.layers.Dense(3, activation='softmax')

    def call(self, inputs):
        return self.top(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), 'nodes': self.nodes}


@animal
def subclassed():
    return compiled(Subclassed(6)), X, Y


@animal
def graph_without_jit():
    return dense(run_eagerly=False, jit_compile=False), X, Y


@animal
def two_steps_a_call():
    return dense(run_eagerly=False, steps_per_execution=2), X, Y


@animal
def never_trained():
    return dense(K.optimizers.SGD(0.2, momentum=0.9)), X, Y


@animal
def never_compiled():
    return K.Sequential([K.Input((4,)), K.layers.Dense(3)]), X, Y


if hasattr(K, 'ops'):  # Keras 3
    @animal
    def gradient_accumulation():
        return dense(K.optimizers.Adam(
            0.1, gradient_accumulation_steps=2)), X, Y
