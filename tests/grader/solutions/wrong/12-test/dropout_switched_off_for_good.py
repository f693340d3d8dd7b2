import tensorflow.keras as K


def test_model(network, data, labels, verbose=True):
    for layer in network.layers:
        if isinstance(layer, K.layers.Dropout):
            layer.rate = 0.0
    return network.evaluate(data, labels, verbose=verbose)
