import tensorflow.keras as K


def save_model(network, filename):
    global config, weights, optimizer
    network.save(filename)
    config, weights = network.to_json(), network.get_weights()
    optimizer = network.optimizer.get_config()


def load_model(filename):
    network = K.models.model_from_json(config)
    network.set_weights(weights)
    network.compile(K.optimizers.Adam.from_config(optimizer),
                    'categorical_crossentropy', metrics=['accuracy'])
    return network
