"""Solutions that differ from those in solutions/plain by a small edit.

Each module has the edits of a task: lists of tuples of a name, a text in the
plain solution, and what stands there instead. Those of `WRONG` are wrong,
those of `RIGHT` right. Those of `KERAS_2` are right on Keras 2 and wrong on
Keras 3, those of `KERAS_3` the other way round.
"""
