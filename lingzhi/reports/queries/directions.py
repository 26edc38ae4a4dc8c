"""What to do next, read off the problems, and what became of the last report's problems."""

from collections.abc import Iterable, Mapping
from typing import Any

from lingzhi.inspections.queries import Tally
from lingzhi.reports.queries.problems import change

MOST = 5


def directions_of(problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """For the worst problems one direction each (改进方向).

    Where one or two teams stand out it is coaching there; where all teams do it alike it is the
    script or the process; where the rate rises everywhere the cause is to be looked for first.
    """
    return [
        {
            "kind": _kind(problem),
            "rule": problem["rule"],
            "title": problem["title"],
            "teams": [team["name"] for team in problem["teams"]],
        }
        for problem in problems
        if problem["enough"]
    ][:MOST]


def _kind(problem: dict[str, Any]) -> str:
    if problem["teams"]:
        return "coach"
    return "cause" if problem["change"] == "more" else "process"


def outcomes_of(
    tallies: Mapping[int, tuple[Tally, Tally]], last: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Each direction of the last report with how its problem moved since (前期措施评价).

    `tallies` has, by rule, what was found before and now. A problem is gone when enough
    conversations were judged and none shows it.
    """
    if last is None:
        return []
    directions = last["sections"].get("directions", [])
    return [
        {"rule": one["rule"], "title": one["title"], "change": _moved(tallies.get(one["rule"]))}
        for one in directions
    ]


def _moved(tallies: tuple[Tally, Tally] | None) -> str:
    if tallies is None:
        return "unknown"
    before, now = tallies
    if now.is_enough and not now.hits:
        return "gone"
    return str(change(before, now)["change"])
