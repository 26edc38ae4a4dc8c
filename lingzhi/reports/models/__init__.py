"""Reports, their templates and readers; what analyses are made of and what is kept beside them."""

from lingzhi.reports.models.analyses import Event, FactFile, Pivot, Practice, WeakStep
from lingzhi.reports.models.layouts import Layout
from lingzhi.reports.models.reports import (
    SECTIONS,
    USUAL_READERS,
    USUAL_SECTIONS,
    Decision,
    Plan,
    Receipt,
    Report,
    WorkReport,
)

__all__ = [
    "SECTIONS",
    "USUAL_READERS",
    "USUAL_SECTIONS",
    "Decision",
    "Event",
    "FactFile",
    "Layout",
    "Pivot",
    "Plan",
    "Practice",
    "Receipt",
    "Report",
    "WeakStep",
    "WorkReport",
]
