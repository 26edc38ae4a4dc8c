"""The tail is policed: long files and templates fail. ruff holds functions (PLR0915, C901)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE = 600
MAX_TEMPLATE = 200
# At most ten, each with its reason.
EXCEPTIONS: dict[str, str] = {}


def tracked(pattern: str) -> list[Path]:
    folders = [
        ROOT / name for name in ("lingzhi", "lingzhi_engine", "config", "tests", "benchmarks")
    ]
    return [path for folder in folders for path in folder.rglob(pattern)]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(pattern: str, limit: int) -> list[str]:
    found = {str(path.relative_to(ROOT)): lines(path) for path in tracked(pattern)}
    return [
        f"{name} ({length})"
        for name, length in found.items()
        if length > limit and "migrations" not in name and name not in EXCEPTIONS
    ]


def test_there_are_few_exceptions():
    assert len(EXCEPTIONS) <= 10


@pytest.mark.parametrize(("pattern", "limit"), [("*.py", MAX_FILE), ("*.html", MAX_TEMPLATE)])
def test_no_file_is_too_long(pattern, limit):
    assert too_long(pattern, limit) == []
