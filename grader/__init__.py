"""The grader: stubs to start from, a watch while you type, and grades."""
