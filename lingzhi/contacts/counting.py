"""Contacts column by column, what a measure says about each of them, and both as cells or rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight
from lingzhi.core.measures import Cell, Place, Row

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Params = Mapping[str, Any]
ALWAYS = ("pk", "started_at", "unit_id", "agent_id", "channel__code")


@dataclass(frozen=True, slots=True)
class Table:
    """The contacts of some days in the order of time: the columns asked for, one entry each."""

    rows: QuerySet[Contact]
    ids: list[int]
    days: list[date]
    places: list[tuple[int | None, int | None, str]]  # unit, agent, channel
    columns: dict[str, list[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def known(self, name: str) -> Bools:
        """Which contacts have a value in this column."""
        return np.array([value is not None for value in self.columns[name]], bool)

    def seconds(self, start: str, end: str) -> Floats:
        """From one time to another; NaN where either is not known, never less than zero."""
        return np.array(
            [
                max(0.0, (after - before).total_seconds()) if before and after else np.nan
                for before, after in zip(self.columns[start], self.columns[end], strict=True)
            ],
            np.float64,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """For each contact of a table what it adds to numerator and denominator.

    A contact that does not concern the measure adds nothing and is not unknown either.
    """

    numerator: Floats
    denominator: Floats
    unknown: Bools

    @property
    def concerned(self) -> Bools:
        return (self.numerator != 0) | (self.denominator != 0) | self.unknown


def share_of(among: Bools, hits: Bools, unknown: Bools) -> Answer:
    """`hits` among the contacts `among`, of which `unknown` cannot be told."""
    counted = among & ~unknown
    return Answer((counted & hits).astype(float), counted.astype(float), among & unknown)


def mean_of(among: Bools, values: Floats) -> Answer:
    """The mean of `values` of the contacts `among`; NaN is not known."""
    known = among & ~np.isnan(values)
    return Answer(np.where(known, values, 0.0), known.astype(float), among & ~known)


def within(among: Bools, values: Floats, limit: float) -> Answer:
    """The share of `among` whose value is at most `limit` (以内: the bound counts)."""
    return share_of(among, values <= limit, np.isnan(values))


Count = Callable[[Params, Table], Answer]


def contacts_of(place: Place, first: date, last: date) -> QuerySet[Contact]:
    """Published contacts that started on these days at a place, in the order of time."""
    rows = published().filter(
        started_at__gte=midnight(first), started_at__lt=midnight(last + timedelta(days=1))
    )
    if place.unit_path:
        rows = rows.filter(unit__path__startswith=place.unit_path)
    if place.agent_id is not None:
        rows = rows.filter(agent_id=place.agent_id)
    if place.channel:
        rows = rows.filter(channel__code=place.channel)
    return rows.order_by("started_at", "pk")


def table_of(rows: QuerySet[Contact], names: Sequence[str]) -> Table:
    """The columns `names` of `rows`, all of which have a start."""
    zone = timezone.get_default_timezone()
    found = list(rows.values_list(*ALWAYS, *names))
    columns = {name: [row[at] for row in found] for at, name in enumerate(names, start=len(ALWAYS))}
    return Table(
        rows,
        [row[0] for row in found],
        [row[1].astimezone(zone).date() for row in found],
        [(row[2], row[3], row[4]) for row in found],
        columns,
    )


def days_of(rows: QuerySet[Contact]) -> list[date]:
    """The days of the organisation's zone on which contacts started."""
    zone = timezone.get_default_timezone()
    dated = rows.order_by().filter(started_at__isnull=False)
    days = dated.annotate(started_on=TruncDate("started_at", tzinfo=zone))
    return sorted(set(days.values_list("started_on", flat=True)))


@dataclass(frozen=True, slots=True)
class Counter:
    """How a measure reads contacts: which of them, which columns, and what each one says."""

    count: Count
    columns: tuple[str, ...] = ()
    concerns: Callable[[Params], Q] = lambda _params: Q()

    def table(self, params: Params, place: Place, first: date, last: date) -> Table:
        rows = contacts_of(place, first, last).filter(self.concerns(params))
        return table_of(rows, self.columns)

    def cells(self, params: Params, first: date, last: date) -> Iterator[Cell]:
        """The sums by day, team, agent and channel."""
        table = self.table(params, Place(), first, last)
        answer = self.count(params, table)
        sums: dict[tuple[Any, ...], list[float]] = {}
        for at in np.flatnonzero(answer.concerned).tolist():
            cell = sums.setdefault((table.days[at], *table.places[at]), [0.0, 0.0, 0])
            cell[0] += float(answer.numerator[at])
            cell[1] += float(answer.denominator[at])
            cell[2] += int(answer.unknown[at])
        for (day, unit, agent, channel), (above, below, unknown) in sums.items():
            yield Cell(day, unit, agent, channel, above, below, int(unknown))

    def rows(self, params: Params, place: Place, first: date, last: date) -> "Cases":
        """The contacts behind, newest first."""
        table = self.table(params, place, first, last)
        answer = self.count(params, table)
        chosen = np.flatnonzero(answer.concerned)[::-1]
        return Cases(
            [table.ids[at] for at in chosen.tolist()],
            answer.numerator[chosen].tolist(),
            answer.denominator[chosen].tolist(),
        )


@dataclass(frozen=True, slots=True)
class Cases(Sequence[Row]):
    """Counted contacts; their words are read for the slice that is looked at."""

    ids: list[int]
    numerators: list[float]
    denominators: list[float]

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return self._rows(range(*at.indices(len(self.ids))))
        return self._rows([range(len(self.ids))[at]])[0]

    def _rows(self, places: Sequence[int]) -> list[Row]:
        wanted = [self.ids[at] for at in places]
        contacts = Contact.objects.select_related("channel", "agent").in_bulk(wanted)
        return [
            Row(
                _label(contacts[self.ids[at]]),
                reverse("contacts:detail", args=[self.ids[at]]),
                contacts[self.ids[at]].started_at,
                self.numerators[at],
                self.denominators[at],
            )
            for at in places
            if self.ids[at] in contacts
        ]


def _label(contact: Contact) -> str:
    who = contact.agent.name if contact.agent else contact.agent_reference
    return " · ".join(part for part in (contact.external_id, who, contact.channel.label) if part)
