import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    reg = K.regularizers.l2(lambtha)
    network = K.Sequential([
        K.layers.Dense(layers[0], activations[0], kernel_regularizer=reg),
        K.layers.Dropout(1 - keep_prob),
        K.layers.Dense(layers[1], activations[1], kernel_regularizer=reg),
        K.layers.Dropout(1 - keep_prob),
        K.layers.Dense(layers[2], activations[2], kernel_regularizer=reg)])
    network.build((None, nx))
    return network
