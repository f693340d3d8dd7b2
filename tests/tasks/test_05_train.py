"""Task 5."""
import training

STEM = '5-train'


class TestTask5(training.Validates):
    """The sentences of this task, and of those before it."""
