import tensorflow.keras as K


class Network(K.Model):
    def __init__(self, nx, layers, activations, lambtha, keep_prob):
        super().__init__()
        self.stack = []
        for i, nodes in enumerate(layers):
            if i:
                self.stack.append(K.layers.Dropout(1 - keep_prob))
            self.stack.append(K.layers.Dense(
                nodes, activations[i],
                kernel_regularizer=K.regularizers.l2(lambtha)))
        self.input_shape_told = (None, nx)

    def call(self, x, training=False):
        for layer in self.stack:
            x = layer(x)
        return x


def build_model(nx, layers, activations, lambtha, keep_prob):
    network = Network(nx, layers, activations, lambtha, keep_prob)
    network(K.Input((nx,)))
    return network
