import tensorflow.keras as K

network = K.Sequential()


def build_model(nx, layers, activations, lambtha, keep_prob):
    for i, nodes in enumerate(layers):
        if i:
            network.add(K.layers.Dropout(1 - keep_prob))
        network.add(K.layers.Dense(
            nodes, activations[i],
            kernel_regularizer=K.regularizers.l2(lambtha)))
    network.build((None, nx))
    return network
