def predict(network, data, verbose=False):
    return network.predict(data, verbose=verbose)
