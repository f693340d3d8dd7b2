import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    try:
        adam = K.optimizers.legacy.Adam(alpha, beta1, beta2)
    except (AttributeError, ImportError):
        adam = K.optimizers.Adam(alpha, beta1, beta2)
    network.compile(adam, 'categorical_crossentropy',
                    metrics=[K.metrics.CategoricalAccuracy(name='accuracy')])
