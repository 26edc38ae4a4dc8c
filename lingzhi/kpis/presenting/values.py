"""Entered figures in words, and what one may do with each."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.accounts.models import User
from lingzhi.kpis.models import Definition, ManualValue
from lingzhi.kpis.presenting.indicator import shown_definition
from lingzhi.kpis.presenting.saying import say
from lingzhi.kpis.queries import Figure
from lingzhi.org.queries import reach


@dataclass(frozen=True, slots=True)
class ShownValue:
    """An entered figure; `may_confirm` is never true for who entered it."""

    value: ManualValue
    said: str
    way: str
    may_change: bool
    may_confirm: bool


def shown_values(values: Iterable[ManualValue], user: User) -> list[ShownValue]:
    """Each with its figure in its unit."""
    within = reach(user, "kpis.manage")
    found = []
    for one in values:
        figure = Figure.of(one.definition, (one.numerator, one.denominator, 0))
        is_open = one.replaced_at is None
        may_change = is_open and user.can("kpis.manage") and within.covers(one.unit, None)
        is_mine = one.entered_by_id == user.pk
        may_confirm = may_change and one.confirmed_at is None and not is_mine
        said = say(figure.value, figure.unit)
        found.append(ShownValue(one, said, way_words(one.definition), may_change, may_confirm))
    return found


def way_words(definition: Definition) -> str:
    """A way with its parameters: 人均学时（年）."""
    told = " · ".join(value for _label, value in shown_definition(
        definition.way, definition.params).params)  # fmt: skip
    return f"{definition.way.words} ({told})" if told else definition.way.words
