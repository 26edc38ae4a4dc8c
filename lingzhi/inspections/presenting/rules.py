"""Rules in a list, and one rule with all its versions."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.queries import Tally
from lingzhi.inspections.rule_text import as_yaml
from lingzhi.inspections.wording.dimensions import dimension_in_words
from lingzhi.inspections.wording.reasons import suspension_in_words

State = RuleVersion.State
STATE_TONES = {"active": "good", "shadow": "flow", "draft": "warn", "retired": "plain"}
FIRST = (State.ACTIVE, State.SHADOW, State.DRAFT, State.RETIRED)


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version with its rate in the period looked at."""

    version: RuleVersion
    tally: Tally = field(default_factory=Tally)

    @property
    def tone(self) -> str:
        return STATE_TONES[self.version.state]

    @property
    def is_living(self) -> bool:
        return self.version.state in (State.SHADOW, State.ACTIVE)

    @property
    def label(self) -> str:
        return f"{self.version.get_state_display()} v{self.version.number}"

    @property
    def why_suspended(self) -> str:
        """Why the version judges nothing at present; empty where it does."""
        if self.version.suspended_at is None:
            return ""
        return suspension_in_words(self.version.suspended_reason)

    @property
    def ids(self) -> dict[str, str]:
        """The names of the dialogues of this version within the page."""
        acts = ("shadow", "activate", "retire", "discard", "lift")
        return {act: f"{act}-{self.version.number}" for act in acts}


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule by the version that matters most: in force, else in shadow, draft, retired."""

    rule: Rule
    versions: list[ShownVersion]

    @property
    def main(self) -> ShownVersion:
        return min(self.versions, key=lambda one: FIRST.index(State(one.version.state)))

    @property
    def others(self) -> list[ShownVersion]:
        """Versions that matter besides: not those that are over."""
        return [
            one
            for one in self.versions
            if one is not self.main and one.version.state != State.RETIRED
        ]

    @property
    def suspended(self) -> list[ShownVersion]:
        """Versions that would judge and are suspended."""
        return [one for one in self.versions if one.why_suspended and one.is_living]

    @property
    def words(self) -> str:
        """What a search looks through: code and titles, in small letters."""
        titles = self.main.version.body.get("title", {}).values()
        return f"{self.rule.code} {' '.join(titles)}".lower()

    @property
    def dimension(self) -> str:
        return dimension_in_words(self.main.version.dimension)


def shown_rules(rules: Iterable[Rule], tallies: dict[int, Tally]) -> list[ShownRule]:
    """Rules whose versions were fetched along with them."""
    return [
        ShownRule(rule, shown_versions(rule.versions.all(), tallies))
        for rule in rules
        if rule.versions.all()
    ]


def shown_versions(
    versions: Iterable[RuleVersion], tallies: dict[int, Tally]
) -> list[ShownVersion]:
    """Each version with its rate."""
    return [ShownVersion(version, tallies.get(version.pk, Tally())) for version in versions]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison: what came in, what went out, what stayed."""

    sign: str  # "+", "-" or ""
    text: str


def difference(before: RuleVersion, after: RuleVersion) -> Iterator[DiffLine]:
    """The lines of both versions as one text."""
    old, new = (as_yaml(one.body).splitlines() for one in (before, after))
    for line in difflib.unified_diff(old, new, n=3, lineterm=""):
        if line.startswith(("---", "+++")):
            continue
        if line.startswith("@@"):
            yield DiffLine("…", "")
        else:
            yield DiffLine(line[0].strip(), line[1:])
