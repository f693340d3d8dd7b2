def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    return network.fit(data, labels, batch_size, epochs, verbose, None, 0.0,
                       validation_data, shuffle)
