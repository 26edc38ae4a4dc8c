"""Which versions judge, and which of their verdicts count."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lingzhi.core.languages import in_language
from lingzhi.inspections.first_set import first_titles
from lingzhi.inspections.models import RuleVersion

State = RuleVersion.State
JUDGING = (State.SHADOW, State.ACTIVE)


def judging_versions() -> QuerySet[RuleVersion]:
    """Versions that judge new conversations: in shadow or active, by the code of their rule.

    A suspended version judges none; what it found before stays.
    """
    return _living().filter(suspended_at=None)


def rules_in_force() -> QuerySet[RuleVersion]:
    """Versions whose findings count."""
    return _living().filter(state=State.ACTIVE)


def rules_of_channel(code: str) -> tuple[list[RuleVersion], int]:
    """The rules in force that are made for this channel (with others), and how many hold on all."""
    rules = list(rules_in_force())
    own = [one for one in rules if code in (one.body.get("channels") or ())]
    return own, sum(not one.body.get("channels") for one in rules)


def _living() -> QuerySet[RuleVersion]:
    rows = RuleVersion.objects.filter(state__in=JUDGING).select_related("rule")
    return rows.order_by("rule__code", "number")


def drafts_and_in_force() -> list[tuple[RuleVersion | None, RuleVersion]]:
    """Each draft behind the version of its rule that is in force, if there is one."""
    in_force = {one.rule_id: one for one in rules_in_force()}
    drafts = RuleVersion.objects.filter(state=State.DRAFT).select_related("rule")
    return [(in_force.get(one.rule_id), one) for one in drafts.order_by("rule__code")]


def rule_titles() -> dict[str, str]:
    """What each rule is called that is there or comes with the program, in the reader's language.

    A rule is called as its newest version is; a draft names only a rule that has nothing else.
    """
    found = {code: in_language(title) for code, title in first_titles().items()}
    rows = RuleVersion.objects.order_by().values_list(
        "rule__code", "state", "number", "body__title"
    )
    for code, _state, _number, title in sorted(rows, key=_draft_first):
        found[code] = in_language(title or {}) or code
    return dict(sorted(found.items()))


def _draft_first(row: tuple[str, str, int, Any]) -> tuple[bool, int]:
    return row[1] != State.DRAFT, row[2]


@dataclass(frozen=True, slots=True)
class Counting:
    """Which versions of a snapshot count.

    Of a rule in force the version in force counts, or, where a conversation was judged before
    that one came, the last version that was in force then. A version that was only ever in shadow
    counts for nobody, nor does a rule that was retired.
    """

    rule_of: dict[int, int]  # version that was ever active, of a rule in force -> its rule
    number_of: dict[int, int]

    @classmethod
    def now(cls) -> "Counting":
        in_force = RuleVersion.objects.filter(state=State.ACTIVE).values("rule_id")
        rows = RuleVersion.objects.filter(rule_id__in=in_force).exclude(activated_at=None)
        found = list(rows.values_list("pk", "rule_id", "number"))
        return cls({pk: rule for pk, rule, _n in found}, {pk: number for pk, _r, number in found})

    def of(self, version_ids: Iterable[int]) -> dict[int, int]:
        """`{rule id: column}` of the versions in this list that count."""
        chosen: dict[int, tuple[int, int]] = {}
        for column, version in enumerate(version_ids):
            if version in self.rule_of:
                candidate = (self.number_of[version], column)
                rule = self.rule_of[version]
                chosen[rule] = max(chosen.get(rule, candidate), candidate)
        return {rule: column for rule, (_number, column) in chosen.items()}
