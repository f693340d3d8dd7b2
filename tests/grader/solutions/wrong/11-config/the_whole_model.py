import tensorflow.keras as K


def save_config(network, filename):
    K.models.save_model(network, filename + '.keras')
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    return K.models.load_model(filename + '.keras')
