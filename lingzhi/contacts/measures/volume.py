"""How much: contacts, contacts handled, per hour of handling, per agent at work (人均负荷)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import (
    Answer,
    Counter,
    Params,
    Table,
    midnight,
)
from lingzhi.contacts.measures.voice import OFFERED, answered
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place
from lingzhi.org.models import Presence
from lingzhi.org.queries import teams_on

HOUR = 3600
direction = Param("direction", _("direction"), "choice", choices=lambda: (
    ("in", _("inbound")), ("any", _("inbound and outbound")),
))  # fmt: skip
who = Param("who", _("agents counted"), "choice", choices=lambda: (
    ("active", _("who handled a contact that day")), ("on_duty", _("recorded on duty that day")),
))  # fmt: skip


def of_direction(params: Params) -> Q:
    """Inbound contacts, or all."""
    return Q(direction="in") if params["direction"] == "in" else Q()


def _counted(numerator: Any, denominator: Any = None, unknown: Any = None) -> Answer:
    above = np.asarray(numerator, np.float64)
    return Answer(
        above,
        np.zeros(len(above)) if denominator is None else np.asarray(denominator, np.float64),
        np.zeros(len(above), bool) if unknown is None else unknown,
    )


def number(_params: Params, table: Table) -> Answer:
    """One a contact."""
    return _counted(np.ones(len(table)))


def handled(_params: Params, table: Table) -> Answer:
    """Contacts an agent took; where a contact says nothing of it, its agent does."""
    taken, unknown = answered(table)
    named = np.array([place[1] is not None for place in table.places], bool)
    return _counted(taken | (unknown & named))


def handled_per_hour(_params: Params, table: Table) -> Answer:
    """Calls handled, and the hours of talk, hold and after-call work they took."""
    taken, unsure = answered(table)
    seconds = table.seconds("answered_at", "wrapped_up_at")
    known = taken & ~np.isnan(seconds)
    hours = np.where(known, seconds, 0.0) / HOUR
    return _counted(known, hours, (taken | unsure) & ~known)


_PER_HEAD = Counter(handled, OFFERED)


def per_head_cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """Contacts handled by each agent and day; one agent day at work below. Of no channel."""
    sums: dict[tuple[date, int], float] = defaultdict(float)
    units: dict[tuple[date, int], int | None] = {}
    for cell in _PER_HEAD.cells(params, first, last):
        if cell.agent_id is not None and cell.numerator:
            sums[cell.day, cell.agent_id] += cell.numerator
            units.setdefault((cell.day, cell.agent_id), cell.unit_id)
    if params["who"] == "on_duty":
        present = _on_duty(first, last)
        sums = {key: sums.get(key, 0.0) for key in present}
        units = present | units
    for (day, agent), handled_that_day in sums.items():
        yield Cell(day, units[day, agent], agent, "", handled_that_day, 1)


def _on_duty(first: date, last: date) -> dict[tuple[date, int], int | None]:
    """Who was recorded on duty on which day, and in which team."""
    zone = timezone.get_default_timezone()
    rows = Presence.objects.filter(
        kind=Presence.Kind.DUTY,
        withdrawn_at=None,
        from_at__lt=midnight(last + timedelta(days=1)),
        to_at__gt=midnight(first),
    )
    people: dict[date, set[int]] = defaultdict(set)
    for person, begin, end in rows.values_list("person_id", "from_at", "to_at"):
        day = max(first, begin.astimezone(zone).date())
        while day <= last and midnight(day) < end:
            people[day].add(person)
            day += timedelta(days=1)
    found: dict[tuple[date, int], int | None] = {}
    for day, present in people.items():
        teams = teams_on(day, present)
        for person in present:
            found[day, person] = teams[person].pk if person in teams else None
    return found


def per_head_rows(params: Params, place: Place, first: date, last: date) -> Any:
    """The contacts handled; agent days are not cases."""
    return _PER_HEAD.rows(params, Place(place.unit_path, place.agent_id), first, last)


def _measure(
    code: str, words: tuple[Any, Any, Any], shape: str, counter: Counter, *params: Param
) -> Measure:
    label, numerator, denominator = words
    return Measure(
        code=f"contacts.{code}",
        label=label,
        numerator=numerator,
        denominator=denominator,
        shape=shape,
        unit="items",
        cells=counter.cells,
        rows=counter.rows,
        params=params,
    )


def _voice(_params: Params) -> Q:
    return Q(channel__is_voice=True)


MEASURES = [
    _measure(
        "number",
        (_("Contacts"), _("contacts"), ""),
        "count",
        Counter(number, (), of_direction),
        direction,
    ),
    _measure(
        "handled",
        (_("Contacts handled"), _("contacts an agent took"), ""),
        "count",
        Counter(handled, OFFERED),
    ),
    _measure(
        "handled_per_hour",
        (_("Calls handled per hour"), _("calls handled"), _("hours of handling")),
        "rate",
        Counter(handled_per_hour, (*OFFERED, "wrapped_up_at"), _voice),
    ),
    Measure(
        code="contacts.per_head",
        label=_("Load per head"),
        numerator=_("contacts handled"),
        denominator=_("agent days at work"),
        shape="rate",
        unit="items",
        cells=per_head_cells,
        rows=per_head_rows,
        params=(who,),
    ),
]
