#!/usr/bin/env python3
"""Runs the fourteen mains in order, on the subset, in a temporary folder.

Stops at the first one that fails, with exit status 1.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
scripts = [here.parents[1] / 'examples' / 'data' / 'make_data.py',
           *(here / f'{task}-main.py' for task in range(14))]

with tempfile.TemporaryDirectory() as folder:
    for script in scripts:
        print(f'\n=== {script.name}', flush=True)
        status = subprocess.run([sys.executable, script], cwd=folder)
        if status.returncode:
            sys.exit(f'{script.name} failed: status {status.returncode}')
