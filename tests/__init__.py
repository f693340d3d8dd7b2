"""The tests: of any folder of solutions, of this library, of the grader."""
