"""How often appeals overturned what was found, with its uncertainty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Rule, Sheet
from lingzhi.inspections.queries.appeals import (
    overturned_by_inspector,
    overturned_by_item,
    overturned_by_rule,
)
from lingzhi.inspections.queries.rules import rule_titles
from lingzhi.kpis.queries import Period
from lingzhi_engine.stats import Rate

MOST = 50  # lines of a table


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One rule, inspector or item; has what `_rate.html` asks of a tally."""

    name: str
    rate: Rate
    url: str = ""
    note: str = ""

    @property
    def hits(self) -> int:
        return self.rate.numerator

    @property
    def judged(self) -> int:
        return self.rate.denominator

    @property
    def ratio(self) -> float | None:
        return self.rate.ratio

    @property
    def low(self) -> float:
        return self.rate.interval().low

    @property
    def high(self) -> float:
        return self.rate.interval().high

    @property
    def is_enough(self) -> bool:
        return self.rate.is_enough()


@dataclass(frozen=True, slots=True)
class OutcomeTable:
    title: str
    what: str  # what is counted
    lines: list[OutcomeLine]


def outcome_tables(period: Period, within: Q) -> list[OutcomeTable]:
    """Rules, inspectors and items, those most often overturned first."""
    return [
        OutcomeTable(_("Rules"), _("hits"), _sorted(_rules(overturned_by_rule(period, within)))),
        OutcomeTable(
            _("Inspectors"), _("scores"),
            _sorted(_inspectors(overturned_by_inspector(period, within))),
        ),
        OutcomeTable(_("Items"), _("answers"), _sorted(_items(overturned_by_item(period, within)))),
    ]  # fmt: skip


def _sorted(lines: Iterable[OutcomeLine]) -> list[OutcomeLine]:
    return sorted(lines, key=lambda one: (-one.low, -one.hits, one.name))[:MOST]


def _rules(rates: Mapping[str, Rate]) -> Iterable[OutcomeLine]:
    titles = rule_titles()
    keys = dict(Rule.objects.filter(code__in=rates).values_list("code", "pk"))
    for code, rate in rates.items():
        url = reverse("inspections:rule", args=[keys[code]]) if code in keys else ""
        yield OutcomeLine(titles.get(code, code), rate, url)


def _inspectors(rates: Mapping[int, Rate]) -> Iterable[OutcomeLine]:
    people = User.objects.in_bulk(list(rates))
    for key, rate in rates.items():
        yield OutcomeLine(people[key].name, rate, note=people[key].staff_no)


def _items(rates: Mapping[tuple[int, str], Rate]) -> Iterable[OutcomeLine]:
    sheets = Sheet.objects.prefetch_related("versions").in_bulk([sheet for sheet, _item in rates])
    known: dict[tuple[int, str], tuple[str, str]] = {}
    for key, sheet in sheets.items():
        for version in sorted(sheet.versions.all(), key=lambda one: one.number):
            known |= {
                (key, item.code): (item.title, version.title) for item in version.read().items
            }
    for which, rate in rates.items():
        title, sheet_title = known.get(which, (which[1], ""))
        url: Any = reverse("inspections:sheet", args=[which[0]])
        yield OutcomeLine(title, rate, url, sheet_title)
