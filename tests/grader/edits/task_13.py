"""Edits of task 13."""
from tests.grader.edits.shared import WORKERS

WRONG = [
    ('small probabilities are zeros', 'return network.predict(data, '
     'verbose=verbose)', 'result = network.predict(data, verbose=verbose)\n'
     '    return result * (abs(result) > 1e-4)'),
    ('five thousand rows at most', 'predict(data,', 'predict(data[:5000],'),
    ('a list', 'verbose=verbose)\n', 'verbose=verbose).tolist()\n'),
    ('classes for probabilities', '=verbose)', '=verbose).argmax(axis=1)'),
    ('one-hot rows for probabilities', '=verbose)', '=verbose).round()'),
    ('rounded to a digit', '=verbose)', '=verbose).round(1)'),
    ('the first row alone', '=verbose)', '=verbose)[0]'),
    ('the highest probability alone', '=verbose)', '=verbose).max(axis=1)'
     ),
    ('the classes in the columns', '=verbose)', '=verbose).T'),
    ('verbose the other way round', '=verbose', '=not verbose'),
    ('verbose ignored', '=verbose', '=0'),
    ('verbose left to Keras', ', verbose=verbose', ''),
    ('prints by default', 'verbose=False', 'verbose=True'),
    ('no return', 'return ', ''),
    ('the network called, and verbose ignored',
     'network.predict(data, verbose=verbose)', 'network(data)'),
    ('the first thousand rows', '(data,', '(data[:1000],'),
    ('the first batch', '(data,', '(data[:32],'),
    ('no dimension of one', '=verbose)', '=verbose).squeeze()'),
    ('rounded to four digits', '=verbose)', '=verbose).round(4)'),
    ('as text', '=verbose)', '=verbose).astype(str)'),
    ('in half precision', '=verbose)', "=verbose).astype('float16')"),
    ('between zero and one', '=verbose)', '=verbose).clip(0, 1)'),
    ('never negative', 'network.predict(data, verbose=verbose)',
     'abs(network.predict(data, verbose=verbose))'),
    ('rows that sum to one', 'return network.predict(data, \
verbose=verbose)', '''result = network.predict(data, verbose=verbose)
    return result / result.sum(axis=1, keepdims=True)'''),
    ('the rows backwards', '=verbose)', '=verbose)[::-1]'),
    ('rows in the order of their sums', '(data,',
     '(data[data.sum(axis=1).argsort()],'),
    ('pixels scaled again', '(data,', '(data / 255,'),
    ('the data changed', '    return', '    data[0] = 0\n    return'),
    ('trained before', '    return', '''\
    network.fit(data, network.predict(data, verbose=0), verbose=0)
    return'''),
    ('a row less', '=verbose)', '=verbose)[:-1]'),
    ('a list of the batches', 'network.predict(data, verbose=verbose)',
     '[network.predict(data, verbose=verbose)]'),
    ('prints itself', '    return', "    print('predicting')\n    return"
     ),
]
RIGHT = [
    ('a row in a batch', 'verbose=verbose)\n',
     'batch_size=1, verbose=verbose)\n'),
    ('its own words', '    return network.predict(data, verbose=verbose)',
     '    if verbose:\n        print("predicting")\n'
     '    return network.predict(data, verbose=0)'),
    ('verbose by position', 'verbose=verbose', 'None, verbose'),
    ('double precision', '=verbose)', "=verbose).astype('float64')"),
    ('all in one batch', 'verbose=verbose',
     'len(data), verbose=verbose'),
]
KERAS_2 = WORKERS + [
    ('a generator', 'predict(data', 'predict_generator(data'),
]
