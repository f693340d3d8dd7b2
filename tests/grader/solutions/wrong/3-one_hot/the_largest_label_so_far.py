import tensorflow.keras as K

most = 0


def one_hot(labels, classes=None):
    global most
    most = max(most, labels.max() + 1)
    return K.utils.to_categorical(labels, classes or most)
