result = None


def test_model(network, data, labels, verbose=True):
    global result
    new = network.evaluate(data, labels, verbose=verbose)
    result = result or new
    return result
