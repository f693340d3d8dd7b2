"""What the tests of the exam are written in."""
