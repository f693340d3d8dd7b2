import tensorflow.keras as K


def save_model(network, filename):
    K.models.save_model(network, filename, overwrite=True)
    return None


def load_model(filename):
    model = K.models.load_model(filename, compile=True)
    return model
