import tensorflow as tf


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False, **others):
    options = dict(batch_size=batch_size, epochs=epochs, shuffle=shuffle,
                   verbose=2 if verbose else 0, **others)
    return network.fit(tf.constant(data), tf.constant(labels), **options)
