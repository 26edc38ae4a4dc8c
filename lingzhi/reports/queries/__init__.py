"""What a report says, as figures only."""

from lingzhi.reports.queries.reading import due, makers_of, readers_of, visible_to
from lingzhi.reports.queries.whole import facts_of
from lingzhi.reports.queries.work import work_of, work_reports_visible_to

__all__ = [
    "due",
    "facts_of",
    "makers_of",
    "readers_of",
    "visible_to",
    "work_of",
    "work_reports_visible_to",
]
