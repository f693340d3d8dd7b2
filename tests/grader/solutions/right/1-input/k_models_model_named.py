import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    """No Sequential here."""
    X = K.layers.Input(shape=[nx], name='x')
    L2 = K.regularizers.l2(l2=lambtha)
    out = K.layers.Dense(layers[0], activation=activations[0],
                         kernel_regularizer=L2)(X)
    for i in range(1, len(layers)):
        out = K.layers.Dropout(1 - keep_prob)(out)
        out = K.layers.Dense(layers[i], activation=activations[i],
                             kernel_regularizer=L2)(out)
    return K.models.Model(X, out, name='network')
