"""How far rules are trusted, as pages show it: stages, figures with intervals, reasons in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.inspections.models import Rule, RuleLabel, RuleVersion, TrustMove
from lingzhi.inspections.queries.trust import (
    living_versions,
    stage_of,
    trust_of,
)
from lingzhi_engine.stats import Rate, Trust, TrustCause

STAGES = {
    Trust.SHADOW: gettext_lazy("Shadow"),
    Trust.ASSIST: gettext_lazy("Assists"),
    Trust.AUTOMATIC: gettext_lazy("Automatic"),
    Trust.SUSPENDED: gettext_lazy("Suspended"),
}
MEANINGS = {
    Trust.SHADOW: gettext_lazy("It judges, and nobody is judged by it."),
    Trust.ASSIST: gettext_lazy(
        "What it finds is shown; in a score it only proposes, and an inspector confirms."
    ),
    Trust.AUTOMATIC: gettext_lazy("It answers items of scores by itself, until a person says no."),
    Trust.SUSPENDED: gettext_lazy("It judges nothing until somebody lifts the suspension."),
}
LABELS_SHOWN = 10
TONES: dict[str, str] = {
    "shadow": "flow",
    "assist": "warn",
    "automatic": "good",
    "suspended": "bad",
}
CAUSES = {
    TrustCause.PRECISION: gettext_lazy("Hits that are right"),
    TrustCause.RECALL: gettext_lazy("Share found of what is there"),
    TrustCause.AGREEMENT: gettext_lazy("Agreement with people"),
    TrustCause.OVERTURNED: gettext_lazy("Overturned hits"),
    TrustCause.REVIEWS: gettext_lazy("Hits looked at"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its limits and what it rests on; `value` None: nothing is known."""

    label: str
    value: float | None
    low: float
    high: float
    n: int

    @property
    def is_known(self) -> bool:
        return self.value is not None and self.n > 0


@dataclass(frozen=True, slots=True)
class ShownTrust:
    """One version with its stage and the figures of its last weighing."""

    version: RuleVersion
    stage: Trust
    precision: Figure
    recall: Figure
    agreement: Figure
    overturned: Figure
    evidence: Mapping[str, Any]
    reasons: list[str]

    @property
    def words(self) -> str:
        return str(STAGES[self.stage])

    @property
    def meaning(self) -> str:
        return str(MEANINGS[self.stage])

    @property
    def tone(self) -> str:
        return TONES[self.stage]

    @property
    def figures(self) -> list[Figure]:
        return [self.precision, self.recall, self.agreement, self.overturned]

    @property
    def weighed_at(self) -> Any:
        known = trust_of(self.version)
        return known.weighed_at if known else None

    @property
    def is_automatic(self) -> bool:
        return self.stage is Trust.AUTOMATIC

    @property
    def may_be_automatic(self) -> bool:
        """Its figures reach the gate, and a person is waited for."""
        known = trust_of(self.version)
        is_ready = known is not None and known.ready_for == Trust.AUTOMATIC
        return is_ready and self.stage is Trust.ASSIST

    @property
    def may_assist(self) -> bool:
        """In the shadow, and good enough to be put into force."""
        known = trust_of(self.version)
        is_ready = known is not None and known.ready_for == Trust.ASSIST
        return is_ready and self.stage is Trust.SHADOW


def shown_trust(version: RuleVersion) -> ShownTrust | None:
    """None for a version that judges nothing new: a draft, a retired one."""
    stage = stage_of(version)
    if stage is None:
        return None
    known = trust_of(version)
    evidence = known.evidence if known else {}
    return ShownTrust(
        version,
        stage,
        _figure(TrustCause.PRECISION, evidence),
        _figure(TrustCause.RECALL, evidence),
        _figure(TrustCause.AGREEMENT, evidence),
        _overturned(evidence),
        evidence,
        reasons_in_words(known.reasons) if known else [],
    )


def _figure(cause: TrustCause, evidence: Mapping[str, Any]) -> Figure:
    kept = evidence.get(cause.value) or {"value": None, "low": 0.0, "high": 1.0, "n": 0}
    return Figure(str(CAUSES[cause]), kept["value"], kept["low"], kept["high"], kept["n"])


def _overturned(evidence: Mapping[str, Any]) -> Figure:
    rate = Rate(*evidence.get("overturned", (0, 0)))
    between = rate.interval()
    label = str(CAUSES[TrustCause.OVERTURNED])
    return Figure(label, rate.ratio, between.low, between.high, rate.denominator)


def reasons_in_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each reason of a decision: its figure, the limit that was looked at, what is asked."""
    return [_reason(one["cause"], one["seen"], one["asked"]) for one in reasons]


def _reason(cause: str, seen: float, asked: float) -> str:
    known = TrustCause(cause)
    if known is TrustCause.REVIEWS:
        words = _("%(what)s: %(seen)s; asked are %(asked)s")
        figures = {"seen": number_format(round(seen)), "asked": number_format(round(asked))}
    else:
        words = _("%(what)s: limit of the interval %(seen)s; asked are %(asked)s")
        figures = {"seen": _percent(seen), "asked": _percent(asked)}
    return words % {"what": CAUSES[known], **figures}


def _percent(ratio: float) -> str:
    return f"{number_format(round(ratio * 100, 1), 1)}%"


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A step from one stage to another."""

    move: TrustMove
    was: str
    stage: str
    tone: str
    reasons: list[str]


def shown_moves(rule: int) -> list[ShownMove]:
    """The newest steps of a rule, whatever its version."""
    rows = TrustMove.objects.filter(version__rule=rule).select_related("version", "moved_by")[:10]
    return [
        ShownMove(
            one, str(STAGES[Trust(one.was)]), str(STAGES[Trust(one.stage)]), TONES[one.stage],
            reasons_in_words(one.reasons),
        )
        for one in rows
    ]  # fmt: skip


def trust_in(rule: Rule, labels: QuerySet[RuleLabel]) -> dict[str, Any]:
    """What the page of a rule says about it: its living versions, `labels` and steps."""
    versions = living_versions().filter(rule=rule).order_by("-number")
    trusts = [one for one in map(shown_trust, versions) if one is not None]
    return {
        "trusts": trusts,
        "labels": list(labels[:LABELS_SHOWN]) if trusts else [],
        "moves": shown_moves(rule.pk),
    }


ORDER = list(STAGES)
SORTS: dict[str, Callable[[ShownTrust], Any]] = {
    "title": lambda one: one.version.title,
    "stage": lambda one: ORDER.index(one.stage),
    "precision": lambda one: _known(one.precision),
    "recall": lambda one: _known(one.recall),
    "agreement": lambda one: _known(one.agreement),
    "overturned": lambda one: _known(one.overturned),
    "labels": lambda one: one.evidence.get("labels", 0),
}


def _known(figure: Figure) -> float:
    return -1.0 if figure.value is None else figure.value


def sorted_trust(several: list[ShownTrust], sort: str) -> list[ShownTrust]:
    """As asked; else those with figures first, on top what is surely the worst."""
    if sort:
        return sorted(several, key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    return sorted(several, key=lambda one: (not one.precision.is_known, one.precision.high))
