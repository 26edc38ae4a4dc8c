"""The board of dispatch (派单看板) and the list of orders, as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from lingzhi.accounts.models import User
from lingzhi.cases.models import WorkOrder
from lingzhi.cases.presenting.dispatch import order_state
from lingzhi.cases.queries.orders import RATES, UnitFigures, figures_by_unit, whole_of
from lingzhi.cases.wording.orders import LABELS
from lingzhi.core.clock import today
from lingzhi_engine.stats import TOO_FEW, Interval, Rate


@dataclass(frozen=True, slots=True)
class ShownRate:
    """A rate with its interval and the list behind it."""

    label: str | Promise
    rate: Rate
    interval: Interval
    url: str

    @property
    def is_enough(self) -> bool:
        return self.rate.is_enough()


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A line of the board."""

    figures: UnitFigures
    url: str
    urged_url: str
    rates: list[ShownRate]


@dataclass(frozen=True, slots=True)
class ShownOrderRow:
    """A line of the list of orders."""

    order: WorkOrder
    state: str
    tone: str


def shown_orders(rows: Iterable[WorkOrder]) -> list[ShownOrderRow]:
    """The orders of a page."""
    return [ShownOrderRow(one, *order_state(one)) for one in rows]


def shown_board(user: User, month: str) -> dict[str, object]:
    """The context of the board."""
    lines = figures_by_unit(user, month)
    whole = whole_of(lines)
    first = date(int(month[:4]), int(month[5:]), 1)
    later = (first + timedelta(days=31)).replace(day=1)
    return {
        "month": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{later:%Y-%m}" if later <= today() else "",
        "lines": [_line(one, month) for one in lines],
        "whole": _line(whole, month) if whole else None,
        "labels": LABELS.values(),
        "too_few": TOO_FEW,
    }


def _line(figures: UnitFigures, month: str) -> ShownUnit:
    rates = [
        ShownRate(LABELS[name], rate, rate.interval(), _list(figures, month, RATES[name][0]))
        for name, rate in figures.rates.items()
    ]
    url, urged = _list(figures, month, ""), _list(figures, month, "urged")
    return ShownUnit(figures, url, urged, rates)


def _list(figures: UnitFigures, month: str, which: str) -> str:
    asked = {"month": month, "which": which, "unit": figures.unit_id or ""}
    return f"{reverse('cases:work_orders')}?{urlencode({k: v for k, v in asked.items() if v})}"
