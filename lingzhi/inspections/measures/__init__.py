"""What can be counted about inspection: rules kept, and scores given by people."""

from lingzhi.inspections.measures import kept, reviewing, scores
from lingzhi.inspections.measures.kept import cells, rows

MEASURES = [*kept.MEASURES, *scores.MEASURES, *reviewing.MEASURES]

__all__ = ["MEASURES", "cells", "rows"]
