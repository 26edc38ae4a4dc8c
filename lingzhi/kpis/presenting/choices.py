"""What each indicator leaves open, and what this house chose (I-03): ways, parameters, by whom."""

from dataclasses import dataclass

from lingzhi.core.clock import today
from lingzhi.kpis.dictionary import BY_HAND, Entry, indicators
from lingzhi.kpis.models import Definition, Use
from lingzhi.kpis.presenting.indicator import ShownDefinition, shown_definition
from lingzhi.kpis.queries import headlines


@dataclass(frozen=True, slots=True)
class Choice:
    """One indicator: its ways, its parameters as they hold, and the decision behind them.

    `use` is what a person decided; without one it is as a regulation's target asks where
    `is_bound`, else as the dictionary proposes. `others` are the ways that were not taken.
    """

    entry: Entry
    definition: Definition | None
    shown: ShownDefinition
    others: list[str]
    use: Use | None
    is_bound: bool

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.others or self.shown.way.asks)


def choices() -> list[Choice]:
    """Every indicator that leaves something open, with what was decided about it."""
    used = headlines()
    day = today()
    rows = Use.objects.filter(from_on__lte=day).select_related("definition__indicator", "set_by")
    newest = {one.definition.code: one for one in rows.order_by("from_on", "pk")}
    found = [
        _choice(one, used.get(one.code), newest.get(one.code)) for one in indicators().values()
    ]
    return [one for one in found if one.is_open]


def _choice(entry: Entry, definition: Definition | None, use: Use | None) -> Choice:
    way = definition.way if definition else entry.main
    params = definition.params if definition else dict(entry.main.params)
    others = [
        one.words for one in entry.variants.values() if one.code not in (way.code, BY_HAND)
    ]  # fmt: skip
    is_as_proposed = way.code == entry.main.code and params == dict(entry.main.params)
    is_bound = use is None and not is_as_proposed
    return Choice(entry, definition, shown_definition(way, params), others, use, is_bound)
