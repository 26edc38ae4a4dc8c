"""Tables of a regulation, row by row as lines of text."""

import re
from collections.abc import Sequence

BETWEEN = "｜"
_PERCENT_COLUMN = re.compile(r"[(（]\s*[%％]\s*[)）]|[%％]$|百分比")
_BARE = re.compile(r"\s*[≥≤<>]?\s*\d+(?:\.\d+)?\s*")


def row_texts(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line a row, its cells apart by ｜; a bare figure below a head with % gets its %.

    >>> row_texts([["指标", "目标（%）"], ["接通率", "≥95"]])
    ['指标｜目标（%）', '接通率｜≥95%']
    """
    if not rows:
        return []
    percents = {at for at, head in enumerate(rows[0]) if _PERCENT_COLUMN.search(head)}
    lines = [BETWEEN.join(cell.strip() for cell in rows[0])]
    for row in rows[1:]:
        cells = [
            f"{cell.strip()}%" if at in percents and _BARE.fullmatch(cell) else cell.strip()
            for at, cell in enumerate(row)
        ]
        lines.append(BETWEEN.join(cells))
    return [line for line in lines if line.strip(BETWEEN + " ")]
