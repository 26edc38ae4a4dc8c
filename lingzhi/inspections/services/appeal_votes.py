"""What the opinions of several people about an appeal come to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lingzhi.inspections.models import AppealItem, AppealStep, AppealVote


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a level makes of one item."""

    is_changed: bool
    answer: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def outcomes_of(
    step: AppealStep, items: Sequence[AppealItem], needed: int
) -> dict[str, Outcome] | None:
    """What the votes come to, by item; None while an item has no majority yet."""
    votes: dict[str, list[AppealVote]] = {}
    for vote in step.votes.all():
        votes.setdefault(vote.item, []).append(vote)
    found = {one.item: _majority(votes.get(one.item, []), needed) for one in items}
    outcomes = {item: outcome for item, outcome in found.items() if outcome is not None}
    return outcomes if len(outcomes) == len(found) else None


def _majority(votes: Sequence[AppealVote], needed: int) -> Outcome | None:
    """It stands, or it gets the answer most of those give who would change it, the first of
    equals; None while fewer than half of all agree.
    """
    changing = [one for one in votes if one.is_changed]
    standing = [one for one in votes if not one.is_changed]
    if 2 * len(standing) > needed:
        return Outcome(False, reason=standing[0].reason)
    if 2 * len(changing) <= needed:
        return None
    said = Counter((str(one.answer.get("value")), one.answer.get("is_na")) for one in changing)
    (most, _number), *_rest = said.most_common()
    chosen = next(
        one for one in changing if (str(one.answer.get("value")), one.answer.get("is_na")) == most
    )
    return Outcome(True, chosen.answer, chosen.reason)
