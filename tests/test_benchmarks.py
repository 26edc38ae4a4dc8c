"""Every program of benchmarks/ starts, though one of them is named as a standard module is."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = sorted((ROOT / "benchmarks").glob("*.py"))
# As `python FILE` would, with the file's folder first on the path, but without measuring.
START = """
import runpy, sys
sys.path.insert(0, {folder!r})
runpy.run_path({path!r}, run_name="started")
import inspect
assert inspect.signature, "the standard module is hidden"
"""


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_starts(path: Path):
    code = START.format(folder=str(path.parent), path=str(path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
