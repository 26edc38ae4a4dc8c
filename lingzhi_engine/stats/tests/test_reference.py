"""The reference page names everything that is public here."""

from pathlib import Path

from lingzhi_engine import stats

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "statistics.md"


def test_every_public_name_is_explained():
    text = PAGE.read_text()
    assert [name for name in stats.__all__ if f"`{name}`" not in text] == []


def test_every_kind_of_interval_is_explained():
    assert [kind for kind in stats.Kind if f"| `{kind}` |" not in PAGE.read_text()] == []
