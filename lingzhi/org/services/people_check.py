"""A file of people, checked row by row before anything is written."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.models import Identity, Unit
from lingzhi.org.people_file import PersonRow
from lingzhi.org.people_words import DEFAULT_ROLE, date_of, is_email, role_of, skills_of
from lingzhi.org.queries import assignments_on, person_by_identity
from lingzhi.org.queries.unit_names import UnitsByName


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row: `field` is a key of `people_file.COLUMNS`."""

    row: int
    field: str
    message: str | Promise


@dataclass(slots=True)
class PeopleImport:
    """What a file does, or would do: staff numbers by effect, units to be made, problems."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row understood. `unit` None: it is to be made from `row.team`."""

    row: PersonRow
    role: str
    hired_on: date | None
    skills: list[str]
    unit: Unit | None


def plan(
    rows: list[PersonRow], *, by: User | None, make_units: bool
) -> tuple[PeopleImport, list[Entry]]:
    """What the rows would do, with every problem; and the rows that have none, understood."""
    summary, entries = PeopleImport(), []
    units = UnitsByName()
    people = {user.staff_no.lower(): user for user in User.objects.all()}
    times = Counter(row.staff_no.lower() for row in rows)
    for row in rows:
        person = people.get(row.staff_no.lower())
        problems = [*_cells(row), *_unit(row, units, make_units), *_rights(row, person, by)]
        if times[row.staff_no.lower()] > 1:
            problems.append(RowProblem(row.number, "staff_no", _("stands in the file twice")))
        summary.problems += problems
        if not problems:
            entry = _understood(row, units)
            entries.append(entry)
            _sort_in(entry, person, units, summary)
    return summary, entries


def _cells(row: PersonRow) -> Iterator[RowProblem]:
    """What can be said about a row by itself."""
    checks = (
        ("staff_no", re.fullmatch(r"[0-9A-Za-z._-]{1,32}", row.staff_no), _("letters and digits")),
        ("name", 1 <= len(row.name) <= 60, _("is needed, up to 60 characters")),
        ("hired_on", not row.hired_on or date_of(row.hired_on), _("is no date")),
        ("role", role_of(row.role), _("is no role known here")),
        ("email", not row.email or is_email(row.email), _("is no e-mail address")),
        ("extension", len(row.extension) <= 64, _("is too long")),
        ("skills", all(len(name) <= 60 for name in skills_of(row.skills)), _("is too long")),
    )
    return (RowProblem(row.number, name, words) for name, is_good, words in checks if not is_good)


def _unit(row: PersonRow, units: UnitsByName, make_units: bool) -> Iterator[RowProblem]:
    count = units.count(row.team)
    if not row.team:
        yield RowProblem(row.number, "team", _("is needed"))
    elif count > 1:
        yield RowProblem(row.number, "team", _("several units are called so: write the path"))
    elif count == 0 and not make_units:
        yield RowProblem(row.number, "team", _("there is no such unit"))


def _rights(row: PersonRow, person: User | None, by: User | None) -> Iterator[RowProblem]:
    role = role_of(row.role)
    is_wide = role is not None and ROLES[role].scope is not Scope.OWN
    if is_wide and by is not None and not by.can("accounts.assign"):
        words = _("this role is given by the security administrator")
        yield RowProblem(row.number, "role", words)
    if person is not None and not person.is_active:
        yield RowProblem(row.number, "staff_no", _("this person is inactive"))
    if person is not None and person == by:
        yield RowProblem(row.number, "staff_no", _("you cannot enter yourself"))


def _understood(row: PersonRow, units: UnitsByName) -> Entry:
    role = role_of(row.role) or DEFAULT_ROLE
    return Entry(row, role, date_of(row.hired_on), skills_of(row.skills), units.find(row.team))


def _sort_in(entry: Entry, person: User | None, units: UnitsByName, summary: PeopleImport) -> None:
    if entry.unit is None:
        missing = units.missing_paths(entry.row.team)
        summary.units += [path for path in missing if path not in summary.units]
    if person is None:
        summary.created.append(entry.row.staff_no)
    elif not works_at(person, entry.role, entry.unit):
        summary.moved.append(entry.row.staff_no)
    elif _differs(person, entry):
        summary.changed.append(entry.row.staff_no)
    else:
        summary.unchanged.append(entry.row.staff_no)


def works_at(person: User, role: str, unit: Unit | None) -> bool:
    """Whether the person holds the role at the unit today."""
    return assignments_on(today()).filter(person=person, role=role, unit=unit).exists()


def _differs(person: User, entry: Entry) -> bool:
    row = entry.row
    held = set(person.skills.filter(to_on=None).values_list("name", flat=True))
    return (
        person.name != row.name
        or bool(row.email and person.email != row.email and not person.has_usable_password())
        or bool(entry.hired_on and person.hired_on != entry.hired_on)
        or bool(entry.skills and held != set(entry.skills))
        or bool(row.extension and holder_of(row.extension) != person)
    )


def holder_of(extension: str) -> User | None:
    """Who has the extension today."""
    return person_by_identity(Identity.Kind.EXTENSION, extension, today())
