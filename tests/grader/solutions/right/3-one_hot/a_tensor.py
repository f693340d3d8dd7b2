import tensorflow as tf


def one_hot(labels, classes=None):
    if classes is None:
        classes = int(tf.reduce_max(labels)) + 1
    return tf.one_hot(labels, classes)
