import tensorflow.keras as K


def build_model(nx, layers, activations, lambtha, keep_prob):
    reg = K.regularizers.l2(lambtha)
    model = K.models.Sequential()
    model.add(K.layers.Dense(layers[0], activations[0], input_shape=(nx,),
                             kernel_regularizer=reg))
    for n, act in zip(layers[1:], activations[1:]):
        model.add(K.layers.Dropout(rate=1 - keep_prob))
        model.add(K.layers.Dense(n, act, kernel_regularizer=reg))
    return model
