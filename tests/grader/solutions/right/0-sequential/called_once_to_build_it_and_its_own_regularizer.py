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
