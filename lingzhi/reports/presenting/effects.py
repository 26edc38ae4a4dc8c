"""What was begun and what came of it, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.kpis.presenting.before_after import ShownBeforeAfter, shown_before_after
from lingzhi.org.queries import reach
from lingzhi.reports.models import Event
from lingzhi.reports.queries.effects import Happened, Judged

PAGES = {
    "rectification": "improvement:rectification", "rule": "surveys:rule", "plan": "surveys:plan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """A line: the event with its own page, and the figures."""

    happened: Happened
    kind: str
    units: str
    url: str
    shown: ShownBeforeAfter | None
    may_remove: bool


def shown_effects(rows: Sequence[Judged], reader: User) -> list[ShownEffect]:
    """In their order."""
    managed = reach(reader, "reports.manage")
    found = []
    for row in rows:
        one = row.happened
        may_remove = one.event is not None and managed.covers(one.units[0], None)
        found.append(
            ShownEffect(
                one, str(Event.Kind(one.kind).label), ", ".join(each.name for each in one.units),
                _url(one, reader),
                shown_before_after(row.found) if row.found else None, may_remove,
            )
        )  # fmt: skip
    return found


def _url(one: Happened, reader: User) -> str:
    """The own page, where this person gets it: a rule is only opened to change it."""
    is_closed = one.source == "rule" and not reader.can("surveys.manage")
    if one.source not in PAGES or is_closed:
        return ""
    return reverse(PAGES[one.source], args=[one.key])
