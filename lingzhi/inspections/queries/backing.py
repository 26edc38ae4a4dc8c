"""The clauses that stand behind the items of a sheet, by the rules that fill them."""

from dataclasses import dataclass

from django.urls import reverse

from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.queries import controls_in_force
from lingzhi_engine.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Backing:
    """A clause in force: its number, and where it stands."""

    number: str
    url: str


def clauses_behind(sheet: Sheet, unit: Unit | None) -> dict[str, list[Backing]]:
    """By the code of an item the clauses that name a rule by which it is filled."""
    filled = {item.code: set(item.fill.rules) for item in sheet.items if item.fill}
    if not filled or unit is None:
        return {}
    day = today()
    named: dict[int, set[str]] = {}
    for one in controls_in_force(day, day, kind="inspection_rule", unit=unit):
        named.setdefault(one.control_id, set()).update(one.values.get("rules", ()))
    wanted = set().union(*filled.values())
    controls = Control.objects.filter(pk__in=[pk for pk, rules in named.items() if rules & wanted])
    found: dict[str, list[Backing]] = {}
    for control in controls.select_related("clause__version").order_by("clause__position"):
        backing = _backing(control)
        for code, rules in filled.items():
            if rules & named[control.pk] and backing not in found.setdefault(code, []):
                found[code].append(backing)
    return found


def _backing(control: Control) -> Backing:
    clause = control.clause
    place = [clause.version.regulation_id, clause.number]
    return Backing(clause.number, reverse("rulebook:clause", args=place))
