import numpy as np


def one_hot(labels, classes=None):
    if classes is None:
        classes = int(np.amax(labels)) + 1
    matrix = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        matrix[row][label] = 1
    return matrix
