"""Problems that come again (重复问题): the same matter, to be solved at its root."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import rectifications_visible_to
from lingzhi.org.models import Unit

MONTHS = 12
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Repeat:
    """One kind of problem in one unit, or in several where `unit` is None."""

    category: str
    unit: Unit | None
    rows: list[Rectification]

    @property
    def reopened(self) -> int:
        """How often one of them came back after it was closed."""
        return sum(row.reopened for row in self.rows)

    @property
    def times(self) -> int:
        """How often it happened: each record, and each time one was opened again."""
        return len(self.rows) + self.reopened

    @property
    def units(self) -> int:
        return len({row.unit_id for row in self.rows})


def repeats(user: User) -> list[Repeat]:
    """What happened at least twice in the last twelve months, the most frequent first; what was
    carried over did not happen there.

    First what came again in one unit, then what happened in several units.
    """
    since = now() - timedelta(days=MONTHS * 365 / 12)
    rows = rectifications_visible_to(user).filter(created_at__gte=since, parent=None)
    rows = rows.exclude(state=Rectification.State.DROPPED)
    by_unit: dict[tuple[str, Unit], list[Rectification]] = defaultdict(list)
    across: dict[str, list[Rectification]] = defaultdict(list)
    for row in rows.order_by("-pk"):
        by_unit[row.category, row.unit].append(row)
        across[row.category].append(row)
    found = [Repeat(category, unit, several) for (category, unit), several in by_unit.items()]
    wide = [Repeat(category, None, several) for category, several in across.items()]
    return [
        *sorted((one for one in found if one.times >= FEWEST), key=lambda one: -one.times),
        *sorted((one for one in wide if one.units >= FEWEST), key=lambda one: -one.times),
    ]
