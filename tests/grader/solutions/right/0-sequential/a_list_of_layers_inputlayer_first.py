from tensorflow import keras


def build_model(nx, layers, activations, lambtha, keep_prob):
    """Sequential model"""
    stack = [keras.layers.InputLayer((nx,))]
    for n, a in zip(layers, activations):
        stack += [
            keras.layers.Dense(
                units=n, activation=keras.activations.get(a),
                kernel_regularizer=keras.regularizers.L1L2(l2=lambtha)),
            keras.layers.Dropout(1 - keep_prob)]
    return keras.models.Sequential(stack[:-1])
