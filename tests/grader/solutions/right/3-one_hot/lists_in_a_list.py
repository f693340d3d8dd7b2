def one_hot(labels, classes=None):
    n = classes if classes is not None else max(labels) + 1
    return [[1.0 if j == label else 0.0 for j in range(n)]
            for label in labels]
