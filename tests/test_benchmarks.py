"""Every program of benchmarks/ starts, though one of them is named as a standard module is."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.material.pages import BEGIN, END, write_measured

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


def test_what_was_measured_stands_between_the_marks_of_its_page(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}old\n{END}behind\n", encoding="utf-8")
    write_measured(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}new\n{END}behind\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="unpack"):
        write_measured(page, "new")
