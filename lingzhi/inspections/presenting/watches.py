"""Watches as their reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Watch
from lingzhi.inspections.queries.policies import policy_of


@dataclass(frozen=True, slots=True)
class ShownWatch:
    """A watch; `watcher` is empty where the reader is not told who it was."""

    watch: Watch
    watcher: str


def shown_watches(watches: Sequence[Watch], reader: User) -> list[ShownWatch]:
    """One line each; the policy of a unit is read once."""
    named: dict[int | None, bool] = {}
    found = []
    for one in watches:
        if one.agent_id == reader.pk and one.unit_id not in named:
            named[one.unit_id] = policy_of(one.unit).shows_watchers
        is_named = one.agent_id != reader.pk or named[one.unit_id]
        found.append(ShownWatch(one, one.person.name if is_named else ""))
    return found
