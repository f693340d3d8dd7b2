def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    if validation_data is None:
        return network.fit(data, labels, batch_size=batch_size,
                           epochs=epochs, verbose=verbose, shuffle=shuffle)
    x_valid, y_valid = validation_data
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       validation_data=[x_valid, y_valid], verbose=verbose,
                       shuffle=shuffle)
