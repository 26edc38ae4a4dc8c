"""What can be counted about complaints (K14–K19): each says which complaints stand in which number.

A complaint whose answer is not known yet stands in neither number but among the unknown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Blame, Case, Clock, ClockKind, Complaint
from lingzhi.contacts.counting import Params, contacts_of
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row

NOT_TAKEN_UP = ("refused", "withdrawn")
COLUMNS = ("case__unit_id", "case__handler_id", "case__channel__code")


class Fact(NamedTuple):
    """What one complaint adds: numerator, denominator, or 1 unknown."""

    complaint: Complaint
    at: datetime
    above: float
    below: float
    unknown: int = 0


Counting = Callable[[Params, date, date], Iterator[Fact]]


def _within(name: str, first: date, last: date) -> Q:
    """Whether the moment `name` lies on one of these days."""
    after = midnight(last + timedelta(days=1))
    return Q(**{f"{name}__gte": midnight(first), f"{name}__lt": after})


def _complaints(name: str, first: date, last: date) -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(_within(name, first, last)).order_by(f"-{name}")
    return rows.select_related("case__unit", "case__channel")


def solved(_params: Params, first: date, last: date) -> Iterator[Fact]:
    """Of those taken up on these days, the ones that were solved."""
    for one in _complaints("case__opened_at", first, last).exclude(case__state__in=NOT_TAKEN_UP):
        yield Fact(one, one.case.opened_at, float(one.case.is_over), 1.0)


def in_time(_params: Params, first: date, last: date) -> Iterator[Fact]:
    """Of those closed, the ones whose handling kept every limit it had."""
    rows = _complaints("case__closed_at", first, last)
    kept = Clock.objects.filter(case=OuterRef("pk"), kind=ClockKind.RESOLUTION)
    rows = rows.annotate(
        is_late=Exists(kept.filter(verdict="late")), is_met=Exists(kept.filter(verdict="met"))
    )
    for one in rows:
        known = one.is_late or one.is_met
        above = float(one.is_met and not one.is_late)
        yield Fact(one, _closed(one), above, float(known), int(not known))


def handling_seconds(_params: Params, first: date, last: date) -> Iterator[Fact]:
    """From taking it in to closing it."""
    for one in _complaints("case__closed_at", first, last):
        yield Fact(one, _closed(one), (_closed(one) - one.case.opened_at).total_seconds(), 1.0)


def satisfied(params: Params, first: date, last: date) -> Iterator[Fact]:
    """Of those closed, the satisfied ones: with the outcome, or with the handling."""
    for one in _complaints("case__closed_at", first, last):
        said = one.case.satisfaction if params["about"] == "outcome" else one.handling_satisfaction
        yield Fact(one, _closed(one), float(said == "satisfied"), float(bool(said)), int(not said))


def at_fault(_params: Params, first: date, last: date) -> Iterator[Fact]:
    """Of those decided, the ones for which somebody here was at fault (有责投诉)."""
    blames = Blame.objects.filter(complaint=OuterRef("pk"))
    rows = _complaints("decided_at", first, last).annotate(
        has_fault=Exists(blames.filter(is_at_fault=True)),
        has_open=Exists(blames.filter(is_at_fault=None)),
    )
    for one in rows:
        known = one.has_fault or not one.has_open
        assert one.decided_at is not None
        yield Fact(one, one.decided_at, float(one.has_fault), float(known), int(not known))


def clocks_kept(_params: Params, first: date, last: date) -> Iterator[Fact]:
    """Every limit of complaints that was judged on these days."""
    clocks = Clock.objects.filter(
        _within("judged_at", first, last), case__complaint__isnull=False,
        verdict__in=("met", "late"),
    ).select_related("case__complaint", "case__unit", "case__channel")  # fmt: skip
    for clock in clocks.order_by("-judged_at"):
        complaint = clock.case.complaint
        complaint.case = clock.case
        assert clock.judged_at is not None
        yield Fact(complaint, clock.judged_at, float(clock.verdict == "met"), 1.0)


def _closed(one: Complaint) -> datetime:
    assert one.case.closed_at is not None
    return one.case.closed_at


def _cells(count: Counting) -> Callable[[Params, date, date], Iterator[Cell]]:
    def cells(params: Params, first: date, last: date) -> Iterator[Cell]:
        zone = timezone.get_default_timezone()
        sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
        for fact in count(params, first, last):
            case = fact.complaint.case
            channel = case.channel.code if case.channel else ""
            day = fact.at.astimezone(zone).date()
            cell = sums[(day, case.unit_id, case.handler_id, channel)]
            for at, number in enumerate(fact[2:]):
                cell[at] += number
        for (when, unit, agent, code), (above, below, unknown) in sums.items():
            yield Cell(when, unit, agent, code, above, below, int(unknown))

    return cells


def _rows(count: Counting) -> Callable[[Params, Place, date, date], list[Row]]:
    def rows(params: Params, place: Place, first: date, last: date) -> list[Row]:
        found = (one for one in count(params, first, last) if _lies_in(one.complaint.case, place))
        return [
            Row(f"{one.complaint.case.number} {one.complaint.case.title}", _url(one.complaint.pk),
                one.at, one.above, one.below)
            for one in found
        ]  # fmt: skip

    return rows


def _lies_in(case: Case, place: Place) -> bool:
    code = case.channel.code if case.channel else ""
    return (
        case.unit.path.startswith(place.unit_path)
        and place.agent_id in (None, case.handler_id)
        and place.channel in ("", code)
    )


def _url(pk: int) -> str:
    return reverse("cases:complaint", args=[pk])


def _of_contacts(place: Place, first: date, last: date) -> QuerySet[Contact]:
    complained = Complaint.objects.filter(case__contact=OuterRef("pk"))
    return contacts_of(place, first, last).annotate(led=Exists(complained))


def complained_cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """Complaints among conversations, or among cases, of these days: counted in the database."""
    zone = timezone.get_default_timezone()
    if params["per"] == "customer":
        yield from _by_customer(first, last)
        return
    if params["per"] == "conversation":
        rows, day, hit = _of_contacts(Place(), first, last), "started_at", Q(led=True)
        rows = rows.exclude(turn_count=0, answered_at=None)  # a call that nobody answered is none
        keys = ["unit_id", "agent_id", "channel__code"]
    else:
        rows, day = Case.objects.filter(_within("opened_at", first, last)), "opened_at"  # type: ignore[assignment]
        keys, hit = ["unit_id", "handler_id", "channel__code"], Q(complaint__isnull=False)
    dated = rows.order_by().annotate(day=TruncDate(day, tzinfo=zone)).values_list("day", *keys)
    counted = dated.annotate(led_to=Count("pk", filter=hit), number=Count("pk"))
    for when, unit, agent, channel, above, below in counted:
        yield Cell(when, unit, agent, channel or "", above, below)


def _by_customer(first: date, last: date) -> Iterator[Cell]:
    """Each customer once a day, where the first contact of the day was; nobody knows who is behind
    a contact without a customer.
    """
    zone = timezone.get_default_timezone()
    dated = _of_contacts(Place(), first, last).annotate(day=TruncDate("started_at", tzinfo=zone))
    found: dict[tuple[date, int], list[Any]] = {}
    untold: dict[tuple[Any, ...], int] = defaultdict(int)
    rows = dated.values_list("day", "customer_id", "unit_id", "agent_id", "channel__code", "led")
    for day, customer, *place, led in rows.iterator(chunk_size=5000):
        if customer is None:
            untold[(day, *place)] += 1
        else:
            known = found.setdefault((day, customer), [place, False])
            known[1] = known[1] or led
    for (when, _customer), ((unit, agent, channel), led) in found.items():
        untold_there = untold.pop((when, unit, agent, channel), 0)
        yield Cell(when, unit, agent, channel, float(led), 1.0, untold_there)
    for (when, unit, agent, channel), number in untold.items():
        yield Cell(when, unit, agent, channel, 0.0, 0.0, number)


def complained_rows(_params: Params, place: Place, first: date, last: date) -> list[Row]:
    """The complaints behind, newest first."""
    rows = _complaints("case__opened_at", first, last)
    return [
        Row(f"{one.case.number} {one.case.title}", _url(one.pk), one.case.opened_at, 1.0, 1.0)
        for one in rows
        if _lies_in(one.case, place)
    ]


def _measure(code: str, words: tuple[Any, Any, Any], shape: str, count: Counting,
             *params: Param) -> Measure:  # fmt: skip
    label, numerator, denominator = words
    unit = "percent" if shape == "share" else "seconds"
    return Measure(f"cases.{code}", label, numerator, denominator, shape, unit,
                   _cells(count), _rows(count), params, 0)  # fmt: skip


PER = Param("per", _("counted by"), "choice", choices=lambda: (
    ("conversation", _("conversation")), ("case", _("case")),
    ("customer", _("customer, each once a day")),
))  # fmt: skip
ABOUT = Param("about", _("satisfied with"), "choice", choices=lambda: (
    ("outcome", _("the outcome")), ("handling", _("the handling")),
))  # fmt: skip
CLOSED = _("complaints closed")
MEASURES = [
    Measure(
        "cases.complained", _("Complaints"), _("led to a complaint"),
        _("conversations, cases or customers"),
        "share", "percent", complained_cells, complained_rows, (PER,),
    ),
    _measure("complaints_solved", (_("Complaints solved"), _("solved"), _("taken up")), "share",
             solved),
    _measure("complaints_in_time", (_("Complaints in time"), _("within the limit"), CLOSED),
             "share", in_time),
    _measure("complaint_seconds", (_("Time of handling a complaint"), _("seconds"), CLOSED),
             "mean", handling_seconds),
    _measure("complaint_satisfied",
             (_("Satisfied complainants"), _("satisfied"), _("who answered")), "share", satisfied,
             ABOUT),
    _measure("complaint_clocks", (_("Limits of complaints kept"), _("kept"), _("judged")),
             "share", clocks_kept),
    _measure("complaint_fault", (_("Complaints with fault"), _("with fault"), _("decided")),
             "share", at_fault),
]  # fmt: skip
