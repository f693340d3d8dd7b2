from tensorflow import keras


def optimize_model(network, alpha, beta1, beta2):
    network.compile(
        loss=keras.losses.categorical_crossentropy,
        metrics=[keras.metrics.CategoricalAccuracy(name='accuracy')],
        optimizer=keras.optimizers.Adam(beta_2=beta2, beta_1=beta1,
                                        learning_rate=alpha))
