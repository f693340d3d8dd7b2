"""Task 8."""
import training

STEM = '8-train'


class TestTask8(training.SavesBest):
    """The sentences of this task, and of those before it."""
