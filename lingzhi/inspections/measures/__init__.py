"""What can be counted about inspection: rules kept, and scores given by people."""

from lingzhi.inspections.measures import escapes, items, kept, reviewing, scores
from lingzhi.inspections.measures.kept import cells, rows

MEASURES = [
    *kept.MEASURES,
    *scores.MEASURES,
    *items.MEASURES,
    *reviewing.MEASURES,
    *escapes.MEASURES,
]

__all__ = ["MEASURES", "cells", "rows"]
