from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.regularizers import L2


def stack(x, layers, activations, reg, rate):
    x = Dense(layers[0], activations[0], kernel_regularizer=reg)(x)
    if not layers[1:]:
        return x
    return stack(Dropout(rate)(x), layers[1:], activations[1:], reg, rate)


def build_model(nx, layers, activations, lambtha, keep_prob):
    inputs = Input((nx,))
    return Model(inputs=inputs, outputs=stack(
        inputs, layers, activations, L2(lambtha), 1 - keep_prob))
