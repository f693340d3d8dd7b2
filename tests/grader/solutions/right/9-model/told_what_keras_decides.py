from tensorflow.keras.models import load_model as load
from tensorflow.keras.models import save_model as save


def save_model(network, filename):
    """Saves"""
    save(model=network, filepath=str(filename))


def load_model(filename):
    """Loads"""
    return load(filepath=str(filename), custom_objects={})
