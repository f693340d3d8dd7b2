import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    network = K.Sequential()
    last = len(layers) - 1
    for i in range(len(layers)):
        network.add(K.layers.Dense(
            layers[i], activation=activations[i],
            kernel_regularizer=K.regularizers.l2(lambtha)))
        if i < last:
            network.add(K.layers.Dropout(1 - keep_prob))
    network.build((None, nx))
    return network
