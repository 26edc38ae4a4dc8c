"""What could not be judged, and why: it counts neither as passed nor as failed."""

from collections import defaultdict
from dataclasses import dataclass

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.results import by_rule
from lingzhi.inspections.queries.tallies import Tallies

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


def gaps_of(tallies: Tallies) -> list[Gap]:
    """The rules that could be judged least, each with its reasons."""
    lines = [line for line in by_rule(tallies) if line.tally.unknown]
    lines.sort(key=lambda line: (-line.tally.unknown, line.key.rule.code))
    reasons = _reasons(tallies) if lines else {}
    return [
        Gap(
            line.key,
            line.tally.unknown,
            line.tally.unknown + line.tally.judged,
            reasons.get(line.key.rule_id, []),
        )
        for line in lines[:MOST]
    ]


def _reasons(tallies: Tallies) -> dict[int, list[tuple[str, str, int]]]:
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for (rule, reason, detail), number in tallies.reasons().items():
        found[rule].append((reason, detail, number))
    for several in found.values():
        several.sort(key=lambda one: (-one[2], one[0], one[1]))
    return found
