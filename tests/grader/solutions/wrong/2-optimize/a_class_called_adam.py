import tensorflow.keras as K


class Adam(K.optimizers.SGD):
    def __init__(self, learning_rate, beta_1, beta_2):
        super().__init__(learning_rate)
        self.beta_1, self.beta_2 = beta_1, beta_2

    def get_config(self):
        return {**K.optimizers.Adam(0.01).get_config(),
                'learning_rate': float(self.learning_rate),
                'beta_1': self.beta_1, 'beta_2': self.beta_2}


def optimize_model(network, alpha, beta1, beta2):
    network.compile(Adam(alpha, beta1, beta2), 'categorical_crossentropy',
                    metrics=['accuracy'])
