"""What lies on no dimension yet: said, so that nobody takes the table for the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import by_rule
from lingzhi.reports.queries.voice.asked import Asked
from lingzhi.reports.queries.voice.placing import ELSEWHERE, OPEN, Placed
from lingzhi.surveys.queries.voice import Source


@dataclass(frozen=True, slots=True)
class OpenWords:
    """Complaints, opinions and texts that lie nowhere, those that were laid elsewhere on purpose,
    and the rules with hits that nobody laid on a dimension: (rule, hits), most first.
    """

    complaints: int
    opinions: int
    texts: int
    elsewhere: int
    rules: list[tuple[RuleVersion, int]]

    @property
    def is_nothing(self) -> bool:
        return not (self.complaints or self.opinions or self.texts or self.rules)


def open_words(asked: Asked, found: Placed) -> OpenWords:
    """Of the time asked about; what a person may not see is not counted."""
    return OpenWords(
        found.complaints[OPEN], found.opinions[OPEN], found.texts[OPEN],
        found.complaints[ELSEWHERE] + found.opinions[ELSEWHERE],
        _rules(asked, asked.terms.dimension_of[Source.RULE]),
    )  # fmt: skip


def _rules(asked: Asked, laid: Mapping[str, str]) -> list[tuple[RuleVersion, int]]:
    if not asked.user.can("inspections.read"):
        return []
    lines = [
        (line.key, line.tally.hits)
        for line in by_rule(asked.tallies)
        if line.tally.hits
        and line.key.rule.code not in laid
        and line.key.kind != RuleVersion.Kind.CREDIT
    ]
    return sorted(lines, key=lambda line: (-line[1], line[0].rule.code))
