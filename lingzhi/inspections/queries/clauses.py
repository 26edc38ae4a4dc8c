"""What a clause demands of conversations on given days, through its versions."""

from collections.abc import Iterable

from lingzhi.core.controls import Binding
from lingzhi.inspections.queries.demands import DemandBook
from lingzhi.inspections.queries.periods import Period
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.queries import stretches
from lingzhi.rulebook.queries.stretches import Stretch

KINDS = ("inspection_rule", "phrases")


def stretches_of(control_id: int, unit_id: int | None, period: Period) -> list[Stretch]:
    """How the clause of a control is judged on each day of a period.

    Nothing where the control does not exist or is none of conversations.
    """
    if not Control.objects.filter(pk=control_id, kind__in=KINDS).exists():
        return []
    return stretches.stretches_of(control_id, unit_id, period.from_on, period.to_on)


def rules_of(bindings: Iterable[Binding]) -> set[int]:
    """The rules that judge these bindings."""
    book = DemandBook()
    return {
        rule
        for binding in bindings
        for rule, _since, _credit in book.demand(binding).versions.values()
    }
