"""Figures between the marks of a page of the reference."""

from __future__ import annotations

from pathlib import Path

BEGIN, END = "<!-- measured -->\n", "<!-- end -->\n"


def write_measured(page: Path, measured: str) -> None:
    """Puts ``measured`` between the marks of ``page``; ``ValueError`` where there are none."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}{measured}\n{END}{after}", encoding="utf-8")
