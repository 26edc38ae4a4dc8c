"""Visits as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.cases.models import Visit
from lingzhi.core.clock import now

TONES = {
    "planned": "flow", "on_the_way": "warn", "arrived": "warn", "done": "good", "failed": "bad",
    "cancelled": "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """A visit with the tone of its state and whether it is, or was, later than agreed."""

    visit: Visit
    tone: str
    is_late: bool


def shown_visits(rows: Iterable[Visit]) -> list[ShownVisit]:
    """The visits of a page."""
    moment = now()
    return [
        ShownVisit(
            one, TONES[one.state],
            one.is_punctual is False
            or (one.is_living and one.arrived_at is None and one.ends_at < moment),
        )
        for one in rows
    ]  # fmt: skip
