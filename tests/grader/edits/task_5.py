"""Edits of task 5."""

WRONG = [
    ('a look at one batch', 'verbose=verbose',
     'validation_steps=1, verbose=verbose'),
    ('no shuffling with validation data', '=shuffle)',
     '=shuffle and validation_data is None)'),
    ('a bar only without validation data', '=verbose',
     '=verbose and not validation_data'),
    ('a part held back if there is no validation data',
     'validation_data=validation_data,', 'validation_data=validation_data,\
 validation_split=0 if validation_data else 0.25,'),
    ('validates on the first rows alone',
     'validation_data=validation_data', 'validation_data=validation_data'
     ' and tuple(part[:8] for part in validation_data)'),
    ('validates after every second epoch', 'verbose=verbose',
     'validation_freq=2 if validation_data else 1, verbose=verbose'),
    ('labels and data of the validation exchanged',
     'validation_data=validation_data',
     'validation_data=validation_data and validation_data[::-1]'),
    ('shuffling by default', 'shuffle=False', 'shuffle=True'),
    ('validation_data ignored', 'validation_data=validation_data',
     'validation_data=None'),
    ('the training data to validate', 'validation_data=validation_data',
     'validation_data=validation_data and (data, labels)'),
    ('always validates', 'validation_data=validation_data',
     'validation_data=validation_data or (data, labels)'),
    ('a part held back to validate', 'validation_data=validation_data',
     'validation_split=0.2'),
    ('validation_data after shuffle',
     'validation_data=None, verbose=True, shuffle=False',
     'verbose=True, shuffle=False, validation_data=None'),
    ('validation_data has to be given', 'validation_data=None',
     'validation_data'),
]
RIGHT = [
    ('the validation in one batch', 'verbose=verbose',
     'validation_batch_size=64, verbose=verbose'),
    ('a list for a tuple', 'validation_data=validation_data',
     'validation_data=validation_data and list(validation_data)'),
]
