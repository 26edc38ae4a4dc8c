"""Alerts in words: what moved, how far, since when, and what made most of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_words
from lingzhi.core.measures import Place, Row
from lingzhi.kpis.models import Alert, Signal
from lingzhi.kpis.presenting.saying import say, say_change
from lingzhi.kpis.presenting.trends import ShownTrend, shown_trend
from lingzhi.kpis.queries import Scope, parts_of, series, span_of, target_of
from lingzhi.org.models import Unit

TONES = {"open": "bad", "taken": "flow", "explained": "plain", "acted": "good", "false": "unknown"}
MOST_PARTS, MOST_CASES, MOST_READ = 5, 8, 200


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule that called out, with its days."""

    words: str | Promise
    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """An alert as a list or its page says it."""

    alert: Alert

    @property
    def tone(self) -> str:
        return TONES[self.alert.state]

    @property
    def name(self) -> str:
        return self.alert.definition.entry.name

    @property
    def change(self) -> str:
        """−12.3 points (−15.0 to −9.6)."""
        alert, unit = self.alert, self.alert.definition.unit
        if alert.change is None:
            return ""
        sizes = [alert.change, alert.change_low, alert.change_high]
        middle, low, high = (say_change(one, unit, "mean") for one in sizes)
        return _("%(change)s (%(low)s to %(high)s)") % {"change": middle, "low": low, "high": high}

    @property
    def signs(self) -> list["Sign"]:
        """What called out, on how many days."""
        rows = self.alert.signals.values("kind").annotate(
            number=Count("pk"), first=Min("day"), last=Max("day")
        )
        words = dict(Signal.Kind.choices)
        return [
            Sign(words[row["kind"]], row["number"], row["first"], row["last"])
            for row in rows.order_by("first")
        ]

    @property
    def usual(self) -> str:
        return say(self.alert.usual, self.alert.definition.unit)

    @property
    def indicator_url(self) -> str:
        code, unit = self.alert.definition.code, self.alert.unit_id
        asked = {"definition": self.alert.definition_id, "unit": unit, **_days(self.alert)}
        return f"{reverse('kpis:indicator', args=[code])}?{urlencode(asked)}"

    @property
    def cases_url(self) -> str:
        if self.alert.definition.way.is_by_hand:
            return ""
        url = reverse("kpis:cases", args=[self.alert.definition.code])
        asked = {"definition": self.alert.definition_id, "unit": self.alert.unit_id}
        return f"{url}?{urlencode({**asked, **_days(self.alert)})}"


def _days(alert: Alert) -> dict[str, str]:
    return {"from_on": alert.began_on.isoformat(), "to_on": alert.last_on.isoformat()}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One channel, person or team: before, since, and whether it is worse than its own past."""

    name: str
    before: str
    since: str
    n: int


@dataclass(frozen=True, slots=True)
class ShownParts:
    """The worst of one kind, and how many of all are worse than before."""

    title: str
    rows: list[ShownPart]
    worse: int
    number: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an alert rests on."""

    trend: ShownTrend
    parts: list[ShownParts]
    cases: list[Row]


def evidence_of(alert: Alert) -> Evidence:
    """The chart, what made most of it by team, person and channel, and some of its cases."""
    scope = Scope.of_unit(alert.unit)
    target = target_of(alert.definition, alert.unit, alert.last_on)
    asked = {"unit": str(alert.unit_id)}
    course = series(alert.definition, scope, span_of(alert))
    trend = shown_trend(alert.definition, course, "day", target, asked)
    _mark_beginning(trend.chart, alert.began_on)
    groups = [("unit", _("Teams")), ("agent", _("Agents")), ("channel", _("Channels"))]
    parts = [_shown_parts(alert, group, str(title)) for group, title in groups]
    return Evidence(
        trend,
        [one for one in parts if one.number > 1 or one.title == groups[1][1]],
        _cases(alert),
    )


def _mark_beginning(chart: dict[str, Any], began: date) -> None:
    """A line at the day on which it probably began."""
    line = chart["series"][0].setdefault("markLine", {"silent": True, "symbol": "none", "data": []})
    line["data"].append(
        {
            "xAxis": date_format(began, "m-d"),
            "label": {"formatter": _("Began"), "position": "insideEndTop"},
            "lineStyle": {"color": "lz:unknown-fill", "type": "dashed", "width": 1.2},
        }
    )


def _shown_parts(alert: Alert, group: str, title: str) -> ShownParts:
    found = [one for one in parts_of(alert, group) if one.since.has_data]
    names = _names(group, [one.key for one in found])
    unit = alert.definition.unit
    rows = [
        ShownPart(
            names.get(one.key) or _("Unknown"),
            say(one.before.value, unit), say(one.since.value, unit), one.since.n,
        )
        for one in found[:MOST_PARTS]
        if one.excess > 0
    ]  # fmt: skip
    return ShownParts(title, rows, sum(one.excess > 0 for one in found), len(found))


def _names(group: str, keys: list[Any]) -> dict[Any, str]:
    known = [key for key in keys if key is not None]
    if group == "channel":
        words = channel_words()
        return {key: words.get(key, key) or _("not by channel") for key in known}
    rows: Any = (Unit if group == "unit" else User).objects.filter(pk__in=known)
    return {one.pk: one.name for one in rows}


def _cases(alert: Alert) -> list[Row]:
    """Some cases of its days, of shares only those on the worse side, evenly over the days."""
    measure = alert.definition.way.measure
    if measure is None:
        return []
    place = Place(alert.unit.path if alert.unit.parent_id else "")
    rows = measure.rows(alert.definition.params, place, alert.began_on, alert.last_on)
    found = list(rows[:MOST_READ])
    if alert.definition.shape == "share":
        is_high = alert.definition.direction == "high"
        found = [one for one in found if one.denominator and bool(one.numerator) != is_high]
    step = max(1, len(found) // MOST_CASES)
    return found[::step][:MOST_CASES]
