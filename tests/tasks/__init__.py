"""The exam, one file for each task."""
