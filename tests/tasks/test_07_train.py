"""Task 7."""
import training

STEM = '7-train'


class TestTask7(training.Decays):
    """The sentences of this task, and of those before it."""
