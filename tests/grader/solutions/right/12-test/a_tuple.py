def test_model(network, data, labels, verbose=True):
    loss, accuracy = network.evaluate(x=data, y=labels,
                                      verbose=2 if verbose else 0)
    return loss, accuracy
