"""How right a rule is: people's labels beside its verdicts on everything (规则与人工的一致)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from lingzhi.contacts.queries import Filters, published
from lingzhi.core.clock import midnight, today
from lingzhi.inspections.models import Review, RuleLabel, RuleTrust, RuleVersion, TrustPolicy
from lingzhi.inspections.queries.results import Tally, is_severe
from lingzhi.inspections.queries.versions import tallies_of_every_version
from lingzhi_engine.stats import (
    Judged,
    Kind,
    Measured,
    Rate,
    RuleVerdict,
    Trust,
    TrustEvidence,
    stacked_rate,
)

State, Said = RuleVersion.State, RuleLabel.Said
CHUNK_DAYS = 7  # judgements of how many days are read at once


def trust_policy() -> TrustPolicy:
    """What the company asks of a rule; the defaults, not stored, where nothing was set."""
    return TrustPolicy.objects.first() or TrustPolicy()


def stage_of(version: RuleVersion) -> Trust | None:
    """What a version may do; None where it judges nothing new (a draft, a retired one).

    * shadow: the version's own state; it counts for nobody
    * assist, automatic: in force; only an automatic one answers items of a score by itself
    * suspended: it judges nothing until somebody lifts that
    """
    if version.state not in (State.SHADOW, State.ACTIVE):
        return None
    if version.suspended_at is not None:
        return Trust.SUSPENDED
    if version.state == State.SHADOW:
        return Trust.SHADOW
    known = trust_of(version)
    return Trust.AUTOMATIC if known is not None and known.is_automatic else Trust.ASSIST


def trust_of(version: RuleVersion) -> RuleTrust | None:
    """What is kept about the trust in a version, if it was ever weighed."""
    known: RuleTrust | None = getattr(version, "trust", None)
    return known


def living_versions() -> QuerySet[RuleVersion]:
    """Every version that has a stage, with its rule and what is kept about the trust in it."""
    rows = RuleVersion.objects.filter(state__in=(State.SHADOW, State.ACTIVE))
    return rows.select_related("rule__owner", "trust").order_by("rule__code", "number")


def automatic_rules() -> set[str]:
    """The codes of the rules that answer items by themselves."""
    rows = RuleVersion.objects.filter(
        state=State.ACTIVE, suspended_at=None, trust__is_automatic=True
    )
    return set(rows.values_list("rule__code", flat=True))


def sizes_of_versions(days: int, last: date | None = None) -> dict[int, Tally]:
    """What each version said about all conversations of the last `days`, a week at a time."""
    end = last or today()
    first = end - timedelta(days=days - 1)
    found: dict[int, Tally] = defaultdict(Tally)
    while first <= end:
        until = min(first + timedelta(days=CHUNK_DAYS - 1), end)
        rows = Filters(from_on=first, to_on=until).apply(published())
        for version, tally in tallies_of_every_version(rows).items():
            found[version] = _sum(found[version], tally)
        first = until + timedelta(days=1)
    return dict(found)


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.hits + other.hits, one.misses + other.misses,
        one.na + other.na, one.unknown + other.unknown,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known of a version, and what it rests on."""

    evidence: TrustEvidence
    sizes: dict[str, int]
    labels: int  # by chance
    beside: int  # not by chance: they enter no figure

    def as_data(self) -> dict[str, Any]:
        """The same as JSON, as it is kept with a decision."""
        figures = ("precision", "recall", "agreement")
        hits = self.evidence.overturned
        return {
            **{name: _as_data(getattr(self.evidence, name)) for name in figures},
            "overturned": [hits.numerator, hits.denominator],
            "sizes": self.sizes,
            "labels": self.labels,
            "beside": self.beside,
        }


def _as_data(figure: Measured) -> dict[str, Any]:
    def number(value: float | None) -> float | None:
        return None if value is None else round(float(value), 6)

    return {"value": number(figure.value), "low": number(figure.low), "high": number(figure.high),
            "kind": figure.kind.value, "n": figure.n}  # fmt: skip


def weighed(version: RuleVersion, size: Tally, days: int) -> Weighed:
    """The figures of a version: labels that came by chance, within its verdicts on everything.

    Labels from before its suspension was lifted count no more. A group is never taken for smaller
    than what was looked at of it: conversations may have been inspected anew since.
    """
    labels = _labels(version, days)
    drawn = list(labels.exclude(inclusion=None).values_list("said", "is_present", "inclusion"))
    said = [row[0] for row in drawn]
    sizes = {
        verdict: max(number, said.count(verdict.value))
        for verdict, number in (
            (RuleVerdict.HIT, size.hits),
            (RuleVerdict.MISS, size.misses),
            (RuleVerdict.UNKNOWN, size.unknown),
        )
    }
    judged = Judged.of(
        sizes,
        said,
        [float(row[1]) for row in drawn],
        [row[2] for row in drawn if row[2] is not None],
    )
    evidence = TrustEvidence.of(judged, overturned(labels))
    plain = {verdict.value: number for verdict, number in sizes.items()}
    return Weighed(evidence, plain, len(drawn), labels.filter(inclusion=None).count())


def _labels(version: RuleVersion, days: int) -> QuerySet[RuleLabel]:
    since: datetime = midnight(today() - timedelta(days=days - 1))
    rows = RuleLabel.objects.filter(version=version, contact__started_at__gte=since)
    return rows.filter(labelled_at__gt=version.lifted_at) if version.lifted_at else rows


def overturned(labels: QuerySet[RuleLabel]) -> Rate:
    """Of the hits that counted and could be appealed against, those that were overturned.

    A hit counted where the inspector let it stand; it can be appealed against once the score is
    released. Taken back before by a re-check it was overturned as well.
    """
    hits = labels.filter(said=Said.HIT).filter(
        Q(is_overturned=True) | Q(is_present=True, review__state=Review.State.RELEASED)
    )
    counts = hits.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(is_overturned=True)))
    return Rate(counts["part"], counts["whole"])


@dataclass(frozen=True, slots=True)
class SevereTrust:
    """How right the severe rules in force are together, as they were weighed last.

    `precision` is of their hits, `recall` of what is there; each speaks for so many of the
    `rules` (`precise`, `recalled`), those of which people said enough to know it.
    """

    precision: Measured
    recall: Measured
    precise: int
    recalled: int
    rules: int


def severe_trust() -> SevereTrust:
    """The kept figures of the severe rules, weighed by their hits and by what is there to find.

    The weights are taken as known; the interval joins those of the rules (`stacked_rate`).
    """
    severe = [
        version
        for version in living_versions().filter(state=State.ACTIVE, suspended_at=None)
        if is_severe(version)
    ]
    kept = {str(one.pk): known.evidence for one in severe if (known := trust_of(one))}
    right = {key: _measured(said, "precision") for key, said in kept.items()}
    right = {key: one for key, one in right.items() if one.value is not None}
    hits = {key: int(kept[key]["sizes"].get("hit", 0)) for key in right}
    found = {key: _measured(kept[key], "recall") for key in right}
    found = {key: one for key, one in found.items() if one.value}
    present = {
        key: round(hits[key] * (right[key].value or 0.0) / (one.value or 1.0))
        for key, one in found.items()
    }
    return SevereTrust(
        stacked_rate(right, hits), stacked_rate(found, present), len(right), len(found), len(severe)
    )


def _measured(evidence: dict[str, Any], name: str) -> Measured:
    """A figure as `Weighed.as_data` kept it."""
    kept = evidence.get(name)
    if not kept:
        return Measured(None, 0.0, 1.0, Kind.WILSON, 0)
    return Measured(kept["value"], kept["low"], kept["high"], Kind(kept["kind"]), kept["n"])
