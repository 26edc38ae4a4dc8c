"""The stamp of files changes with them, and only then."""

import os
from pathlib import Path

import pytest

from lingzhi.core.stamps import stamp_of


@pytest.fixture
def files(tmp_path):
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text("1234")
        os.utime(tmp_path / name, ns=(5, 5))
    return tmp_path


def stamp(folder: Path):
    return stamp_of(folder.glob("*.yaml"))


def test_the_same_files_have_the_same_stamp(files):
    assert stamp(files) == stamp(files)
    assert stamp(files) == tuple((str(files / name), 5, 4) for name in ("a.yaml", "b.yaml"))


@pytest.mark.parametrize("change", ["size", "time", "new", "gone"])
def test_any_change_gives_another(files, change):
    before = stamp(files)
    if change == "size":
        (files / "a.yaml").write_text("12345")
        os.utime(files / "a.yaml", ns=(5, 5))
    elif change == "time":
        os.utime(files / "a.yaml", ns=(5, 6))
    elif change == "new":
        (files / "c.yaml").write_text("")
    else:
        (files / "a.yaml").unlink()
    assert stamp(files) != before


def test_a_file_that_went_meanwhile_is_left_out(files):
    assert stamp_of([files / "gone.yaml"]) == ()
