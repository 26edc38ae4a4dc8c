"""What to do next, read off the problems, and what became of the last report's problems."""

from collections.abc import Iterable
from typing import Any

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
    problems: Iterable[dict[str, Any]], last: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Each direction of the last report with how its problem moved since (前期措施评价)."""
    if last is None:
        return []
    now = {problem["rule"]: problem for problem in problems}
    return [
        {
            "rule": direction["rule"],
            "title": direction["title"],
            "change": now[direction["rule"]]["change"] if direction["rule"] in now else "gone",
        }
        for direction in last["sections"].get("directions", [])
    ]
