def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    for _ in range(epochs):
        history = network.fit(data, labels, batch_size=batch_size,
                              verbose=verbose, shuffle=shuffle)
    return history
