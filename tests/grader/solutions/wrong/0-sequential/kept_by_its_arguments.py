import tensorflow.keras as K

NETWORKS = {}


def build_model(nx, layers, activations, lambtha, keep_prob):
    key = nx, *layers, *activations, lambtha, keep_prob
    if key not in NETWORKS:
        network = NETWORKS[key] = K.Sequential()
        for i, nodes in enumerate(layers):
            if i:
                network.add(K.layers.Dropout(1 - keep_prob))
            network.add(K.layers.Dense(
                nodes, activations[i],
                kernel_regularizer=K.regularizers.l2(lambtha)))
        network.build((None, nx))
    return NETWORKS[key]
