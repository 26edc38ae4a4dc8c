"""What could not be judged, and why: it counts neither as passed nor as failed."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.queries.results import by_rule
from lingzhi.inspections.queries.verdicts import Verdicts

MOST = 6


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule that could not be judged in `unknown` of `concerned` conversations, and why."""

    version: RuleVersion
    unknown: int
    concerned: int
    reasons: list[tuple[str, str, int]]  # code, detail, how often; most frequent first

    @property
    def ratio(self) -> float:
        return self.unknown / self.concerned


def gaps_of(verdicts: Verdicts, contacts: QuerySet[Contact]) -> list[Gap]:
    """The rules that could be judged least, each with its reasons."""
    lines = [line for line in by_rule(verdicts) if line.tally.unknown]
    lines.sort(key=lambda line: (-line.tally.unknown, line.key.rule.code))
    lines = lines[:MOST]
    reasons = _reasons([line.key for line in lines], contacts)
    return [
        Gap(
            line.key,
            line.tally.unknown,
            line.tally.unknown + line.tally.judged,
            reasons[line.key.rule_id],
        )
        for line in lines
    ]


def _reasons(
    versions: list[RuleVersion], contacts: QuerySet[Contact]
) -> dict[int, list[tuple[str, str, int]]]:
    rules = {version.rule_id for version in versions}
    rows = (
        Finding.objects.filter(
            version__rule_id__in=rules,
            verdict=Finding.Verdict.UNKNOWN,
            inspection__is_latest=True,
            inspection__contact__in=contacts.order_by(),
        )
        .order_by()
        .values_list("version__rule_id", "reason", "detail")
        .annotate(number=Count("pk"))
    )
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for rule, reason, detail, number in rows.order_by("-number", "reason", "detail"):
        found[rule].append((reason, detail, number))
    return found
