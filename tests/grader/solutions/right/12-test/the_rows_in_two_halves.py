def test_model(network, data, labels, verbose=True):
    half = max(len(data) // 2, 1)
    results = []
    for part in slice(0, half), slice(half, None):
        rows = len(data[part])
        if rows:
            results.append((rows, network.evaluate(
                data[part], labels[part], verbose=verbose)))
    return [sum(rows * pair[i] for rows, pair in results) / len(data)
            for i in range(2)]
