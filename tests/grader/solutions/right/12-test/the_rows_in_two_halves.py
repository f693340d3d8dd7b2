def test_model(network, data, labels, verbose=True):
    half = len(data) // 2
    first = network.evaluate(data[:half], labels[:half], verbose=verbose)
    second = network.evaluate(data[half:], labels[half:], verbose=verbose)
    return [(half * a + (len(data) - half) * b) / len(data)
            for a, b in zip(first, second)]
