import numpy as np

rows = np.zeros((1000, 100))


def one_hot(labels, classes=None):
    rows[:] = 0
    rows[np.arange(len(labels)), labels] = 1
    return rows[:len(labels), :classes or labels.max() + 1]
