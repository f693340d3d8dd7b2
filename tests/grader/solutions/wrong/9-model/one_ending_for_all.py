import tensorflow.keras as K


def save_model(network, filename):
    network.save(filename.replace('.h5', '.keras'))


def load_model(filename):
    return K.models.load_model(filename.replace('.h5', '.keras'))
