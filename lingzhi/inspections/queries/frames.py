"""What a plan can choose from: conversations of its filters and of some days (抽样框).

Read by ids and columns alone, whatever their number.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.inspections.models import Inspection, Plan, Review, Task
from lingzhi.inspections.queries.periods import Period
from lingzhi.inspections.queries.signs import hit_by, is_problem, mask_of
from lingzhi.inspections.sampling import NOT, Floats, Frame, Ints

COLUMNS = (
    "pk", "unit_id", "agent_id", "channel__code", "started_at", "answered_at", "ended_at"
)  # fmt: skip
# Up to so many seconds a conversation is of one length, and from the last on of another.
LENGTHS = (60, 180, 300, 600)
HOURS = 4  # of a band of hours
# What sources write as the outcome of a call that was for somebody else, or for nobody.
MISDIALLED = ("打错", "拨错", "误拨", "错号", "骚扰", "无效", "misdial", "wrong number", "nuisance")
Stratum = Callable[[tuple[Any, ...]], Any]


def frame_rows(plan: Plan, period: Period) -> QuerySet[Contact]:
    """The conversations of a plan's filters on these days, whether inspected before or not."""
    filters = replace(
        Filters.from_json(plan.filters),
        unit=plan.unit_id,
        from_on=period.from_on,
        to_on=period.to_on,
    )
    return filters.apply(conversations(published())).order_by()


def choosable(plan: Plan, period: Period) -> QuerySet[Contact]:
    """Of these what may be drawn: nobody scored it or is to, and the plan does not leave it out."""
    rows = frame_rows(plan, period)
    held = Task.objects.filter(
        contact=OuterRef("pk"), is_repeat=False, state__in=[Task.State.OPEN, Task.State.DONE]
    )
    rows = rows.exclude(Exists(held)).exclude(Exists(Review.objects.filter(contact=OuterRef("pk"))))
    if "silent" in plan.leaves_out:
        heard = Turn.objects.filter(contact=OuterRef("pk"), role=Turn.Speaker.CUSTOMER)
        rows = rows.filter(Exists(heard))
    if "misdialled" in plan.leaves_out:
        said = Q(pk__in=[])
        for word in MISDIALLED:
            said |= Q(outcome__icontains=word)
        rows = rows.exclude(said)
    return rows


def frame_of(plan: Plan, period: Period) -> Frame:
    """What the plan chooses from on these days, with everything its draw looks at."""
    rows = choosable(plan, period)
    found = sorted(one for one in rows.values_list(*COLUMNS) if _is_long_enough(plan, one))
    ids = np.array([one[0] for one in found], np.int64)
    names, stratum = _strata(plan.strata, found)
    return Frame(
        ids=ids,
        stratum=stratum,
        must=_musts(plan.musts, rows, ids),
        agent=np.array([one[2] or 0 for one in found], np.int64),
        week=np.array([_week(one) for one in found], np.int64),
        weight=_weights(plan, rows, ids),
        nonhit=_nonhits(rows, ids) if plan.nonhit_ratio else np.zeros(len(ids), bool),
        strata=names,
        musts=tuple(plan.musts),
    )


def _is_long_enough(plan: Plan, one: tuple[Any, ...]) -> bool:
    """What is known to be shorter than the plan asks is left out; an unknown length is not."""
    seconds = _seconds(one)
    return seconds is None or seconds >= plan.shortest_seconds


def _seconds(one: tuple[Any, ...]) -> float | None:
    begin, end = one[5] or one[4], one[6]
    return (end - begin).total_seconds() if begin and end else None


def _local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_default_timezone())


def _week(one: tuple[Any, ...]) -> int:
    """The number of its week, from Monday on; 0 where no time is known."""
    return (_local(one[4]).toordinal() - 1) // 7 if one[4] else 0


def _hours(one: tuple[Any, ...]) -> int | str:
    return _local(one[4]).hour // HOURS * HOURS if one[4] else ""


def _length(one: tuple[Any, ...]) -> int | str:
    seconds = _seconds(one)
    return "" if seconds is None else sum(seconds >= limit for limit in LENGTHS)


STRATA: dict[str, Stratum] = {
    "team": lambda one: one[1] or "",
    "agent": lambda one: one[2] or "",
    "channel": lambda one: one[3],
    "hour": _hours,
    "length": _length,
}


def _strata(names: Sequence[str], found: Iterable[tuple[Any, ...]]) -> tuple[tuple[str, ...], Ints]:
    """Each stratum as `team:3/channel:phone`, and the place of each conversation's among them."""
    chosen = [(name, STRATA[name]) for name in names]
    places: dict[str, int] = {}
    codes = [
        places.setdefault("/".join(f"{name}:{of(one)}" for name, of in chosen), len(places))
        for one in found
    ]
    return tuple(places), np.array(codes, np.int64)


def _musts(musts: Sequence[str], rows: QuerySet[Contact], ids: Ints) -> Ints:
    """The first must-check that each conversation falls under."""
    found = np.full(len(ids), NOT, np.int64)
    for at, sign in enumerate(musts):
        found[(found == NOT) & mask_of(sign, rows, ids)] = at
    return found


def _weights(plan: Plan, rows: QuerySet[Contact], ids: Ints) -> Floats:
    """1, and more for each sign that the plan gives a weight."""
    found = np.ones(len(ids))
    if plan.method == Plan.Method.RISK:
        for sign, weight in plan.weights.items():
            found += weight * mask_of(sign, rows, ids)
    return found


def _nonhits(rows: QuerySet[Contact], ids: Ints) -> Any:
    """Judged by the rules, and none of those that find something bad hit."""
    judged = Inspection.objects.filter(contact__in=rows, is_latest=True)
    known = np.isin(ids, np.fromiter(judged.values_list("contact_id", flat=True), np.int64))
    hit = np.fromiter(hit_by(rows, is_problem).values_list("pk", flat=True), np.int64)
    return known & ~np.isin(ids, hit)
