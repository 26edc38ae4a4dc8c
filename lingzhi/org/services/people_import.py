"""People from a file: all of it is entered, or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.services import change_person, create_person
from lingzhi.audit.services import record
from lingzhi.core.clock import today
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Identity, Unit
from lingzhi.org.people_file import PersonRow
from lingzhi.org.people_words import clean_path
from lingzhi.org.queries import open_units
from lingzhi.org.queries.unit_names import UnitsByName
from lingzhi.org.services.people import add_identity, end_identity, set_skills
from lingzhi.org.services.people_check import Entry, PeopleImport, holder_of, plan, works_at
from lingzhi.org.services.roles import assign_role, move_person
from lingzhi.org.services.units import create_unit


class FileHasProblems(DomainError):
    message = _("The file has rows that cannot be entered; nothing was changed.")


def check_people(
    rows: Iterable[PersonRow], *, by: User | None, make_units: bool = False
) -> PeopleImport:
    """What `import_people` would do, with every problem of every row. Writes nothing."""
    return plan(list(rows), by=by, make_units=make_units)[0]


@transaction.atomic
def import_people(
    rows: Iterable[PersonRow], *, by: User | None, make_units: bool = False
) -> PeopleImport:
    """Enter the people of a file: new ones are created, known ones brought up to date.

    With a single problem nothing is written (FileHasProblems). Without `accounts.assign` only
    roles that reach no further than one's own work may be given. Teams that do not exist are
    made below the only centre (or the unit their path names) when `make_units` is set.
    """
    listed = list(rows)
    summary, entries = plan(listed, by=by, make_units=make_units)
    if summary.problems:
        raise FileHasProblems()
    made = {path: _make_unit(path, by) for path in summary.units}
    for entry in entries:
        _enter(entry, entry.unit or made[clean_path(entry.row.team)], by)
    counts = {name: len(getattr(summary, name)) for name in ("created", "changed", "moved")}
    company = Unit.objects.get(parent=None)
    record(by, "org.people_imported", company, after=counts | {"sha256": _digest(listed)})
    return summary


def _digest(rows: list[PersonRow]) -> str:
    return hashlib.sha256(repr([astuple(row) for row in rows]).encode()).hexdigest()


def _make_unit(path: str, by: User | None) -> Unit:
    above, _slash, name = path.rpartition("/")
    parent = UnitsByName().find(above) if above else _landing()
    return create_unit(kind=Unit.Kind.TEAM, name=name, parent=parent, by=by)


def _landing() -> Unit:
    """Where a team without a path belongs: the only centre, else the company."""
    centres = list(open_units().filter(kind=Unit.Kind.CENTRE)[:2])
    return centres[0] if len(centres) == 1 else Unit.objects.get(parent=None)


def _enter(entry: Entry, unit: Unit, by: User | None) -> None:
    row, day = entry.row, today()
    person = User.objects.filter(staff_no__iexact=row.staff_no).first()
    if person is None:
        person = _create(entry, unit, by)
    else:
        _update(person, entry, unit, by)
    if entry.skills:
        set_skills(person, entry.skills, on=day, by=by)
    if row.extension and holder_of(row.extension) != person:
        _take_extension(person, row.extension, day, by)


def _create(entry: Entry, unit: Unit, by: User | None) -> User:
    row, day = entry.row, today()
    person = create_person(
        staff_no=row.staff_no, name=row.name, email=row.email, hired_on=entry.hired_on, by=by
    )
    assign_role(person, entry.role, unit, from_on=min(entry.hired_on or day, day), by=by)
    return person


def _update(person: User, entry: Entry, unit: Unit, by: User | None) -> None:
    """Blank cells change nothing, nor do e-mail addresses of people who sign in already:

    links to new passwords go there.
    """
    row = entry.row
    email = person.email if person.has_usable_password() else row.email or person.email
    hired_on = entry.hired_on or person.hired_on
    if (row.name, email, hired_on) != (person.name, person.email, person.hired_on):
        change_person(person, name=row.name, email=email, hired_on=hired_on, by=by)
    if not works_at(person, entry.role, unit):
        move_person(person, entry.role, unit, on=today(), by=by)


def _take_extension(person: User, extension: str, day: date, by: User | None) -> None:
    """The extension passes to this person today; whoever had it, had it until yesterday."""
    kind = Identity.Kind.EXTENSION
    for held in Identity.objects.filter(kind=kind, value=extension, to_on=None):
        end_identity(held, on=day - timedelta(days=1), by=by)
    add_identity(person, kind=kind, value=extension, from_on=day, by=by)
