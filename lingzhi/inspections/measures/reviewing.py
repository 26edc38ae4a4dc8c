"""How inspection itself is done: agreement, reviews an inspector and day, feedback in time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Answer, Cases, Counter, Params, Table
from lingzhi.core.clock import midnight, now
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place
from lingzhi.inspections.measures.scores import given, said_of
from lingzhi.inspections.models import Review, ReviewChange, Task

Answers = Mapping[str, Mapping[str, Any]]
State = Review.State


def _feedback(params: Params, table: Table) -> Answer:
    """Told within the hours after the score was given; one that may still be told is neither."""
    limit, moment = timedelta(hours=params["hours"]), now()
    found: dict[int, bool | None] = {}
    columns = ("contact_id", "scored_at", "released_at")
    for key, scored, told in given(table).values_list(*columns):
        if told is not None or moment > scored + limit:
            found[key] = told is not None and told <= scored + limit
    return said_of(table, found)


def _agreement(params: Params, table: Table) -> Answer:
    """Items that a re-check or a second score answers like the first one (质检一致率)."""
    alike: dict[int, float] = defaultdict(float)
    compared: dict[int, float] = defaultdict(float)
    for key, before, after in [*_rechecked(table), *_twice(table)]:
        items = before.keys() & after.keys()
        compared[key] += len(items)
        alike[key] += sum(_core(before[item]) == _core(after[item]) for item in items)
    above, below = (
        np.array([of.get(key, 0.0) for key in table.ids], np.float64) for of in (alike, compared)
    )
    return Answer(above, below, np.zeros(len(table), bool))


def _core(given_: Mapping[str, Any]) -> tuple[Any, bool]:
    return given_.get("value"), bool(given_.get("is_na"))


def _rechecked(table: Table) -> Iterator[tuple[int, Answers, Answers]]:
    """Each re-checked score: what was answered before and after."""
    rows = given(table).exclude(rechecked_at=None)
    changes = ReviewChange.objects.filter(review__in=rows, cause=ReviewChange.Cause.RECHECK)
    first = {
        review: answers
        for review, answers in changes.order_by("-pk").values_list("review_id", "answers")
    }
    for pk, contact, answers in rows.values_list("pk", "contact_id", "answers"):
        yield contact, first.get(pk, answers), answers


def _twice(table: Table) -> Iterator[tuple[int, Answers, Answers]]:
    """Each second score beside the first one on the same version of the sheet."""
    second = Review.objects.filter(
        contact__in=table.rows.order_by(), task__reason=Task.Reason.SECOND
    ).exclude(state=State.DRAFT)
    again = {
        (contact, version): answers
        for contact, version, answers in second.values_list("contact_id", "version_id", "answers")
    }
    if not again:
        return
    for contact, version, answers in given(table).values_list(
        "contact_id", "version_id", "answers"
    ):
        if (contact, version) in again:
            yield contact, answers, again[contact, version]


def _scored(place: Place, first: date, last: date) -> QuerySet[Review]:
    rows = Review.objects.exclude(state=State.DRAFT).filter(
        scored_at__gte=midnight(first), scored_at__lt=midnight(last + timedelta(days=1))
    )
    if place.agent_id is not None:
        rows = rows.filter(inspector=place.agent_id)
    if place.unit_path:
        rows = rows.filter(contact__unit__path__startswith=place.unit_path)
    if place.channel:
        rows = rows.filter(contact__channel__code=place.channel)
    return rows.order_by("-scored_at", "-pk")


def _work_cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """Reviews by the day they were given and by inspector; the day counts once, for its first
    team and channel, so that cells add up to inspector days."""
    zone = timezone.get_default_timezone()
    columns = ("scored_at", "contact__unit_id", "inspector_id", "contact__channel__code")
    counts: dict[tuple[Any, ...], int] = defaultdict(int)
    for scored, *where in _scored(Place(), first, last).values_list(*columns):
        counts[(scored.astimezone(zone).date(), *where)] += 1
    seen: set[tuple[date, int]] = set()
    for (day, unit, inspector, channel), number in sorted(counts.items(), key=_largest):
        is_first = (day, inspector) not in seen
        seen.add((day, inspector))
        yield Cell(day, unit, inspector, channel, float(number), float(is_first))


def _largest(one: tuple[tuple[Any, ...], int]) -> tuple[int, str]:
    return -one[1], str(one[0])


def _work_rows(params: Params, place: Place, first: date, last: date) -> Cases:
    ids = list(_scored(place, first, last).values_list("contact_id", flat=True))
    return Cases(ids, [1.0] * len(ids), [0.0] * len(ids))


_FEEDBACK, _AGREEMENT = Counter(_feedback), Counter(_agreement)
MEASURES = [
    Measure(
        code="inspections.feedback", label=_("Feedback in time"), numerator=_("told in time"),
        denominator=_("scores due to be told"), shape="share", unit="percent",
        cells=_FEEDBACK.cells, rows=_FEEDBACK.rows,
        params=(Param("hours", _("hours from the score"), "number", is_figure=True),),
    ),
    Measure(
        code="inspections.agreement", label=_("Agreement of inspectors"),
        numerator=_("items answered alike"), denominator=_("items answered twice"), shape="share",
        unit="percent", cells=_AGREEMENT.cells, rows=_AGREEMENT.rows,
    ),
    Measure(
        code="inspections.workload", label=_("Reviews an inspector and day"),
        numerator=_("reviews"), denominator=_("inspector days"), shape="rate", unit="items",
        cells=_work_cells, rows=_work_rows,
    ),
]  # fmt: skip
