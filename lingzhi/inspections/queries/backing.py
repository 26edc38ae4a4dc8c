"""The clauses that stand behind the items of a sheet: named by them, or by rules that fill them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Clause, Control
from lingzhi.rulebook.queries import controls_in_force, versions_in_force
from lingzhi_engine.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Backing:
    """A clause in force: its number, and where it stands."""

    number: str
    url: str


def clauses_behind(sheet: Sheet, unit: Unit | None) -> dict[str, list[Backing]]:
    """By the code of an item the clauses it names itself, and those that name a rule filling it."""
    found = _named(sheet, unit)
    for code, several in _of_rules(sheet, unit).items():
        own = found.setdefault(code, [])
        own += [one for one in several if one not in own]
    return found


def clauses_to_name() -> list[Clause]:
    """The clauses in force that an item may name, in the order of their regulations."""
    return list(_clauses_in_force().exclude(force="heading"))


def reference_of(clause: Clause) -> str:
    """How an item names a clause: pack and number, so that a new version changes nothing."""
    return f"{clause.version.regulation.pack}:{clause.number}"


def _clauses_in_force() -> QuerySet[Clause]:
    day = today()
    rows = Clause.objects.filter(version__in=versions_in_force(day, day).values("pk"))
    rows = rows.filter(version__pilot_until=None).select_related("version__regulation__unit")
    return rows.order_by("version__regulation__unit__path", "version__regulation", "position")


def _named(sheet: Sheet, unit: Unit | None) -> dict[str, list[Backing]]:
    """Of regulations that hold for the unit; a clause that is in force no more is left out."""
    wanted = {name for item in sheet.items for name in item.clauses}
    if not wanted or unit is None:
        return {}
    numbers = {name.partition(":")[2] for name in wanted}
    known: dict[str, Backing] = {}
    for clause in _clauses_in_force().filter(number__in=numbers):
        if unit.path.startswith(clause.version.regulation.unit.path):
            known[reference_of(clause)] = _backing(clause)  # the innermost unit's own comes last
    return {
        item.code: [known[name] for name in item.clauses if name in known]
        for item in sheet.items
        if known.keys() & set(item.clauses)
    }


def _of_rules(sheet: Sheet, unit: Unit | None) -> dict[str, list[Backing]]:
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
        backing = _backing(control.clause)
        for code, rules in filled.items():
            if rules & named[control.pk] and backing not in found.setdefault(code, []):
                found[code].append(backing)
    return found


def _backing(clause: Clause) -> Backing:
    place = [clause.version.regulation_id, clause.number]
    return Backing(clause.number, reverse("rulebook:clause", args=place))
