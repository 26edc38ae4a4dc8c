"""How characters and words are read, by the list that comes with the engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lingzhi_engine.inspect.pattern.sounds import sounds

ROOT = Path(__file__).parents[3]


def test_all_characters_of_the_standard_are_there() -> None:
    assert len(sounds().first) == 6763
    assert sounds().usual.keys() == sounds().first.keys()
    assert sounds().usual["行"] == {"xing", "hang"}


@pytest.mark.parametrize(("word", "read"), [
    ("投诉", ["tou", "su"]),
    ("银行", ["yin", "hang"]),
    ("行李", ["xing", "li"]),
    ("去银行办", ["qu", "yin", "hang", "ban"]),
    ("女a行", ["nv", "", "xing"]),
])  # fmt: skip
def test_a_word_is_read_as_a_whole(word: str, read: list[str]) -> None:
    assert sounds().read(word) == read


def test_the_list_is_that_of_the_dictionary() -> None:
    """Made by another process, for the dictionary is large."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "list_sounds.py")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"same_file": true' in done.stdout
