import tensorflow.keras as K


def optimize_model(network, alpha, beta1, beta2):
    opt = K.optimizers.Adam(alpha, beta1, beta2)
    network.compile(opt, K.losses.CategoricalCrossentropy(),
                    metrics=['accuracy'])
    return None
