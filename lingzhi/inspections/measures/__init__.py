"""What can be counted about inspection: rules kept, and scores given by people."""

from lingzhi.inspections.measures import escapes, grades, items, kept, reviewing, scores
from lingzhi.inspections.measures.kept import cells, rows

MODULES = (kept, scores, items, reviewing, escapes, grades)
MEASURES = [measure for module in MODULES for measure in module.MEASURES]

__all__ = ["MEASURES", "cells", "rows"]
