"""What customers complain about, ask for and think, for the department it concerns (R-IN-09)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lingzhi.cases.models import Case, Cause, Complaint, DictionaryEntry, Feedback, Goods
from lingzhi.customers.models import Opinion
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.reports.models import Plan
from lingzhi.reports.queries.points import KEY
from lingzhi.reports.queries.service import complaints_of, within

MOST = 8
PRODUCT = Feedback.About.PRODUCT
UPHELD = Q(finding__in=("upheld", "partly"))


def house_of(unit: Unit) -> Unit:
    """Whose customers are heard: those of the house the department belongs to."""
    return unit.parent or unit


def returned_of(plan: Plan, days: Period, past: Period) -> list[dict[str, Any]]:
    """Complaints by product, fault and cause, opinions by matter and what was passed on, narrowed
    to what the plan is about. Counts only: no words of customers, no names.
    """
    about, house = set(plan.about or Feedback.About.values), house_of(plan.unit)
    complaints = within(complaints_of(house), "case__opened_at", days)
    before = within(complaints_of(house), "case__opened_at", past)
    found: list[dict[str, Any]] = []
    if PRODUCT in about:
        found += [*_products(complaints, before), *_faults(complaints, before)]
    found += _causes(complaints, before, is_quality=PRODUCT in about, others=about != {PRODUCT})
    return [*found, *_opinions(house, about, days, past), *_passed_on(plan.unit, days, past)]


def _counted(rows: QuerySet[Any], by: str, **more: Any) -> list[dict[str, Any]]:
    found = rows.order_by().values(by).annotate(n=Count("pk", distinct=True), **more)
    return [one for one in found.order_by("-n", by) if one[by]]


def _earlier(rows: QuerySet[Any], by: str) -> dict[Any, int]:
    return {one[by]: one["n"] for one in _counted(rows, by)}


def _products(now: QuerySet[Complaint], before: QuerySet[Complaint]) -> Iterator[dict[str, Any]]:
    was = _earlier(before, "goods__product")
    goods = Goods.objects.filter(complaint__in=now).order_by().values_list("product")
    defective = dict(goods.annotate(n=Sum("defective")))
    upheld = Count("pk", distinct=True, filter=UPHELD)
    for one in _counted(now, "goods__product", upheld=upheld)[:MOST]:
        name = one["goods__product"]
        yield _line("product", name, name, one["n"], was.get(name, 0)) | {
            "upheld": one["upheld"], "defective": defective.get(name, 0),
        }  # fmt: skip


def _faults(now: QuerySet[Complaint], before: QuerySet[Complaint]) -> Iterator[dict[str, Any]]:
    was = _earlier(before, "case__fault_code")
    names = dict(DictionaryEntry.objects.filter(kind="fault").values_list("code", "name"))
    for one in _counted(now, "case__fault_code")[:MOST]:
        code = one["case__fault_code"]
        yield _line("fault", code, names.get(code, code), one["n"], was.get(code, 0))


def _causes(
    now: QuerySet[Complaint], before: QuerySet[Complaint], *, is_quality: bool, others: bool
) -> Iterator[dict[str, Any]]:
    """Causes of quality concern the product, all others the matters beside it."""
    kinds = [Cause.Kind.QUALITY] * is_quality + [Cause.Kind.OTHER] * others
    causes = {one.pk: one for one in Cause.objects.filter(kind__in=kinds)}
    was = _earlier(before, "cause")
    for one in _counted(now.filter(cause__in=causes), "cause")[:MOST]:
        cause = causes[one["cause"]]
        yield _line("cause", cause.code, cause.title, one["n"], was.get(cause.pk, 0))


def _opinions(house: Unit, about: set[str], days: Period, past: Period) -> Iterator[dict[str, Any]]:
    """Opinions and suggestions that were analysed, by their matter; those adopted beside."""
    rows = Feedback.objects.filter(
        about__in=about, case__unit__path__startswith=house.path
    ).exclude(case__kind=Case.Kind.MERGED)
    was = _earlier(within(rows, "case__opened_at", past), "about")
    adopted = Count("pk", distinct=True, filter=Q(is_adopted=True))
    for one in _counted(within(rows, "case__opened_at", days), "about", adopted=adopted):
        line = _line("opinion", one["about"], one["about"], one["n"], was.get(one["about"], 0))
        yield line | {"adopted": one["adopted"]}


def _passed_on(unit: Unit, days: Period, past: Period) -> Iterator[dict[str, Any]]:
    """Opinions and market information handed to the department itself, and those it answered."""
    rows = Opinion.objects.filter(unit__path__startswith=unit.path)
    was = _earlier(within(rows, "noted_at", past), "kind")
    answered = Count("pk", filter=Q(answered_at__isnull=False))
    for one in _counted(within(rows, "noted_at", days), "kind", answered=answered):
        line = _line("passed", one["kind"], one["kind"], one["n"], was.get(one["kind"], 0))
        yield line | {"answered": one["answered"]}


def _line(kind: str, code: str, title: Any, n: int, before: int) -> dict[str, Any]:
    return {"key": f"{kind}:{code}"[:KEY], "kind": kind, "title": title, "n": n, "before": before}
