import tensorflow as tf


def predict(network, data, verbose=False):
    return tf.nn.softmax(network.predict(data, verbose=verbose))
