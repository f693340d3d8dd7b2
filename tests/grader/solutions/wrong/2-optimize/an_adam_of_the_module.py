import tensorflow.keras as K

adam = K.optimizers.Adam()


def optimize_model(network, alpha, beta1, beta2):
    adam.learning_rate = alpha
    adam.beta_1 = beta1
    adam.beta_2 = beta2
    network.compile(adam, 'categorical_crossentropy', metrics=['accuracy'])
