"""Facts for tests, as counting would write them."""

from datetime import date
from typing import Any

from lingzhi.core.clock import now
from lingzhi.kpis.models import Alert, Definition, Fact
from lingzhi.kpis.services import ensure_definition, sum_days


def make_fact(
    day: date,
    above: float,
    below: float,
    *,
    definition: Definition | None = None,
    agent: Any = None,
    unit: Any = None,
    channel: str = "phone",
    unknown: int = 0,
) -> Fact:
    """One fact; of the timely answer rate by rings unless another definition is given."""
    fact = Fact.objects.create(
        definition=definition or ensure_definition("K03", "rings", {}, by=None),
        day=day,
        unit=unit,
        agent=agent,
        channel=channel,
        numerator=above,
        denominator=below,
        unknown=unknown,
        counted_at=now(),
    )
    sum_days(fact.definition, day, day)
    return fact


def make_alert(unit: Any, *, owner: Any = None, day: date = date(2026, 10, 30)) -> Alert:
    """An open alert of the timely answer rate."""
    return Alert.objects.create(
        definition=ensure_definition("K03", "rings", {}, by=None), unit=unit, began_on=day,
        found_on=day, last_on=day, usual=90.0, change=-20.0, change_low=-25.0, change_high=-15.0,
        owner=owner, raised_at=now(),
    )  # fmt: skip
