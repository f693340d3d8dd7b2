import functools

import tensorflow.keras as K

adam = functools.lru_cache(maxsize=None)(K.optimizers.Adam)


def optimize_model(network, alpha, beta1, beta2):
    network.compile(adam(alpha, beta1, beta2), 'categorical_crossentropy',
                    metrics=['accuracy'])
