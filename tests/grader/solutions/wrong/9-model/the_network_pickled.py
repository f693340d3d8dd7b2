import pickle


def save_model(network, filename):
    with open(filename, 'wb') as file:
        pickle.dump((network.to_json(), network.get_weights()), file)


def load_model(filename):
    import tensorflow.keras as K
    with open(filename, 'rb') as file:
        config, weights = pickle.load(file)
    network = K.models.model_from_json(config)
    network.set_weights(weights)
    return network
