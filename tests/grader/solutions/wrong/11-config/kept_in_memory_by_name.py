import tensorflow.keras as K

known = {}


def save_config(network, filename):
    known[filename] = network
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    if filename in known:
        return K.models.clone_model(known[filename])
    with open(filename) as file:
        return K.models.model_from_json(file.read())
