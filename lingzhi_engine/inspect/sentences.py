"""Where the sentences of a turn begin and end."""

from __future__ import annotations

import re

MARKS = "。！？!?；;…"
_RUN = re.compile(f"[{MARKS}]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence: it ends behind a run of marks that is not the end itself."""
    ends = [run.end() for run in _RUN.finditer(text) if run.end() < len(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))
