"""Timeliness of cases: limits kept, time to the first answer, time of a service."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.measures.counted import Counted, Params
from lingzhi.cases.models import Case, CaseType, Clock, ClockEvent, ClockKind
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure

MET, LATE = Clock.Verdict.MET, Clock.Verdict.LATE


def _types() -> list[tuple[str, str]]:
    return [(one.code, str(one)) for one in CaseType.objects.filter(retired_at=None)]


kinds = Param("kinds", _("clocks"), "words", choices=lambda: ClockKind.choices)
types = Param("types", _("case types, empty: all"), "words", choices=_types, is_required=False)


def _judged(params: Params) -> QuerySet[Clock]:
    """Clocks that were judged; what nobody could have kept is not counted."""
    rows = Clock.objects.filter(
        kind__in=params["kinds"], verdict__in=(MET, LATE), was_over_before=False
    )
    return _of_types(rows, params, "case__type__code__in").select_related("case")


def _answered(params: Params) -> QuerySet[Clock]:
    """First answers that were given, in time or too late."""
    met = ClockEvent.objects.filter(clock=OuterRef("pk"), kind=ClockEvent.Kind.MET)
    rows = Clock.objects.filter(Exists(met), kind=ClockKind.FIRST_RESPONSE)
    return _of_types(rows, params, "case__type__code__in").select_related("case")


def _closed(params: Params) -> QuerySet[Case]:
    return _of_types(Case.objects.filter(kind=Case.Kind.CLOSED), params, "type__code__in")


def _of_types(rows: QuerySet[Any], params: Params, lookup: str) -> QuerySet[Any]:
    wanted = params.get("types")
    return rows.filter(**{lookup: wanted}) if wanted else rows


def _measure(
    code: str, words: tuple[Any, Any, Any], shape: str, counted: Counted, *params: Param
) -> Measure:
    label, numerator, denominator = words
    return Measure(
        code=f"cases.{code}", label=label, numerator=numerator, denominator=denominator,
        shape=shape, unit="percent" if shape == "share" else "seconds",
        cells=counted.cells, rows=counted.behind, params=params,
    )  # fmt: skip


MEASURES = [
    _measure(
        "limits_kept",
        (_("Time limits kept"), _("clocks in time"), _("clocks that were judged")),
        "share",
        Counted(_judged, "judged_at", "case__", hit=Q(verdict=MET)),
        kinds,
        types,
    ),
    _measure(
        "answer_seconds",
        (_("Time to the first answer on a case"), _("seconds to the first answer"), _("answers")),
        "mean",
        Counted(_answered, "ended_at", "case__", span=("opened_at", "ended_at")),
        types,
    ),
    _measure(
        "solved",
        (_("Cases solved"), _("cases closed without an objection"), _("cases closed")),
        "share",
        Counted(_closed, "closed_at", hit=~Q(satisfaction=Case.Satisfaction.OBJECTS)),
        types,
    ),
    _measure(
        "service_seconds",
        (_("Time of a service"), _("seconds from opening to closing"), _("cases closed")),
        "mean",
        Counted(_closed, "closed_at", span=("opened_at", "closed_at")),
        types,
    ),
]
