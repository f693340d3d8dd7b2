import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    made = {}
    x = inputs = K.Input(shape=(nx,))
    for i, nodes in enumerate(layers):
        if i:
            x = K.layers.Dropout(1 - keep_prob)(x)
        if (nodes, x.shape[-1]) not in made:
            made[nodes, x.shape[-1]] = K.layers.Dense(
                nodes, activations[i],
                kernel_regularizer=K.regularizers.l2(lambtha))
        x = made[nodes, x.shape[-1]](x)
    return K.Model(inputs, x)
