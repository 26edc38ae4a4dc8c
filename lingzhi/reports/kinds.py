"""The kinds of report (报告种类): what stands in each, who gets it, and whom it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.reports.models import USUAL_READERS, USUAL_SECTIONS, Plan

Kind = Plan.Kind
WORDS, APPROVAL = "words", "approval"
ANY = tuple(Plan.Cadence.values)
OF_DEPARTMENT = ("department_officer", "department_reviewer")
TITLES: Mapping[str, str | Promise] = {
    "daily": _("Daily quality report"),
    "weekly": _("Weekly quality report"),
    "monthly": _("Monthly quality report"),
    "quarterly": _("Quarterly quality report"),
    "yearly": _("Yearly quality report"),
}


@dataclass(frozen=True, slots=True)
class KindOfReport:
    """The usual sections and readers; `waits_for` somebody's words, and then an approval.

    One that `is_checked` reaches only people whose own reach covers its unit; quality reports go
    to those who lead below it, too. One `of_talks` begins with how many conversations there were.
    `at_month_end` is made on the last working day of the month. It is in time when published so
    many `days` after its last day.
    """

    sections: tuple[str, ...]
    readers: tuple[str, ...]
    cadences: tuple[str, ...] = ANY
    waits_for: str = ""
    is_checked: bool = True
    of_talks: bool = True
    at_month_end: bool = False
    days: int = 1


KINDS: Mapping[str, KindOfReport] = {
    Kind.QUALITY: KindOfReport(USUAL_SECTIONS, USUAL_READERS, is_checked=False),
    Kind.SUPERVISION: KindOfReport(
        ("inspection", "problems", "cases", "trend", "measures", "directions"), ("leadership",),
        ("monthly",), WORDS, at_month_end=True,
    ),
    Kind.REVIEW: KindOfReport(
        ("points", "figures", "trend"), ("quality_manager", "supervisor"), ("monthly",)
    ),
    Kind.SERVICE: KindOfReport(
        ("figures", "inspection", "service", "problems", "measures", "directions"),
        ("leadership", "quality_manager", "supervisor"), ("yearly",), APPROVAL, days=31,
    ),
    Kind.SUMMARY: KindOfReport(
        ("figures", "service", "problems", "measures", "directions"),
        ("supervisor", "quality_manager", "leadership"), ANY, WORDS, days=5,
    ),
    Kind.DEPARTMENT: KindOfReport(("service",), OF_DEPARTMENT, of_talks=False),
    Kind.RETURNED: KindOfReport(("returned",), OF_DEPARTMENT, of_talks=False),
}  # fmt: skip


def kind_of(plan: Plan) -> KindOfReport:
    return KINDS[plan.kind]


def has_points(plan: Plan) -> bool:
    """Whether people decide on each point of its reports."""
    return plan.kind in (Kind.REVIEW, Kind.RETURNED)


def title_of(plan: Plan) -> str | Promise:
    """What its reports are called."""
    return TITLES[plan.cadence] if plan.kind == Kind.QUALITY else Kind(plan.kind).label
