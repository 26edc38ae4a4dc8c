"""Calls of a day by half hour, queue or team, counted by the very measures of the indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.counting import Answer, Bools, Table, table_of
from lingzhi.contacts.measures import phone, voice
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published, unanswered, visible_to
from lingzhi.core.clock import midnight
from lingzhi.org.models import Unit

COLUMNS = (*voice.ENDINGS, "queue", "started_at")
BY = {"half_hour", "queue", "unit"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum, its denominator, and how many calls say nothing of it."""

    above: float
    below: float
    unknown: int

    @property
    def value(self) -> float | None:
        return self.above / self.below if self.below else None


@dataclass(frozen=True, slots=True)
class Line:
    """The calls of one half hour, queue or team."""

    label: str
    calls: int
    answered: int
    given_up: int
    connected: Figure
    speed: Figure
    in_time: Figure
    abandoned: Figure

    @property
    def otherwise(self) -> int:
        """Neither answered nor known to be given up: the queue ended them, or nobody told."""
        return self.calls - self.answered - self.given_up


def day_table(user: User, day: date) -> Table:
    """The inbound calls of a day that the person reaches as who leads the floor.

    A call that nobody took is of the team of its queue. Where the queue has none, it counts for
    every team that took calls of it that day, else losses would be nobody's.
    """
    of_day = voice.calls_in({}) & Q(
        started_at__gte=midnight(day), started_at__lt=midnight(day + timedelta(days=1))
    )
    mine = visible_to(user, "contacts.floor").filter(of_day)
    queues = set(mine.exclude(queue="").order_by().values_list("queue", flat=True).distinct())
    lost = unanswered(published()).filter(of_day, unit=None, queue__in=queues)
    rows = Contact.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=lost.values("pk")))
    return table_of(rows.order_by("started_at", "pk"), COLUMNS)


def lines(table: Table, asked: Mapping[str, Any]) -> tuple[list[Line], Line]:
    """The lines in order, and all of them together. `asked`: by, start, limit."""
    answers = _answers(table, asked)
    keys = _keys(table, asked["by"])
    found = [
        _line(label, np.array([key == wanted for key in keys], bool), answers)
        for wanted, label in sorted(_labels(keys, asked["by"]).items(), key=lambda one: one[0])
    ]
    return found, _line(_("All"), np.ones(len(table), bool), answers)


def _answers(table: Table, asked: Mapping[str, Any]) -> dict[str, Answer]:
    params = {"start": asked["start"], "limit": asked["limit"], "abandons": "in"}
    return {
        "connected": voice.connected({}, table),
        "speed": voice.answer_seconds(params, table),
        "in_time": voice.answered_within_seconds(params, table),
        "abandoned": phone.abandoned({"of": "offered"}, table),
    }


def _keys(table: Table, by: str) -> Sequence[Any]:
    if by == "queue":
        return list(table.columns["queue"])
    if by == "unit":
        return [place[0] or 0 for place in table.places]
    zone = timezone.get_default_timezone()
    local = [at.astimezone(zone) for at in table.columns["started_at"]]
    return [at.hour * 2 + at.minute // 30 for at in local]


def _labels(keys: Sequence[Any], by: str) -> dict[Any, str]:
    if by == "queue":
        return {key: key or _("No queue") for key in keys}
    if by == "unit":
        names = dict(Unit.objects.filter(pk__in=set(keys)).values_list("pk", "name"))
        return {key: names.get(key) or _("No team") for key in keys}
    return {key: f"{key // 2:02}:{key % 2 * 30:02}" for key in keys}


def _line(label: str, chosen: Bools, answers: Mapping[str, Answer]) -> Line:
    figures = {
        name: Figure(
            float(one.numerator[chosen].sum()),
            float(one.denominator[chosen].sum()),
            int(one.unknown[chosen].sum()),
        )
        for name, one in answers.items()
    }
    answered, lost = figures["connected"].above, figures["abandoned"].above
    return Line(label, int(chosen.sum()), int(answered), int(lost), **figures)
