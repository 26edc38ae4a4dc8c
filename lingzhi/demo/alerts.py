"""Limits of the demo centre: from when on its supervisors are told of what goes on."""

from lingzhi.demo.scores import holders
from lingzhi.inspections.models import AlertLimit
from lingzhi.inspections.queries.rules import judging_versions
from lingzhi.inspections.services.alerts import keep_limit, watch_alerts
from lingzhi.org.models import Unit

# What, yellow from, red from: seconds, or how many.
LIMITS = (
    ("wait", 20, 90), ("unanswered", 60, 180), ("length", 600, 1200), ("silent", 90, 300),
    ("finding", 1, 2), ("words", 1, 3),
)  # fmt: skip
WORDS = "投诉\n曝光\n12315\n律师"


def seed_alerts() -> None:
    """One set for the whole centre; what waits at its phones is over it."""
    unit = Unit.objects.filter(kind="centre").order_by("path").first()
    keepers = holders("quality_manager")
    if unit is None or not keepers or AlertLimit.objects.exists():
        return
    severe = [one.rule for one in judging_versions() if one.severity == "severe"]
    for kind, yellow, red in LIMITS:
        limit = AlertLimit(unit=unit, kind=kind, yellow=yellow, red=red)
        limit.words = WORDS if kind == "words" else ""
        keep_limit(limit, severe if kind == "finding" else [], by=keepers[0])
    watch_alerts()
