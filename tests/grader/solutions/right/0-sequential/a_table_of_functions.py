import tensorflow as tf

FUNCTIONS = {'relu': tf.nn.relu, 'tanh': tf.nn.tanh, 'softmax': tf.nn.softmax,
             'sigmoid': tf.nn.sigmoid}


def build_model(nx, layers, activations, lambtha, keep_prob):
    keras = tf.keras
    network = keras.Sequential()
    for number, (nodes, name) in enumerate(zip(layers, activations)):
        network.add(keras.layers.Dense(
            nodes, activation=FUNCTIONS.get(name, name),
            kernel_regularizer=keras.regularizers.L2(lambtha)))
        if number + 1 != len(layers):
            network.add(keras.layers.Dropout(1 - keep_prob))
    network.build(input_shape=(None, nx))
    return network
