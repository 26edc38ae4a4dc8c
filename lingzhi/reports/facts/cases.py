"""Facts about cases by the day they were registered, and about clocks by the day they began."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseType, Clock
from lingzhi.cases.models.clocks import ClockKind
from lingzhi.cases.models.types import CaseClass, Priority
from lingzhi.core.clock import midnight
from lingzhi.reports.facts.axes import PLACES, USUAL, listed
from lingzhi.reports.facts.contacts import class_of_customer, classes_of
from lingzhi.reports.facts.table import KEY, Amount, Axis, FactTable

Kind, Verdict = Case.Kind, Clock.Verdict
HAPPY = (Case.Satisfaction.SATISFIED, Case.Satisfaction.ACCEPTED)
TYPES = {KEY: pa.int64(), "type": pa.string(), "case_class": pa.string(), "priority": pa.int8()}


def _of_day(rows: QuerySet[Any], at: str, day: date) -> QuerySet[Any]:
    end = midnight(day + timedelta(days=1))
    return rows.filter(**{f"{at}__gte": midnight(day), f"{at}__lt": end}).order_by("pk")


def _digests(rows: QuerySet[Any], at: str, **sums: Any) -> Mapping[date, str]:
    """By day, how many rows began on it and what they add up to."""
    on = TruncDate(at, tzinfo=timezone.get_default_timezone())
    found = rows.order_by().annotate(on=on).values("on").annotate(n=Count("pk"), **sums)
    return {
        one["on"]: ".".join([str(one["n"]), *(str(one[name]) for name in sums)]) for one in found
    }


def case_versions() -> Mapping[date, str]:
    """Each change of a case counts its revision up."""
    return _digests(Case.objects.all(), "opened_at", revisions=Sum("revision"), last=Max("pk"))


def case_rows(day: date) -> Iterator[dict[str, Any]]:
    """The cases registered on a day; merged ones are worked on in another and are left out."""
    rows = _of_day(Case.objects.exclude(kind=Kind.MERGED), "opened_at", day)
    found = list(rows.select_related("type", "channel"))
    classes = classes_of(one.customer_id for one in found)
    for one in found:
        solved = (one.solved_at - one.opened_at).total_seconds() if one.solved_at else None
        yield {
            KEY: one.pk,
            **_places(one, one.opened_at),
            "segment": classes.get(one.customer_id),
            "through": one.opened_through or None,
            "number_above": 1.0,
            "complaints_above": float(one.type.code == "complaint"),
            "solved_above": float(one.is_over),
            "solved_below": 1.0,
            "time_above": max(0.0, solved) if solved is not None else 0.0,
            "time_below": float(solved is not None),
            "time_unknown": float(one.is_over and solved is None),
            "content_above": float(one.satisfaction in HAPPY),
            "content_below": float(one.satisfaction in (*HAPPY, Case.Satisfaction.OBJECTS)),
            "content_unknown": float(one.satisfaction == Case.Satisfaction.UNREACHED),
        }


def _places(case: Case, moment: Any) -> dict[str, Any]:
    return {
        "hour": timezone.localtime(moment).hour,
        "unit": case.unit_id,
        "agent": case.handler_id,
        "channel": case.channel.code if case.channel else None,
        "type": case.type.code,
        "case_class": case.case_class,
        "priority": case.priority,
    }


def limit_versions() -> Mapping[date, str]:
    """Clocks are begun, judged once, or called off; their case may move to another unit."""
    judged = Count("pk", filter=~Q(verdict=""))
    return _digests(
        Clock.objects.all(), "opened_at", judged=judged, moved=Sum("case__revision")
    )  # fmt: skip


def limit_rows(day: date) -> Iterator[dict[str, Any]]:
    """The clocks that began on a day. Those not judged yet are neither kept nor missed; those that
    were over before their limit came, and those called off, are no limits to keep.
    """
    rows = _of_day(Clock.objects.exclude(verdict=Verdict.CANCELLED), "opened_at", day)
    rows = rows.exclude(was_over_before=True).exclude(case__kind=Kind.MERGED)
    for one in rows.select_related("case__type", "case__channel"):
        is_judged = one.verdict in (Verdict.MET, Verdict.LATE)
        yield {
            KEY: one.pk,
            **_places(one.case, one.opened_at),
            "clock": one.kind,
            "number_above": 1.0,
            "kept_above": float(one.verdict == Verdict.MET),
            "kept_below": float(is_judged),
            "kept_unknown": float(not is_judged and one.state == Clock.State.ENDED),
        }


def _types(_values: Iterable[str | None]) -> dict[str, str]:
    return {one.code: str(one) for one in CaseType.objects.all()}


OF_CASES = (
    Axis("type", _("Case type"), "type", _types),
    Axis("case_class", _("Case class"), "case_class", listed(CaseClass.choices)),
    Axis("priority", _("Priority"), "priority", listed(Priority.choices)),
)
CASES = FactTable(
    code="cases",
    label=_("Service cases"),
    about=_("Every case by the day it was registered; who handles it now, and how it ended."),
    places={**PLACES, **TYPES, "segment": pa.string(), "through": pa.string()},
    axes=(
        *USUAL,
        *OF_CASES,
        class_of_customer(),
        Axis("through", _("Opened through"), "through", listed(Case.Through.choices)),
    ),
    amounts=(
        Amount("number", _("Service cases")),
        Amount("complaints", _("Complaints")),
        Amount("solved", _("Solved by now"), "share", "percent"),
        Amount("time", _("Time until solved"), "mean", "seconds"),
        Amount("content", _("Agree with the result"), "share", "percent"),
    ),
    versions=case_versions,
    rows=case_rows,
)
LIMITS = FactTable(
    code="limits",
    label=_("Time limits"),
    about=_("Every clock of a case by the day it began: kept or missed."),
    places={**PLACES, **TYPES, "clock": pa.string()},
    axes=(*USUAL, *OF_CASES, Axis("clock", _("Clock"), "clock", listed(ClockKind.choices))),
    amounts=(
        Amount("number", _("Clocks")),
        Amount("kept", _("Kept in time"), "share", "percent"),
    ),
    versions=limit_versions,
    rows=limit_rows,
)
