"""Lists of work orders, and what is counted of them by unit (派单看板)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lingzhi.accounts.models import User
from lingzhi.cases.models import WorkOrder
from lingzhi.cases.queries.dispatch import orders_visible_to
from lingzhi.core.clock import midnight
from lingzhi.org.models import Unit
from lingzhi_engine.stats import Rate

WHICH: Mapping[str, Q] = {
    "unsigned": Q(ending="", signed_at=None),
    "open": Q(ending="", signed_at__isnull=False, answered_at=None),
    "answered": Q(answered_at__isnull=False),
    "signed_late": Q(is_signed_in_time=False),
    "signed_in_time": Q(is_signed_in_time=True),
    "answered_late": Q(is_answered_in_time=False),
    "answered_in_time": Q(is_answered_in_time=True),
    "returned": Q(ending="returned"),
    "redone": Q(ending="redone"),
    "urged": Q(urges__gt=0),
    "contacted": Q(is_contacted=True),
    "not_contacted": Q(is_contacted=False),
    "solved": Q(is_solved=True),
    "unsolved": Q(is_solved=False),
    "satisfied": Q(is_satisfied=True),
    "unsatisfied": Q(is_satisfied=False),
    "excluded": Q(is_excluded=True),
}
# The rates of a centre that dispatches: what is counted, and among which.
RATES: Mapping[str, tuple[str, Q]] = {
    "signed": ("signed_in_time", Q(is_signed_in_time__isnull=False)),  # 按时签收率
    "answered": ("answered_in_time", Q(is_answered_in_time__isnull=False)),  # 按时办结率
    "contacted": ("contacted", Q(is_contacted__isnull=False)),  # 响应率
    "solved": ("solved", Q(is_solved__isnull=False)),  # 解决率
    "satisfied": ("satisfied", Q(is_satisfied__isnull=False)),  # 满意率
    "redone": ("redone", Q(answered_at__isnull=False)),  # 发回重办率
    "returned": ("returned", Q()),  # 退单率
}


@dataclass(frozen=True, slots=True)
class OrderFilters:
    """Which orders are listed; what is empty does not narrow. `month` as `2026-11`."""

    unit: Unit | None = None
    month: str = ""
    which: str = ""

    def apply(self, rows: QuerySet[WorkOrder]) -> QuerySet[WorkOrder]:
        """The rows that fit, the newest first."""
        if self.unit is not None:
            rows = rows.filter(unit__path__startswith=self.unit.path)
        if self.month:
            rows = rows.filter(in_month(self.month))
        if self.which:
            rows = rows.filter(WHICH[self.which])
        return rows.order_by("-sent_at", "-pk")


def in_month(month: str) -> Q:
    """Orders sent in a month of the organisation's zone."""
    year, number = map(int, month.split("-"))
    after = date(year + number // 12, number % 12 + 1, 1)
    return Q(sent_at__gte=midnight(date(year, number, 1)), sent_at__lt=midnight(after))


def counted(rows: QuerySet[WorkOrder]) -> QuerySet[WorkOrder]:
    """What figures rest on: not what was left out of appraisal, not what the desk took back."""
    return rows.filter(is_excluded=False).exclude(ending=WorkOrder.Ending.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What a unit did with the orders of a period; `rates` by the names of RATES."""

    unit_id: int | None
    unit: str
    orders: int
    cases: int
    urges: int
    rates: Mapping[str, Rate]

    @property
    def urges_per_case(self) -> float | None:
        return self.urges / self.cases if self.cases else None


def figures_by_unit(user: User, month: str) -> list[UnitFigures]:
    """The board of a month: one line a unit, in one query."""
    rows = counted(orders_visible_to(user)).filter(in_month(month)).order_by()
    found = rows.values("unit_id", "unit__name").annotate(**_sums()).order_by("unit__path")
    return [_figures(row) for row in found]


def whole_of(lines: list[UnitFigures]) -> UnitFigures | None:
    """All units together; a case of several units is counted at each."""
    if not lines:
        return None
    nothing = Rate(0, 0)
    rates = {name: sum((one.rates[name] for one in lines), nothing) for name in RATES}
    return UnitFigures(
        None, "", sum(one.orders for one in lines), sum(one.cases for one in lines),
        sum(one.urges for one in lines), rates,
    )  # fmt: skip


def _sums() -> dict[str, Count | Sum]:
    sums: dict[str, Count | Sum] = {
        "orders": Count("pk"), "cases": Count("case", distinct=True), "urged": Sum("urges"),
    }  # fmt: skip
    for name, (which, among) in RATES.items():
        sums[f"{name}_of"] = Count("pk", filter=among) if among else Count("pk")
        sums[f"{name}_yes"] = Count("pk", filter=WHICH[which] & among)
    return sums


def _figures(row: Mapping[str, Any]) -> UnitFigures:
    rates = {name: Rate(int(row[f"{name}_yes"]), int(row[f"{name}_of"])) for name in RATES}
    return UnitFigures(
        int(row["unit_id"]), str(row["unit__name"]), int(row["orders"]), int(row["cases"]),
        int(row["urged"] or 0), rates,
    )  # fmt: skip
