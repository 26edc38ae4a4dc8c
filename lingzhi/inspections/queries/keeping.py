"""How often conversations kept what clauses demand, for many controls from one read.

A conversation broke a control if any of its rules found what must not be, or missed what must be.
It could not be judged if none did and one could not tell. Otherwise it kept the control, unless no
rule applied: then it is not counted at all. What counts is the latest judgement in which any of
the control's rules took part.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from django.utils import timezone

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters, published
from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.inspections.models import Inspection
from lingzhi.inspections.queries.demands import Column, DemandBook
from lingzhi.inspections.queries.holding import binds, is_company
from lingzhi.inspections.queries.verdicts import HIT, MISS, UNKNOWN, Letters

NOTHING, KEPT, BROKEN, UNSURE = range(4)
OUTCOMES = ("kept", "broken", "unknown")
CHUNK_DAYS = 7  # how many days are read at once
READ = (
    "contact_id", "snapshot_id", "verdicts", "contact__started_at", "contact__unit__path",
    "contact__channel__code",
)  # fmt: skip
Outcomes = npt.NDArray[np.uint8]
Cell = tuple[date, str, str]  # day, path of the unit, code of the channel


@dataclass(frozen=True, slots=True)
class _Read:
    """Judgements of some days: one row each, the earlier snapshots first."""

    contacts: npt.NDArray[np.int64]  # the place of the contact in `cells_of`
    lines: dict[int, tuple[npt.NDArray[np.int64], Letters]]  # snapshot: rows, letters
    cells_of: npt.NDArray[np.int64]  # of each contact the place of its cell
    cells: list[Cell]


def evidence_of(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding how often it was kept, broken or could not be judged, day by day."""
    book = DemandBook()
    demands = [book.demand(binding) for binding in bindings]
    different = {demand.key: demand for demand in demands}
    columns_of = {key: one.by_snapshot(book.snapshots) for key, one in different.items()}
    found: list[dict[date, Evidence]] = [{} for _binding in bindings]
    for start, end in _chunks(first, last):
        read = _read(start, end)
        counts = {key: _by_cell(read, columns) for key, columns in columns_of.items()}
        for days, binding, demand in zip(found, bindings, demands, strict=True):
            days.update(_of_binding(binding, read.cells, counts[demand.key]))
    return list(found)


def _chunks(first: date, last: date) -> Iterator[tuple[date, date]]:
    step = timedelta(days=CHUNK_DAYS)
    while first <= last:
        yield first, min(first + step - timedelta(days=1), last)
        first += step


def _read(first: date, last: date) -> _Read:
    contacts = Filters(from_on=first, to_on=last).apply(published())
    rows = Inspection.objects.filter(contact__in=contacts.order_by()).order_by("snapshot_id", "pk")
    places: dict[int, int] = {}
    cells: dict[Cell, int] = {}
    cells_of: list[int] = []
    of_row: list[int] = []
    lines: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for contact, snapshot, verdicts, at, path, channel in rows.values_list(*READ).iterator(5000):
        if contact not in places:
            places[contact] = len(places)
            cell = (timezone.localdate(at), path or "", channel)
            cells_of.append(cells.setdefault(cell, len(cells)))
        lines[snapshot].append((len(of_row), verdicts))
        of_row.append(places[contact])
    return _Read(
        np.array(of_row, np.int64),
        {snapshot: _matrix(several) for snapshot, several in sorted(lines.items())},
        np.array(cells_of, np.int64),
        list(cells),
    )


def _matrix(several: list[tuple[int, str]]) -> tuple[npt.NDArray[np.int64], Letters]:
    at, texts = zip(*several, strict=True)
    whole = np.frombuffer("".join(texts).encode("ascii"), np.uint8)
    return np.array(at, np.int64), whole.reshape(len(texts), -1)


def _by_cell(read: _Read, columns: dict[int, tuple[Column, ...]]) -> npt.NDArray[np.int64]:
    """For each cell how many conversations were nothing, kept, broken and unsure."""
    latest = np.zeros(len(read.cells_of), np.uint8)
    for snapshot, (rows, letters) in read.lines.items():
        if snapshot in columns:
            latest[read.contacts[rows]] = outcomes(letters, columns[snapshot])
    codes = read.cells_of * 4 + latest
    return np.bincount(codes, minlength=4 * len(read.cells)).reshape(-1, 4)


def outcomes(letters: Letters, columns: Sequence[Column]) -> Outcomes:
    """What each judgement says about a control that is judged by these columns."""
    found = np.zeros(len(letters), np.uint8)
    kept, broken, unsure = (np.zeros(len(letters), bool) for _outcome in range(3))
    for column in columns:
        said = letters[:, column.at]
        kept |= said == (HIT if column.is_credit else MISS)
        broken |= said == (MISS if column.is_credit else HIT)
        unsure |= said == UNKNOWN
    for outcome, where in ((KEPT, kept), (UNSURE, unsure), (BROKEN, broken)):
        found[where] = outcome
    return found


def _of_binding(
    binding: Binding, cells: Sequence[Cell], counts: npt.NDArray[np.int64]
) -> dict[date, Evidence]:
    days: dict[date, Evidence] = {}
    for (day, path, channel), (_nothing, kept, broken, unsure) in zip(
        cells, counts.tolist(), strict=True
    ):
        if kept + broken + unsure and binds(binding, path, channel):
            days[day] = days.get(day, Evidence()) + Evidence(kept, broken, unsure)
    return days


def contacts_that(
    outcome: str, binding: Binding, first: date | None, last: date | None
) -> QuerySet[Contact]:
    """The conversations behind a figure: those that kept or broke a control, or are unknown."""
    where = binding.over("unit__path")
    if is_company(binding):
        where |= Q(unit=None)
    rows = Filters(from_on=first, to_on=last).apply(published()).filter(where)
    if binding.channels:
        rows = rows.filter(channel__code__in=binding.channels)
    book = DemandBook()
    columns = book.demand(binding).by_snapshot(book.snapshots)
    judged = Inspection.objects.filter(contact=OuterRef("pk"), snapshot_id__in=list(columns))
    newest = judged.order_by("-snapshot_id", "-pk").values("pk")[:1]
    said = Inspection.objects.filter(_that(outcome, columns), pk=OuterRef("judged_by"))
    return rows.annotate(judged_by=Subquery(newest)).filter(Exists(said))


def _that(outcome: str, columns: dict[int, tuple[Column, ...]]) -> Q:
    """A filter of judgements by what they say about a control."""
    found = Q(pk__in=[])
    for snapshot, several in columns.items():
        found |= Q(_said(outcome, several), snapshot_id=snapshot)
    return found


def _said(outcome: str, columns: Sequence[Column]) -> Q:
    broken = _any(columns, "m", "h")
    unsure = _any(columns, "u", "u")
    if outcome == "broken":
        return broken
    if outcome == "unknown":
        return ~broken & unsure
    return ~broken & ~unsure & _any(columns, "h", "m")


def _any(columns: Sequence[Column], credit: str, other: str) -> Q:
    found = Q()
    for column in columns:
        letter: Any = credit if column.is_credit else other
        found |= Q(Exact(Substr("verdicts", column.at + 1, 1), letter))
    return found
