"""Edits of task 12."""
from tests.grader.edits.shared import WORKERS

WRONG = [
    ('accuracy before loss', 'verbose=verbose)', 'verbose=verbose)[::-1]'),
    ('the loss alone', 'verbose=verbose)', 'verbose=verbose)[0]'),
    ('the accuracy alone', 'verbose=verbose)', 'verbose=verbose)[1]'),
    ('a dict', '=verbose)', '=verbose, return_dict=True)'),
    ('verbose the other way round', '=verbose', '=not verbose'),
    ('verbose ignored', ', verbose=verbose', ''),
    ('silent by default', 'verbose=True', 'verbose=False'),
    ('rounded', 'return network.evaluate(data, labels, verbose=verbose)',
     'result = network.evaluate(data, labels, verbose=verbose)\n'
     '    return [round(value, 1) for value in result]'),
    ('predicts', 'evaluate(data, labels', 'predict(data'),
    ('trains', 'return network', '''network.fit(data, labels, verbose=0)
    return network'''),
    ('no return', 'return ', ''),
    ('labels before data', 'data, labels, verbose=True',
     'labels, data, verbose=True'),
    ('the first thousand rows', '(data, labels,',
     '(data[:1000], labels[:1000],'),
    ('the first batch', '(data, labels,', '(data[:32], labels[:32],'),
    ('whole batches alone', '(data, labels,',
     '(data[:len(data) // 32 * 32], labels[:len(data) // 32 * 32],'),
    *[(name, 'return network.evaluate(data, labels, verbose=verbose)',
       'loss, accuracy = network.evaluate(data, labels, verbose=verbose)'
       f'\n    return {result}') for name, result in [
          ('rounded to three digits', 'round(loss, 3), round(accuracy, 3)'
           ), ('rounded to four digits',
               'round(loss, 4), round(accuracy, 4)'),
          ('as text', "f'{loss}', f'{accuracy}'"),
          ('accuracy in percent', 'loss, 100 * accuracy'),
          ('the errors for accuracy', 'loss, 1 - accuracy'),
          ('the loss without L2', 'loss - float(sum(network.losses)), '
           'accuracy'),
          ('the loss of a row in a hundred', 'loss / 100, accuracy'),
          ('as one text', "f'{loss} {accuracy}'"),
          ('the loss twice', 'loss, loss')]],
    ('compiled anew', '    return', '''\
    network.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
    return'''),
    ('prints itself', '    return', "    print('testing')\n    return"),
]
RIGHT = [
    ('verbose by position', 'verbose=verbose', 'None, verbose'),
    ('numbers of Python', 'return network.evaluate(data, labels, \
verbose=verbose)', '''result = network.evaluate(data, labels, \
verbose=verbose)
    return [float(value) for value in result]'''),
    ('batches of a hundred', 'verbose=verbose', '100, verbose=verbose'),
]
KERAS_2 = WORKERS + [
    ('metrics_names in a dict', 'return network.evaluate(data, labels, '
     'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    values = dict(zip(network.metrics_names, values))
    return values['loss'], values['accuracy']'''),
    ('metrics_names in a loop', 'return network.evaluate(data, labels, '
     'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    return [value for name, value in zip(network.metrics_names, values)
            if name in ('loss', 'accuracy')]'''),
    ('metrics_names and an index', 'return network.evaluate(data, labels, '
     'verbose=verbose)', '''values = network.evaluate(data, labels, \
verbose=verbose)
    return [values[network.metrics_names.index(name)]
            for name in ('loss', 'accuracy')]'''),
]
