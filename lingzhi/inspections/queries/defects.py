"""One defect rate from two sources: rules judge everything, people a sample (真实差错率).

The rules' share says how many conversations have a hit, the people's how many of a sample are bad.
Corrected, the sample says how many of the hits and of the non-hits are really bad, and both are
weighed by what the rules said of everything (`lingzhi_engine.stats.corrected_rate`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lingzhi.contacts.days import UNDATED
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight
from lingzhi.inspections.models import Review, RuleVersion, Task
from lingzhi.inspections.queries.asking import RuleFilters
from lingzhi.inspections.queries.results import Tally, by_group, of_conversations, overall
from lingzhi.inspections.queries.tallies import Tallies
from lingzhi.inspections.queries.verdicts import HIT, MISS, verdicts_of
from lingzhi_engine.stats import (
    TOO_FEW,
    Judged,
    Measured,
    Reviews,
    RuleVerdict,
    corrected_rate,
    weighted_rate,
)

NAMES = {HIT: RuleVerdict.HIT, MISS: RuleVerdict.MISS}
Wanted = Callable[[RuleVersion], bool]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One conversation that came to be scored by chance."""

    verdict: RuleVerdict
    is_bad: bool
    chance: float
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class DefectRates:
    """The same conversations by rules alone, by people alone, and by both together."""

    automatic: Tally
    human: Measured
    corrected: Measured
    sizes: Mapping[RuleVerdict, int]

    @property
    def is_enough(self) -> bool:
        """Whether enough was scored to say anything."""
        return self.human.n >= TOO_FEW


def defect_rates(
    tallies: Tallies, contacts: QuerySet[Contact], asked: RuleFilters
) -> tuple[DefectRates | None, dict[int, DefectRates]]:
    """The rates of all `contacts`, and of each team of which enough was scored.

    `tallies` are theirs, `asked` says by which rules. None where nothing was scored by chance.
    """
    drawn = _reviewed(contacts, _since(tallies), asked.wants)
    if not drawn:
        return None, {}
    whole = _rates(overall(tallies, asked), drawn)
    said = {line.key: line.tally for line in by_group(tallies, "unit", asked)}
    teams: dict[int, DefectRates] = {}
    for unit in sorted({one.unit_id for one in drawn if one.unit_id}):
        own = [one for one in drawn if one.unit_id == unit]
        if len(own) >= TOO_FEW:
            teams[unit] = _rates(said.get(unit, Tally()), own)
    return whole, teams


def _rates(automatic: Tally, drawn: Sequence[Reviewed]) -> DefectRates:
    counts = {
        RuleVerdict.HIT: automatic.hits,
        RuleVerdict.MISS: automatic.misses,
        RuleVerdict.UNKNOWN: automatic.na + automatic.unknown,
    }
    said = [one.verdict for one in drawn]
    sizes = {verdict: max(number, said.count(verdict)) for verdict, number in counts.items()}
    bad, chances = [float(one.is_bad) for one in drawn], [one.chance for one in drawn]
    judged = Judged.of(sizes, [one.value for one in said], bad, chances)
    human = weighted_rate(Reviews.of(bad, chances))
    return DefectRates(automatic, human, corrected_rate(judged), sizes)


def _since(tallies: Tallies) -> datetime | None:
    """When the first of these conversations can have begun; None where one has no time."""
    first = min((key.day for key in tallies.keys), default=UNDATED)
    return None if first == UNDATED else midnight(first)


def _reviewed(
    contacts: QuerySet[Contact], since: datetime | None, wanted: Wanted
) -> list[Reviewed]:
    """Scores of sampled conversations, the first of each, with what the rules said of it.

    They are sought among what was drawn and scored since: that is far less than all conversations.
    """
    drawn = Task.objects.filter(inclusion__isnull=False, is_repeat=False).order_by()
    if since:
        drawn = drawn.filter(done_at__gte=since)
    among = contacts.order_by().filter(pk__in=drawn.values("contact"))
    rows = Review.objects.filter(contact__in=among, task__in=drawn)
    rows = rows.exclude(state=Review.State.DRAFT)
    columns = (
        "contact_id", "is_vetoed", "is_passed", "families", "task__inclusion", "contact__unit_id",
    )  # fmt: skip
    scores: dict[int, tuple[bool, float, int | None]] = {}
    for contact, vetoed, passed, families, chance, unit in rows.order_by("pk").values_list(
        *columns
    ):
        is_bad = bad_of(vetoed, passed, families)
        if is_bad is not None:
            scores.setdefault(contact, (is_bad, chance, unit))
    if not scores:
        return []
    sampled = contacts.filter(pk__in=rows.values("contact"))
    read = verdicts_of(sampled, ("contact_id",)).narrowed(wanted)
    letters = of_conversations(read.letters).tolist()
    said = dict(zip(read.keys["contact_id"], letters, strict=True))
    return [
        Reviewed(NAMES.get(said[contact], RuleVerdict.UNKNOWN), *several)
        for contact, several in scores.items()
        if contact in said
    ]


def bad_of(is_vetoed: bool, is_passed: bool | None, families: Mapping[str, Any]) -> bool | None:
    """Whether people found a conversation bad: vetoed, failed, or with a critical error.

    None where the sheet has no line to pass and no critical item: it says nothing about that.
    """
    if is_vetoed or is_passed is False or any(families.values()):
        return True
    return False if is_passed or False in families.values() else None
