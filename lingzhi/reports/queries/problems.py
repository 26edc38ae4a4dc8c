"""Which rules were broken most, by how much that changed, and where it lies."""

from typing import Any

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import RuleFilters, Tallies, Tally, by_group, by_rule
from lingzhi.inspections.queries.results import VIOLATIONS
from lingzhi.org.models import Unit
from lingzhi.reports.queries.material import Material
from lingzhi_engine.stats import difference

MOST = 10
ORDER = list(RuleVersion.Severity)


def problems_of(now: Material, earlier: Material) -> list[dict[str, Any]]:
    """The broken rules: severe ones first, then by what their rate is at least."""
    before = {line.key.rule_id: line.tally for line in by_rule(earlier.tallies, VIOLATIONS)}
    lines = [line for line in by_rule(now.tallies, VIOLATIONS) if line.tally.hits]
    lines.sort(key=lambda line: _rank(line.key, line.tally))
    units = dict(Unit.objects.values_list("pk", "name"))
    return [
        {
            "rule": line.key.rule_id,
            "code": line.key.rule.code,
            "title": line.key.body.get("title", {}),
            "why": line.key.body.get("why", {}),
            "dimension": line.key.dimension,
            "severity": line.key.severity,
            **figures(line.tally),
            **change(before.get(line.key.rule_id, Tally()), line.tally),
            "teams": _teams(now.tallies, line.key, line.tally, units),
        }
        for line in lines[:MOST]
    ]


def tallies_of(now: Material, earlier: Material) -> dict[int, tuple[Tally, Tally]]:
    """For each rule in force what was found before and now."""
    before = {line.key.rule_id: line.tally for line in by_rule(earlier.tallies)}
    return {
        line.key.rule_id: (before.get(line.key.rule_id, Tally()), line.tally)
        for line in by_rule(now.tallies)
    }


def _rank(version: RuleVersion, tally: Tally) -> tuple[bool, int, float, str]:
    severity = ORDER.index(RuleVersion.Severity(version.severity))
    return (not tally.is_enough, severity, -(tally.low or 0), version.rule.code)


def figures(tally: Tally) -> dict[str, Any]:
    """A rate as it is stored: counts and the limits of its exact interval."""
    return {
        "hits": tally.hits,
        "judged": tally.judged,
        "unknown": tally.unknown,
        "low": tally.low,
        "high": tally.high,
        "enough": tally.is_enough,
    }


def change(before: Tally, now: Tally) -> dict[str, Any]:
    """How the rate moved: more, less, or within what chance explains (`same`); `unknown` of few.

    It is called a change when the 95 % interval of the difference (Newcombe) leaves out 0.
    """
    earlier = {"before_hits": before.hits, "before_judged": before.judged}
    if not (before.is_enough and now.is_enough):
        return {**earlier, "change": "unknown"}
    low, high = difference((before.hits, before.judged), (now.hits, now.judged))
    return {**earlier, "change": "more" if low > 0 else "less" if high < 0 else "same"}


def _teams(
    tallies: Tallies, version: RuleVersion, whole: Tally, units: dict[int, str]
) -> list[dict[str, Any]]:
    """The teams whose rate lies above the whole's beyond chance, the worst first."""
    above = []
    for line in by_group(tallies, "unit", RuleFilters(rule=version.rule_id)):
        rest = (whole.hits - line.tally.hits, whole.judged - line.tally.judged)
        if line.key is None or not line.tally.is_enough:
            continue
        low, _high = difference(rest, (line.tally.hits, line.tally.judged))
        if low > 0:
            above.append({"unit": line.key, "name": units[line.key], **figures(line.tally)})
    return sorted(above, key=lambda team: (-team["low"], team["name"]))[:3]
