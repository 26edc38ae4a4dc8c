"""People as such: created, changed, deactivated. What they do where is `org`'s matter."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.services.sessions import end_sessions
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError


class StaffNumberTaken(DomainError):
    message = _("This staff number belongs to somebody else.")


class AlreadyInactive(DomainError):
    message = _("This person is inactive already.")


class NotInactive(DomainError):
    message = _("This person is active.")


@transaction.atomic
def create_person(
    *,
    staff_no: str,
    name: str,
    email: str = "",
    hired_on: date | None = None,
    by: User | None,
) -> User:
    """Enter a person. Without a password nobody signs in: that one is issued separately."""
    if User.objects.filter(staff_no__iexact=staff_no).exists():
        raise StaffNumberTaken()
    person = User(staff_no=staff_no, name=name, email=email, hired_on=hired_on)
    person.set_unusable_password()
    person.save()
    record(by, "accounts.person_created", person, after=_facts(person))
    return person


@transaction.atomic
def change_person(
    person: User, *, name: str, email: str, hired_on: date | None, by: User | None
) -> None:
    """Correct a person's data. The staff number stays: the log and old records name it."""
    stored = User.objects.get(pk=person.pk)
    wanted = {"name": name, "email": email, "hired_on": hired_on}
    changed = [field for field, value in wanted.items() if getattr(stored, field) != value]
    for field, value in wanted.items():
        setattr(person, field, value)
    person.save(update_fields=list(wanted))
    record(
        by,
        "accounts.person_changed",
        person,
        before=_facts(stored),
        after=_facts(person) | {"changed": changed},
    )


@transaction.atomic
def change_preferences(person: User, **values: str) -> None:
    """The person's own `language`, `theme` and `email`; the address stays out of the log."""
    stored = User.objects.get(pk=person.pk)
    before = {name: getattr(stored, name) for name in values if name != "email"}
    after: dict[str, Any] = {name: value for name, value in values.items() if name != "email"}
    if values.get("email", stored.email) != stored.email:
        after["changed"] = ["email"]
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    record(person, "accounts.preferences_changed", person, before=before, after=after)


@transaction.atomic
def deactivate(person: User, *, by: User | None, reason: str = "") -> None:
    """Close the person's access; open sessions end at their next request."""
    moment = now()
    if not User.objects.filter(pk=person.pk, is_active=True).update(
        is_active=False, deactivated_at=moment
    ):
        raise AlreadyInactive()
    person.is_active, person.deactivated_at = False, moment
    end_sessions(person, by=by)
    record(by, "accounts.person_deactivated", person, reason=reason)


@transaction.atomic
def reactivate(person: User, *, by: User | None) -> None:
    """Open the access again; roles are given anew, and so is a password."""
    if not User.objects.filter(pk=person.pk, is_active=False).update(
        is_active=True, deactivated_at=None
    ):
        raise NotInactive()
    person.is_active, person.deactivated_at = True, None
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record(by, "accounts.person_reactivated", person)


def _facts(person: User) -> dict[str, Any]:
    """What the log may hold: names and addresses are personal data and stay out of it."""
    return {
        "staff_no": person.staff_no,
        "hired_on": person.hired_on.isoformat() if person.hired_on else None,
    }
