"""What a pilot changed in the indicators, less what changed where it does not hold (试点对照)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.conformity.queries.pilots import units_of_pilot
from lingzhi.core.clock import today
from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries import Period, headlines
from lingzhi.kpis.queries.before_after import (
    LONGEST,
    BeforeAfter,
    before_after,
    sums_by_day,
    units_beside,
    windows,
)
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version

DAY = timedelta(days=1)
MOST = 3  # indicators at once
LEVEL = 0.95  # of all of them together: each has a stricter one (Bonferroni)


@dataclass(frozen=True, slots=True)
class PilotEffect:
    """The indicators before and since. `advice` is for, against, open (no sure change), few (too
    few cases to say) or early (fewer than two weeks): words for who decides, never a decision.
    """

    version: Version
    rows: Sequence[BeforeAfter]
    advice: str


def proposed_for(version: Version) -> list[Definition]:
    """The indicators that the pilot sets targets for, else the first there are."""
    controls = version.clauses.values_list("controls", flat=True)
    rows = Target.objects.filter(control_id__in=[one for one in controls if one])
    aimed = {
        one.definition_id: one.definition for one in rows.select_related("definition__indicator")
    }
    return (list(aimed.values()) or list(headlines().values()))[:MOST]


def effect_of(version: Version, definitions: Sequence[Definition], reader: User) -> PilotEffect:
    """Whole weeks since it began beside as many before, its own units beside the others."""
    ends = [one for one in (version.pilot_until, version.ended_on) if one]
    last = min([today() - DAY, *ends])
    began = version.effective_on
    days = windows(began, LONGEST, last) if began else None
    if days is None:
        return PilotEffect(version, [], "early")
    units = units_of_pilot(version, version.regulation)
    others = _others(version, units, reader)
    level = 1 - (1 - LEVEL) / max(1, len(definitions))
    whole = Period(days[0].first, days[1].last)
    rows = [
        before_after(
            one, sums_by_day(one, whole, version.pilot_channels), units, others, days, level
        )
        for one in definitions
    ]
    return PilotEffect(version, rows, _advice([one.verdict for one in rows]))


def _others(version: Version, units: Sequence[Unit], reader: User) -> list[Unit]:
    """Units beside that the regulation binds: what it does not bind is no fair comparison."""
    bound = version.regulation.unit.path
    return [one for one in units_beside(units, reader) if one.path.startswith(bound)]


def _advice(verdicts: Sequence[str]) -> str:
    if "worse" in verdicts:
        return "against"
    if "better" in verdicts:
        return "for"
    return "few" if all(one == "too_few" for one in verdicts) else "open"
