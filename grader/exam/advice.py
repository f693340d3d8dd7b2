"""Advice on mistakes with a known way out, such as the names of Keras 2.

Each piece of advice has been followed to its end.
"""
import errno
import re

# What Keras 3 says about code that was right on Keras 2, and the advice.
ONLY_KERAS_2 = [
    ('must end in `.weights.h5`', "The course's main uses such a name. Keras "
     "3 asks for one that ends in '.weights.h5': save under that, and rename "
     'the file.'),
    ('when `max_shard_size` is', 'Keras 3 has no save_format here, and takes '
     'another argument in its place.'),
    ('`by_name` only supports', 'Keras 3 has by_name only for files of Keras '
     '2.'),
    ("argument 'save_format'", 'Keras 3 has no save_format here; it goes by '
     "the name, which must end in '.weights.h5' for weights."),
    ("attribute 'lr'", 'Keras 3 calls lr learning_rate.'),
    ('Expected `metrics` argument', "Keras 3 asks for a list, ['accuracy']."),
    ("to_categorical.* argument 'y'", "Keras 3 calls to_categorical's first "
     'argument x; give it by position.'),
    ("L[12].* argument 'l'", "Keras 3 calls l2's argument l2; give it by "
     'position.'),
    ('optimizers.legacy', 'Keras 3 has no optimizers.legacy.'),
    ("optimizers' .*'experimental'", 'Keras 3 has no '
     'optimizers.experimental.'),
    ("recognized: {'jit_compile'", "Keras 3's optimizers have no "
     'jit_compile.'),
    ("set_value.*'str' object has no attribute 'name'", 'On Keras 3 give the '
     'optimizer its learning_rate by an assignment.'),
    ('reduction=auto', "Keras 3 has no reduction 'auto'; leave it out."),
    ("argument 'sample_weight_mode'", "Keras 3's compile has no "
     'sample_weight_mode.'),
    ("to Dense: {'batch_(input_shape|size)'", "Keras 3 takes a first layer's "
     'input_shape alone, which leaves the number of rows out.'),
    ("to_categorical.* (argument 'dtype'|3 were given)", "Keras 3's "
     'to_categorical has no dtype; astype changes it afterwards.'),
    ("rgument.*'(workers|use_multiprocessing|max_queue_size)'", 'Keras 3 has '
     'no workers, use_multiprocessing and max_queue_size here.'),
    ("'(fit|evaluate|predict)_generator'", 'Keras 3 has fit, evaluate and '
     'predict alone, which take generators too.'),
    (r'found: \(\)', 'On Keras 3 no validation data is None, and not ().'),
    (r'`schedule` function should be a float. Got: \d*\.', 'Keras 3 asks for '
     "Python's float; a schedule object gives a tensor."),
    ("ModelCheckpoint.* argument '(period|options)'", "Keras 3's "
     'ModelCheckpoint has no period and no options.'),
    ("ProgbarLogger.* argument 'count_mode'", "Keras 3's ProgbarLogger has no "
     'count_mode.'),
    ("'tensorflow.keras' has no attribute 'saving'", 'Keras 3 has save_model '
     'and load_model in models.'),
    ("'model_from_config'", 'Keras 3 has no model_from_config; '
     'model_from_json takes the text.'),
    ("backend' has no attribute 'function'", 'Keras 3 has no '
     'backend.function; K.Model does that.'),
]
# Where Keras 3 says nothing: by what came of the call, and the source.
ONLY_KERAS_2_SOURCE = [
    ('learning.rate', r'\.lr *=[^=]', 'Keras 3 calls lr learning_rate; lr '
     'changes nothing.'),
    ("'accuracy'|NoneType|returned", r'\.metrics_names', "Keras 3's "
     'metrics_names are others: all metrics are one, compile_metrics.'),
    (r'loss_weights to \[', r'(?s)compile\((?!.*loss_weights)', "The third "
     "argument of Keras 3's compile is loss_weights; give metrics by name."),
]

WITH_KERAS_2 = (
    ' It works with Keras 2: TensorFlow 2.15, or `python -m grader grade '
    'FOLDER --keras2`.')
ONLY_KERAS_3 = (
    "has no attribute '(ops|random|tree|config|distribution|dtype_policies|"
    "PyDataset)'|No module named 'keras.(src|ops)|argument 'x'")


def on_error(error, lines, keras_3):
    """Returns the advice on an error, or ''.

    Args:
        error: exception.
        lines: str. The lines of code that it passed.
        keras_3: bool. Whether the code ran on Keras 3.
    """
    text = f'{lines} {error}'
    if isinstance(error, OSError) and error.errno == errno.EXDEV:
        return ('The temporary folder may be on another disk: `shutil.move` '
                'moves a file from there.')
    if isinstance(error, EOFError) and 'reading a line' in str(error):
        return 'A task file may not ask for input.'
    if isinstance(error, (SyntaxError, UnicodeDecodeError)) and re.search(
            "codec can't decode|unicode error|encoding declaration|Non-UTF-8",
            str(error)):
        return 'Save the file as UTF-8.'
    if "recognized: {'lr'" in text:
        return 'Keras calls lr learning_rate.'
    if keras_3:
        for pattern, advice in ONLY_KERAS_2:
            if re.search(pattern, text):
                return advice + WITH_KERAS_2
    elif re.search(ONLY_KERAS_3, text):
        return 'This name is new in Keras 3; the file may be right there.'
    return ''


def on_mistake(error, function):
    """Returns the advice on a common mistake of Python or of the task, or ''.

    Args:
        error: exception.
        function: str. The task's function that was called.
    """
    text = str(error)
    if isinstance(error, NameError) and "'K'" in text:
        return 'Write `import tensorflow.keras as K` at the top of the file.'
    if isinstance(error, RecursionError) and function[4:] == '_model':
        return (f'{function} calls itself; you want K.models.{function} or a '
                'method of the network.')
    if 'must end in `.weights.h5`' in text and not function.endswith(
            '_weights'):
        return ('save_weights saves the weights alone; this task asks for the '
                'whole model.')
    return ''


def on_result(text, source, keras_3):
    """Returns the advice on what came of a call, or ''."""
    if keras_3:
        for pattern, code, advice in ONLY_KERAS_2_SOURCE:
            if re.search(pattern, text) and re.search(code, source):
                return advice + WITH_KERAS_2
    elif ('learning rate' in text or 'learning_rate' in text) and re.search(
            r'[(\s,]lr=', source):
        return ('Keras 2 ignores lr, with only a warning; the name is '
                'learning_rate.')
    return ''
