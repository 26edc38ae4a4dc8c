"""Whether the controls themselves are adequate, seen from what inspection found (管控手段适宜性).

A control that judges nothing, that finds nothing over many conversations, that often cannot judge
or that people overturn says little about the service: not the people, the control has to change.
Counted from the figures that each night's weighing keeps.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries.clauses import KINDS
from lingzhi.inspections.queries.demands import DemandBook
from lingzhi.inspections.queries.trust import living_versions, trust_of, trust_policy
from lingzhi.rulebook.queries import controls_in_force
from lingzhi_engine.stats import Rate

SURELY_NOTHING = 0.001  # a share of hits surely below it: the rule finds nothing
OFTEN_UNKNOWN = 0.2  # a share of unknown surely above it


class Lack(StrEnum):
    """What speaks against a control."""

    UNJUDGED = "unjudged"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    WRONG = "wrong"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Adequacy:
    """One version in force: what it judged, what speaks against it, and the clauses that ask it."""

    version: RuleVersion
    hits: Rate  # of judged
    unknown: Rate  # of what it applied to
    lacks: tuple[Lack, ...]
    clauses: tuple[str, ...]


def adequacy_of_rules() -> list[Adequacy]:
    """Every version in force, those with the most against them first."""
    clauses, policy = _clauses(), trust_policy()
    found = [
        _adequacy(version, clauses.get(version.rule_id, ()), policy.floor, policy.overturned)
        for version in living_versions().filter(state=RuleVersion.State.ACTIVE)
        if trust_of(version)
    ]
    return sorted(found, key=lambda one: (-len(one.lacks), one.version.rule.code))


def _adequacy(
    version: RuleVersion, clauses: tuple[str, ...], floor: float, overturned: float
) -> Adequacy:
    known = trust_of(version)
    evidence = known.evidence if known else {}
    sizes: Mapping[str, int] = evidence.get("sizes", {})
    hits, misses, unknown = (sizes.get(one, 0) for one in ("hit", "miss", "unknown"))
    rate, unsure = Rate(hits, hits + misses), Rate(unknown, hits + misses + unknown)
    won = Rate(*evidence.get("overturned", (0, 0)))
    right = evidence.get("precision") or {"n": 0, "high": 1.0}
    lacks = {
        Lack.UNJUDGED: not rate.denominator,
        Lack.NOTHING: rate.denominator > 0 and not hits and rate.interval().high < SURELY_NOTHING,
        Lack.UNKNOWN: unsure.denominator > 0 and unsure.interval().low > OFTEN_UNKNOWN,
        Lack.WRONG: right["n"] > 0 and right["high"] < floor,
        Lack.OVERTURNED: won.denominator > 0 and won.interval().low > overturned,
    }
    return Adequacy(version, rate, unsure, tuple(k for k, is_so in lacks.items() if is_so), clauses)


def _clauses() -> dict[int, tuple[str, ...]]:
    """The clauses in force that each rule judges, by the id of the rule."""
    book, day = DemandBook(), today()
    found: dict[int, list[str]] = defaultdict(list)
    bindings: list[Binding] = [
        one for kind in KINDS for one in controls_in_force(day, day, kind=kind)
    ]
    for binding in bindings:
        for rule, _since, _credit in book.demand(binding).versions.values():
            if binding.reference not in found[rule]:
                found[rule].append(binding.reference)
    return {rule: tuple(several) for rule, several in found.items()}
