def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    history = network.fit(data, labels, batch_size, epochs, verbose,
                          shuffle=shuffle)
    return history
