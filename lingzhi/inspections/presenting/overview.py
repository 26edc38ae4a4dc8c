"""Everything the dashboard shows, read in a few passes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from lingzhi.inspections.forms.filters import PeriodForm
from lingzhi.inspections.presenting.defects import ShownDefects, shown_defects
from lingzhi.inspections.presenting.lines import (
    Asked,
    ShownLine,
    axis_end,
    conversations_url,
    nice_end,
    shown_lines,
)
from lingzhi.inspections.presenting.trends import ShownTrend, shown_trend
from lingzhi.inspections.queries import (
    Gap,
    Tallies,
    Tally,
    Trend,
    by_group,
    by_rule,
    gaps_of,
    overall,
    share_unknown,
    tallies_visible_to,
    trend_of,
)
from lingzhi.inspections.queries.results import SEVERE, SEVERE_SIGNALS, VIOLATIONS
from lingzhi.inspections.wording.reasons import reason_in_words

MOST_RULES, MOST_AGENTS, MOST_REASONS = 8, 6, 2
MOST_DAYS, ENOUGH_A_DAY = 31, 20
IN_ADDRESS = {"kind": SEVERE.kind, "severity": SEVERE.severity}
SIGNALS_IN_ADDRESS = {"kind": SEVERE_SIGNALS.kind, "severity": SEVERE_SIGNALS.severity}


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A rule that often cannot be judged, and its most frequent reasons in words."""

    title: str
    ratio: float
    reasons: list[tuple[str, int]]
    url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of one period; every one leads on by an address."""

    step: str
    conversations: int
    unanswered: int  # calls beside them that nobody answered
    inspected: int
    severe: Tally
    signals: Tally
    unknown: float | None
    trend: ShownTrend
    rules: list[ShownLine]
    agents: list[ShownLine]
    agents_too_few: int
    gaps: list[ShownGap]
    defects: ShownDefects
    links: dict[str, str]

    @property
    def inspected_share(self) -> float | None:
        return self.inspected / self.conversations if self.conversations else None

    @property
    def not_inspected(self) -> int:
        return self.conversations - self.inspected

    @property
    def has_several_agents(self) -> bool:
        """Whether there is anybody to compare with."""
        return len(self.agents) + self.agents_too_few > 1

    @property
    def unanswered_note(self) -> str:
        """Says that the calls nobody answered stand beside the conversations; empty without."""
        said = ngettext(
            "and %(n)d call that nobody answered",
            "and %(n)d calls that nobody answered",
            self.unanswered,
        )
        return said % {"n": self.unanswered} if self.unanswered else ""

    @property
    def severe_note(self) -> str:
        return _conversations(self.severe.hits)

    @property
    def signals_note(self) -> str:
        return _conversations(self.signals.hits)

    @property
    def axis_of_tiles(self) -> float:
        return nice_end(
            tally.interval.high for tally in (self.severe, self.signals) if tally.interval
        )

    @property
    def axis_of_rules(self) -> float:
        return axis_end(self.rules)

    @property
    def axis_of_agents(self) -> float:
        return axis_end(self.agents)


def overview_of(form: PeriodForm, step: str = "") -> Overview:
    """The dashboard of what this person may see; `step` is day, week or what fits."""
    tallies = tallies_visible_to(form.user, form.capability, form.filters)
    step, trend = _trend(tallies, step or fitting_step(tallies.inspected, form.span.days), step)
    asked = asked_of(form)
    agents = _agents(tallies, asked)
    enough = [line for line in agents if line.tally.is_enough]
    return Overview(
        step=step,
        conversations=tallies.talks,
        unanswered=tallies.unanswered,
        inspected=tallies.inspected,
        severe=overall(tallies, SEVERE),
        signals=overall(tallies, SEVERE_SIGNALS),
        unknown=share_unknown(tallies),
        trend=shown_trend(trend, step, {**IN_ADDRESS, "verdict": "hit"}),
        rules=_worst_rules(tallies, asked),
        agents=enough[:MOST_AGENTS],
        agents_too_few=len(agents) - len(enough),
        gaps=[_gap(gap, asked) for gap in gaps_of(tallies)],
        defects=shown_defects(tallies, form.contacts, SEVERE),
        links=_links(asked),
    )


def _trend(tallies: Tallies, step: str, asked: str) -> tuple[str, Trend]:
    """The trend by `step`; by day where nobody asked and all of it lies within one week."""
    trend = trend_of(tallies, step, SEVERE)
    if not asked and step == "week" and len(trend.days) < 2:
        return "day", trend_of(tallies, "day", SEVERE)
    return step, trend


def fitting_step(conversations: int, days: int) -> str:
    """Days where there are enough conversations a day for a share to mean something."""
    is_dense = 0 < days <= MOST_DAYS and conversations >= ENOUGH_A_DAY * days
    return "day" if is_dense else "week"


def asked_of(form: PeriodForm) -> Asked:
    """The days of the dashboard, for the pages it leads to."""
    days = {"from_on": form.span.from_on, "to_on": form.span.to_on}
    return {name: day.isoformat() for name, day in days.items() if day} or {"period": "all"}


def _worst_rules(tallies: Tallies, asked: Asked) -> list[ShownLine]:
    """Problems by what their rate is at least: few and surprising ones do not come first."""
    lines = [line for line in by_rule(tallies, VIOLATIONS) if line.tally.hits]
    shown = shown_lines(lines, "rule", asked)
    order = sorted(shown, key=lambda line: (not line.tally.is_enough, -line.low, line.about))
    return order[:MOST_RULES]


def _agents(tallies: Tallies, asked: Asked) -> list[ShownLine]:
    lines = [line for line in by_group(tallies, "agent", SEVERE) if line.key is not None]
    shown = shown_lines(lines, "agent", {**asked, **IN_ADDRESS})
    return sorted(shown, key=lambda line: (-line.low, line.about))


def _gap(gap: Gap, asked: Asked) -> ShownGap:
    own = {**asked, "rule": str(gap.version.rule_id), "verdict": "unknown"}
    reasons = [
        (reason_in_words(code, detail), number)
        for code, detail, number in gap.reasons[:MOST_REASONS]
    ]
    return ShownGap(gap.version.title, gap.ratio, reasons, conversations_url(own))


def _conversations(number: int) -> str:
    return ngettext("%(n)d conversation", "%(n)d conversations", number) % {"n": number}


def _links(asked: Asked) -> dict[str, str]:
    by_agent = urlencode({**asked, **IN_ADDRESS, "by": "agent"})
    return {
        "all": conversations_url(asked),
        "not_inspected": conversations_url({**asked, "verdict": "not_inspected"}),
        "severe": conversations_url({**asked, **IN_ADDRESS, "verdict": "hit"}),
        "signals": conversations_url({**asked, **SIGNALS_IN_ADDRESS, "verdict": "hit"}),
        "unknown": conversations_url({**asked, "verdict": "unknown"}),
        "agents": f"{reverse('inspections:results')}?{by_agent}",
    }
