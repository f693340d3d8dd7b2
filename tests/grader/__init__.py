"""How a folder of solutions is judged."""
