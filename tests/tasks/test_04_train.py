"""Task 4."""
import training

STEM = '4-train'


class TestTask4(training.Trains):
    """The sentences of this task, and of those before it."""
