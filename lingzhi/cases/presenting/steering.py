"""Rules of steering in words, with what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.cases.models import CaseType
from lingzhi.cases.models.types import CaseClass
from lingzhi.contacts.flow import flows
from lingzhi.contacts.models import SteeringRule
from lingzhi.contacts.steering import PLACES, counts, rules_in_force
from lingzhi.core.languages import in_language, joined


@dataclass(frozen=True, slots=True)
class Came:
    """How often a rule was shown at a place in the last 90 days, and taken."""

    place: str
    shown: int
    taken: int

    @property
    def ratio(self) -> float | None:
        return self.taken / self.shown if self.shown else None


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule: for whom, which way, whether that is clear now (None: a call back), what came."""

    row: SteeringRule
    fits: str
    sentence: str
    state: str | None
    came: list[Came]


def shown_rules() -> list[ShownRule]:
    """Those that hold, in their order."""
    rows, sums = list(rules_in_force()), counts()
    types = {one.code: str(one) for one in CaseType.objects.all()}
    ways = {one.channel.code: one.channel for one in rows if one.channel}
    states = {one.channel.code: one.state for one in flows(ways.values())} if ways else {}
    return [
        ShownRule(
            one, joined(_conditions(one, types)) or _("everybody"), in_language(one.sentence),
            states[one.channel.code] if one.channel else None, list(_came(one, sums)),
        )
        for one in rows
    ]  # fmt: skip


def _conditions(rule: SteeringRule, types: dict[str, str]) -> Iterator[str]:
    if rule.case_type:
        yield types.get(rule.case_type, rule.case_type)
    if rule.case_class:
        yield str(dict(CaseClass.choices).get(rule.case_class, rule.case_class))
    if rule.segment:
        yield rule.segment.name
    if rule.only_shut:
        yield _("their channel is closed or congested")


def _came(rule: SteeringRule, sums: dict[tuple[int, str], tuple[int, int]]) -> Iterator[Came]:
    labels = dict(SteeringRule.Place.choices)
    for code, name in PLACES.items():
        if getattr(rule, name) or (rule.pk, code) in sums:
            yield Came(str(labels[code]), *sums.get((rule.pk, code), (0, 0)))
