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
