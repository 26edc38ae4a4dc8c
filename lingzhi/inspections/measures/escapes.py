"""Escaped defects (漏检): what inspection had let pass and customers rightly complained about."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Params
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.escapes import inspected_upheld

Where = tuple[date, int | None, int | None, str]


def cells(_params: Params, first: date, last: date) -> Iterator[Cell]:
    """By the day of the conversation, its team, agent and channel."""
    zone = timezone.get_default_timezone()
    passed, judged = Counter[Where](), Counter[Where]()
    for one in inspected_upheld(first, last):
        at = one.contact.started_at
        if at is not None:
            place = (
                at.astimezone(zone).date(), one.unit_id, one.agent_id, one.contact.channel.code,
            )  # fmt: skip
            passed[place] += bool(one.is_passed)
            judged[place] += 1
    for place, number in judged.items():
        yield Cell(*place, float(passed[place]), float(number))


def rows(_params: Params, place: Place, first: date, last: date) -> list[Row]:
    """The scores behind."""
    return [_row(one) for one in inspected_upheld(first, last) if _lies_in(one, place)]


def _row(one: Review) -> Row:
    url = reverse("inspections:review", args=[one.pk])
    return Row(one.contact.external_id, url, one.contact.started_at, float(bool(one.is_passed)), 1)


def _lies_in(one: Review, place: Place) -> bool:
    path = one.unit.path if one.unit else ""
    return (
        path.startswith(place.unit_path)
        and place.agent_id in (None, one.agent_id)
        and place.channel in ("", one.contact.channel.code)
    )


MEASURES = [
    Measure(
        "inspections.escaped", _("Escaped defects"), _("had passed inspection"),
        _("inspected conversations with an upheld complaint"), "share", "percent", cells, rows,
    )
]  # fmt: skip
