import functools

import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """All layers first, and then what connects them."""
    dense = [K.layers.Dense(n, a, kernel_regularizer=K.regularizers.L2(
        lambtha)) for n, a in zip(layers, activations)]
    drop = [K.layers.Dropout(1 - keep_prob) for _ in layers[1:]]
    stack = [layer for pair in zip(dense, drop) for layer in pair]
    inputs = K.Input((nx,), dtype='float32')
    outputs = functools.reduce(lambda x, layer: layer(x), stack + dense[-1:],
                               inputs)
    return K.Model(inputs=inputs, outputs=outputs)
