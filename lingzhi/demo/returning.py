"""Customers who come again about the same matter within three days (重复联系)."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lingzhi.demo.calendar import Arrival
from lingzhi.demo.slots import pick
from lingzhi.demo.source import read

WINDOW = timedelta(hours=72)
# How often a contact is a further one: where the customer says so, and where not; of those that
# would be one, how many are where everything before was solved.
_SAYS_SO, _SAYS_NOTHING = 0.6, 0.035
_THOUGH_SOLVED = 0.35


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier contact: what filled its slots, and the customer as it was delivered."""

    at: datetime
    ended_at: datetime
    slots: Mapping[str, str]
    customer: Mapping[str, str | None]
    is_solved: bool


class Recent:
    """The inbound contacts of the last three days whose customer's phone is known, by scenario.

    Draws by itself, from the seed and the number of a contact: what else a conversation draws does
    not depend on who comes again.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._visits: dict[int, deque[Visit]] = defaultdict(deque)

    def remember(self, arrival: Arrival, slots: Mapping[str, str], facts: dict[str, Any]) -> None:
        """Keep a contact that somebody may come back to."""
        if facts["direction"] != "in" or not facts["customer"]["phone"]:
            return
        ended_at = datetime.fromisoformat(facts["ended_at"])
        is_solved = facts["outcome"] == read("words")["outcomes"]["solved"]
        visit = Visit(arrival.at, ended_at, slots, facts["customer"], is_solved)
        self._visits[arrival.scenario].append(visit)

    def visit_before(self, number: int, arrival: Arrival, *, says_so: bool) -> Visit | None:
        """The contact that this one follows, if it follows one; each is followed once."""
        visits = self._visits[arrival.scenario]
        while visits and visits[0].at < arrival.at - WINDOW:
            visits.popleft()
        rng = Random(f"{self._seed}/{number}/again")  # noqa: S311 a demo needs no secrets
        over = [visit for visit in visits if visit.ended_at < arrival.at]
        unsolved = [visit for visit in over if not visit.is_solved]
        chance = (_SAYS_SO if says_so else _SAYS_NOTHING) * (1 if unsolved else _THOUGH_SOLVED)
        if not over or rng.random() >= chance:
            return None
        found: Visit = pick(rng, over if rng.random() < _THOUGH_SOLVED else unsolved or over)
        visits.remove(found)
        return found
