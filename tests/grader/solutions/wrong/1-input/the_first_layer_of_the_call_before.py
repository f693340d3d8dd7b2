import tensorflow.keras as K

first = {}


def build_model(nx, layers, activations, lambtha, keep_prob):
    key = nx, layers[0], activations[0], lambtha
    if key not in first:
        first[key] = K.layers.Dense(
            layers[0], activations[0],
            kernel_regularizer=K.regularizers.l2(lambtha))
    inputs = K.Input(shape=(nx,))
    x = first[key](inputs)
    for nodes, activation in zip(layers[1:], activations[1:]):
        x = K.layers.Dropout(1 - keep_prob)(x)
        x = K.layers.Dense(nodes, activation, kernel_regularizer=(
            K.regularizers.l2(lambtha)))(x)
    return K.Model(inputs, x)
