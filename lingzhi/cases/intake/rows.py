"""One ticket of another system: read field by field, every problem named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.intake.fields import FIELDS
from lingzhi.cases.models import Case
from lingzhi.cases.services.bringing import Happening, Ticket
from lingzhi.core.intake import Problem, Record, Refused
from lingzhi.core.readers import moment

Kind = Case.Kind


@dataclass(frozen=True, slots=True)
class Known:
    """What a file names by code, and what the centre has by it."""

    types: Mapping[str, int]
    units: Mapping[str, int]
    people: Mapping[str, int]


def read_ticket(record: Record, known: Known) -> Ticket:
    """The ticket of a record. Raises Refused with every problem found."""
    problems: list[Problem] = []
    values = {one.name: _value(one.name, one.read, record, problems) for one in FIELDS}
    problems += [
        Problem(one.name, _("This must be given."))
        for one in FIELDS
        if one.is_required and record.get(one.name) in (None, "")
    ]
    for name, codes in (("type", known.types), ("unit", known.units), ("owner", known.people)):
        if values[name] and values[name] not in codes:
            problems.append(Problem(name, _("Nothing is called so.")))
    if not problems:
        problems = list(_out_of_order(values))
    if problems:
        raise Refused(problems)
    return Ticket(
        **values | {
            "type": known.types[values["type"]],
            "unit": known.units[values["unit"]] if values["unit"] else None,
            "owner": known.people[values["owner"]] if values["owner"] else None,
            "history": tuple(_happening(one) for one in record.get("history", ())),
        }
    )  # fmt: skip


def _value(name: str, read: Callable[[Any], Any], record: Record, problems: list[Problem]) -> Any:
    raw = record.get(name)
    if raw in (None, ""):
        return None
    try:
        return read(raw)
    except ValueError as error:
        problems.append(Problem.of(name, error))
        return None


def _out_of_order(values: Mapping[str, Any]) -> list[Problem]:
    """What cannot have been: an end before the begin, or a state without the time it needs."""
    needs = {Kind.SOLVED: ("solved_at",), Kind.CLOSED: ("closed_at", "told_at", "satisfaction")}
    found = [
        Problem(name, _("A ticket in this state needs it: give a column, or a value for the file."))
        for name in needs.get(values["state"], ())
        if not values[name]
    ]
    found += [
        Problem(name, _("It cannot end before it began."))
        for name in ("solved_at", "told_at", "closed_at")
        if values[name] and values[name] < values["opened_at"]
    ]
    if values["satisfaction"] == Case.Satisfaction.OBJECTS:
        found.append(Problem("satisfaction", _("An objection needs its words: import it open.")))
    return found


def _happening(told: Mapping[str, Any]) -> Happening:
    at: datetime = moment(told["at"])
    return Happening(told["kind"], at, told.get("text", ""), told.get("state", ""), told["mark"])
