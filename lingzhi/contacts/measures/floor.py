"""How soon help comes to agents who ask for it (举手求助)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Params
from lingzhi.contacts.models import RaisedHand
from lingzhi.core.clock import midnight
from lingzhi.core.measures import Cell, Measure, Place, Row


def _hands(first: date, last: date) -> QuerySet[RaisedHand]:
    """What was taken down again was not waited for."""
    return RaisedHand.objects.filter(
        raised_at__gte=midnight(first),
        raised_at__lt=midnight(last + timedelta(days=1)),
        lowered_at=None,
    )


def hand_cells(_params: Params, first: date, last: date) -> Iterator[Cell]:
    """Seconds until somebody came, by the asking agent; whom nobody came to is not known."""
    for hand in _hands(first, last):
        seconds = hand.answer_seconds
        yield Cell(
            timezone.localdate(hand.raised_at), hand.unit_id, hand.person_id, "",
            seconds or 0.0, int(seconds is not None), int(seconds is None),
        )  # fmt: skip


def hand_rows(_params: Params, place: Place, first: date, last: date) -> list[Row]:
    rows = _hands(first, last).select_related("person").order_by("-raised_at")
    if place.unit_path:
        rows = rows.filter(unit__path__startswith=place.unit_path)
    if place.agent_id is not None:
        rows = rows.filter(person=place.agent_id)
    return [
        Row(
            hand.person.name, reverse("contacts:floor"), hand.raised_at,
            hand.answer_seconds or 0.0, int(hand.answered_at is not None),
        )
        for hand in rows
    ]  # fmt: skip


MEASURES = [
    Measure(
        code="contacts.hand_seconds",
        label=_("Time until help comes"),
        numerator=_("seconds waited for help"),
        denominator=_("raised hands that were answered"),
        shape="mean",
        unit="seconds",
        cells=hand_cells,
        rows=hand_rows,
    )
]
