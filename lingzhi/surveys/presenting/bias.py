"""Who did not answer, for people."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.core.channels import channel_words
from lingzhi.surveys.models import Mode
from lingzhi.surveys.presenting.results import ShownRate, ShownScore, score
from lingzhi.surveys.queries.bias import Bias
from lingzhi_engine.stats import GroupResponse, Measured, Rate, Weighted

WORDS: dict[str, str | Promise] = {
    "mode": gettext_lazy("Way of asking"),
    "channel": gettext_lazy("Channel"),
    "team": gettext_lazy("Team of the agent"),
    "subject": gettext_lazy("Type of case or queue"),
    "outcome": gettext_lazy("How it ended"),
    "acquaintance": gettext_lazy("New or known customer"),
}
ACQUAINTANCE = {
    "new": gettext_lazy("new this year"),
    "old": gettext_lazy("was there before"),
}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One group of those asked beside all others."""

    name: str
    rate: ShownRate
    low: float
    high: float
    is_different: bool


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One thing known of everybody asked, how far it spreads the chances to answer, its groups."""

    name: str
    spread: float | None
    groups: list[ShownGroup]


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A figure as it came in, and weighted so that each group counts as it was asked."""

    name: str
    raw: ShownScore
    weighted: ShownScore
    open: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ShownBias:
    """The whole page."""

    asked: int
    answered: ShownRate
    facts: list[ShownFact]
    pairs: list[ShownPair]
    silent: list[str]
    silent_share: float
    joined: list[str]
    effective: int
    index: ShownScore


def shown_bias(bias: Bias) -> ShownBias:
    """Facts that spread the chances most first."""
    names = _Names(bias.names)
    facts = [
        ShownFact(
            str(WORDS[fact]), bias.index.by_fact.get(fact),
            [_group(one, names) for one in bias.groups if one.fact == fact],
        )
        for fact in dict.fromkeys(one.fact for one in bias.groups)
    ]  # fmt: skip
    found = bias.satisfied
    rate = ShownRate.of(Rate(bias.answered, bias.asked))
    return ShownBias(
        bias.asked, rate, sorted(facts, key=lambda fact: -(fact.spread or 0)),
        [_pair(_("Satisfied, %"), _percent(found)), _pair(_("Points of 100"), bias.points)],
        [names.full(*one) for one in found.silent], found.silent_share,
        [names.full(*one) for one in found.joined], round(found.effective_size),
        score(_scaled(bias.index.measured), 0, 100),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Names:
    """What groups are called."""

    known: Mapping[tuple[str, str], str]

    def of(self, fact: str, group: str) -> str:
        if not group:
            return _("not known")
        if fact == "mode":
            return str(Mode(group).label)
        if fact == "channel":
            return str(channel_words().get(group, group))
        if fact == "acquaintance":
            return str(ACQUAINTANCE[group])
        return self.known.get((fact, group), "") or group

    def full(self, fact: str, group: str) -> str:
        return f"{WORDS[fact]}: {self.of(fact, group)}"


def _group(one: GroupResponse, names: _Names) -> ShownGroup:
    rate = ShownRate.of(one.rate)
    return ShownGroup(names.of(one.fact, one.group), rate, one.low, one.high, one.is_different)


def _percent(found: Weighted) -> Weighted:
    return Weighted(
        _scaled(found.raw), _scaled(found.weighted), found.silent, found.silent_share,
        found.joined, found.effective_size,
    )  # fmt: skip


def _scaled(one: Measured) -> Measured:
    value = None if one.value is None else 100 * one.value
    return Measured(value, 100 * one.low, 100 * one.high, one.kind, one.n)


def _pair(name: str, found: Weighted) -> ShownPair:
    weighted = score(found.weighted, 0, 100)
    is_open = found.weighted.value is None and found.weighted.n > 0
    low, high = (f"{limit:.1f}" for limit in (found.weighted.low, found.weighted.high))
    return ShownPair(name, score(found.raw, 0, 100), weighted, (low, high) if is_open else None)
