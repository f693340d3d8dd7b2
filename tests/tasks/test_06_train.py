"""Task 6."""
import training

STEM = '6-train'


class TestTask6(training.StopsEarly):
    """The sentences of this task, and of those before it."""
