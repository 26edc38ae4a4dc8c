"""A whole report for its page and its PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.channels import channel_choices
from lingzhi.core.languages import joined
from lingzhi.core.templatetags.talk import Mark
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.presenting import say, say_target
from lingzhi.reports.kinds import title_of
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.blocks import Order, order_of
from lingzhi.reports.presenting.inspection import ShownInspection, shown_inspection
from lingzhi.reports.presenting.points import ShownPoint, heading_of, shown_points
from lingzhi.reports.presenting.service import ShownTable, tables_of_service
from lingzhi.reports.presenting.words import (
    change_in_words,
    days_in_words,
    direction_in_words,
    in_language,
    stands,
    summary,
    tone_of,
)

Facts = Mapping[str, Any]
STATES = {
    "met": "good",
    "missed": "bad",
    "unsure": "warn",
    "warning": "bad",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One indicator: its figure, what it should be, and what it was."""

    name: str
    definition: str
    value: str
    low: float | None
    high: float | None
    n: int
    unknown: int
    is_enough: bool
    target: str
    state: str
    tone: str
    before: str
    differs: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One broken rule: how often, how sure, and whether it changed."""

    title: str
    why: str
    severity: str
    hits: int
    judged: int
    low: float
    high: float
    is_enough: bool
    change: str
    tone: str
    teams: str
    url: str

    @property
    def ratio(self) -> float:
        return self.hits / self.judged


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One conversation with the words that make it typical."""

    number: str
    title: str
    why: str
    about: str
    quote: str
    marks: list[Mark]
    url: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    """Everything the page shows; a section that was not asked for is None."""

    report: Report
    title: str | Promise
    unit: str
    days: str
    before: str
    summary: list[str]
    channels: list[tuple[str, int]]
    figures: list[ShownFigure] | None
    inspection: ShownInspection | None
    problems: list[ShownProblem] | None
    bad: list[ShownCase] | None
    good: list[ShownCase] | None
    chart: dict[str, Any] | None
    trend: list[dict[str, Any]]
    measures: list[dict[str, str]] | None
    directions: list[str] | None
    tables: list[ShownTable]
    points: list[ShownPoint]
    points_title: str
    order: Order


def shown_report(report: Report, user: User | None = None) -> ShownReport:
    """The report in the reader's language; the figures are those that were stored."""
    facts, found = report.facts, report.facts["sections"]
    names, order = dict(channel_choices()), order_of(report)
    shows = _Shows(order)
    cases, trend = found.get("cases"), found.get("trend")
    return ShownReport(
        report=report,
        title=title_of(report.plan),
        unit=facts["unit"],
        days=days_in_words(facts["first"], facts["last"]),
        before=days_in_words(*facts["before"]),
        summary=summary(facts),
        channels=[
            (str(names.get(code, code)), n) for code, n in facts["volume"].get("by_channel", [])
        ],
        figures=_each(shows.figures(found), "figures", lambda one: _figure(one, report)),
        inspection=_inspection(found, report, shows.parts("inspection")),
        problems=_each(found, "problems", lambda one: _problem(one, report)),
        bad=_typical(cases, "bad", names) if "bad" in shows.parts("cases") else None,
        good=_typical(cases, "good", names) if "good" in shows.parts("cases") else None,
        chart=_chart(trend) if trend and len(trend["days"]) > 1 and shows.part("trend", "chart")
        else None,
        trend=_points(trend) if trend else [],
        measures=_each(found, "measures", _measure),
        directions=_each(found, "directions", direction_in_words),
        tables=[one for one in _tables(found) if one.part in shows.parts("service")],
        points=shown_points(report, user),
        points_title=heading_of(report),
        order=order,
    )  # fmt: skip


class _Shows:
    """Which parts of its sections a report shows."""

    def __init__(self, order: Order) -> None:
        self.blocks = {one.name: one for one in order.documents}

    def parts(self, name: str) -> Sequence[str]:
        return self.blocks[name].parts if name in self.blocks else ()

    def part(self, name: str, part: str) -> bool:
        return part in self.parts(name)

    def figures(self, found: Facts) -> Facts:
        """The indicators the template names; all where it names none."""
        block = self.blocks.get("figures")
        if block is None or not block.codes:
            return found
        place = {code: at for at, code in enumerate(block.codes)}
        kept = [one for one in found["figures"] if one["code"] in place]
        return {"figures": sorted(kept, key=lambda one: place[one["code"]])}


def _tables(found: Facts) -> list[ShownTable]:
    return list(tables_of_service(found["service"])) if "service" in found else []


def _typical(cases: Facts | None, which: str, names: Mapping[str, Any]) -> list[ShownCase] | None:
    return [_case(one, names) for one in cases[which]] if cases else None


def _each(found: Facts, section: str, show: Any) -> list[Any] | None:
    return [show(one) for one in found[section]] if section in found else None


def _inspection(found: Facts, report: Report, parts: Sequence[str]) -> ShownInspection | None:
    facts = found.get("inspection")
    if facts is None:
        return None
    facts = {name: rows if name in parts else [] for name, rows in facts.items()}
    return shown_inspection(facts, [_figure(one, report) for one in facts["figures"]])


def _figure(one: Facts, report: Report) -> ShownFigure:
    entry = indicators()[one["code"]]
    asked = {"variant": one["variant"], "from_on": report.first_on, "to_on": report.last_on}
    return ShownFigure(
        name=entry.name,
        definition=" · ".join(filter(None, (entry.code, _way(one)))),
        value=_said(one["value"], one["unit"]),
        low=one["low"],
        high=one["high"],
        n=round(one["numerator" if one["shape"] in ("count", "rate") else "denominator"]),
        unknown=one["unknown"],
        is_enough=one["enough"],
        target=_target(one),
        state=_state(stands(one)),
        tone=STATES.get(stands(one), "plain"),
        before=_said(one["before"], one["unit"]),
        differs=one["differs"],
        url=f"{reverse('kpis:indicator', args=[entry.code])}?{urlencode(asked)}",
    )


def _way(one: Facts) -> str:
    """The way of counting in words; a figure entered by hand says so, too."""
    return indicators()[one["code"]].variants[one["variant"]].words if one["variant"] else ""


def _said(value: float | None, unit: str) -> str:
    return "–" if value is None else say(value, unit)


def _target(one: Facts) -> str:
    if one["target"] is None:
        return ""
    return say_target(one["target"], one["unit"], better=one["direction"])


def _state(state: str) -> str:
    return {
        "met": _("met"),
        "missed": _("missed"),
        "unsure": _("missed, not clearly"),
        "warning": _("beyond the warning line"),
        "unknown": _("unknown"),
    }.get(state, "")


def _problem(one: Facts, report: Report) -> ShownProblem:
    asked = {
        "rule": one["rule"], "verdict": "hit",
        "from_on": report.first_on, "to_on": report.last_on, "unit": report.plan.unit_id,
    }  # fmt: skip
    return ShownProblem(
        title=in_language(one["title"]),
        why=in_language(one["why"]),
        severity=one["severity"],
        hits=one["hits"],
        judged=one["judged"],
        low=one["low"],
        high=one["high"],
        is_enough=one["enough"],
        change=change_in_words(one["change"]),
        tone=tone_of(one["change"]),
        teams=joined(team["name"] for team in one["teams"]),
        url=f"{reverse('inspections:conversations')}?{urlencode(asked)}",
    )


def _case(one: Facts, names: Mapping[str, Any]) -> ShownCase:
    quote = one["quote"]
    before = quote.get("before", "")
    words = quote.get("words", "")
    at = localtime(datetime.fromisoformat(one["at"])).strftime("%Y-%m-%d %H:%M")
    turn = f"#turn-{quote['turn']}" if quote else ""
    return ShownCase(
        number=one["number"],
        title=in_language(one["title"]),
        why=in_language(one["why"]),
        about=" · ".join(
            part
            for part in (at, str(names.get(one["channel"], one["channel"])), one["unit"])
            if part
        ),
        quote=before + words + quote.get("after", "") if quote else "",
        marks=[Mark(len(before), len(before) + len(words), "bad")] if words else [],
        url=reverse("contacts:detail", args=[one["contact"]]) + turn,
    )


def _measure(one: Facts) -> dict[str, str]:
    return {
        "title": in_language(one["title"]),
        "change": change_in_words(one["change"]),
        "tone": tone_of(one["change"]),
    }


def _ratios(trend: Facts) -> list[float | None]:
    return [
        round(hits / judged * 100, 2) if judged else None
        for hits, judged in zip(trend["hits"], trend["judged"], strict=True)
    ]


def _chart(trend: Facts) -> dict[str, Any]:
    """The share of severe problems by day, with the upper limit of chance."""
    high = [None if one is None else round(one * 100, 2) for one in trend["high"]]
    share = _line(_("Share"), _ratios(trend), "lz:accent-fill", 1.8)
    upper = _line(_("Upper limit"), high, "lz:bad-fill", 1)
    upper |= {"symbol": "none", "step": "middle"}
    upper["lineStyle"]["type"] = "dashed"
    days = [day[5:] for day in trend["days"]]
    return {
        "xAxis": {"type": "category", "data": days, "boundaryGap": False},
        "yAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "{value}%"}},
        "series": [share, upper] if high else [share],
    }


def _line(name: str, data: Sequence[float | None], color: str, width: float) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "symbol": "circle",
        "data": list(data),
        "lineStyle": {"color": color, "width": width},
        "itemStyle": {"color": color},
    }


def _points(trend: Facts) -> list[dict[str, Any]]:
    """The trend as a table, the newest day first."""
    rows = zip(trend["days"], trend["hits"], trend["judged"], _ratios(trend), strict=True)
    above = set(trend["above"])
    return [
        {
            "day": date.fromisoformat(day),
            "hits": hits,
            "judged": judged,
            "ratio": None if ratio is None else ratio / 100,
            "is_above": day in above,
        }
        for day, hits, judged, ratio in reversed(list(rows))
    ]
