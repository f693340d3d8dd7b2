import tensorflow as tf


def predict(network, data, verbose=False):
    return tf.convert_to_tensor(network.predict(x=data,
                                                verbose=int(verbose)))
