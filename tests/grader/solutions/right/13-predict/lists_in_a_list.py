def predict(network, data, verbose=False):
    return network.predict(data, 32, verbose).tolist()
