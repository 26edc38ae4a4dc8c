"""Passwords: changed by the person, or handed out once by the security administrator."""

import secrets
from datetime import timedelta

from django.db import transaction

from lingzhi.accounts.models import OldPassword, User
from lingzhi.accounts.queries import current_policy
from lingzhi.accounts.services.sessions import end_sessions
from lingzhi.accounts.services.tries import clear_tries
from lingzhi.audit.services import record
from lingzhi.core.clock import now

ONE_TIME_HOURS = 72
ONE_TIME_LENGTH = 14
UNMISTAKABLE = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_password(
    person: User, password: str, *, by: User | None, keep_session: str | None = None
) -> None:
    """Set the person's own new password, already validated; other sessions end."""
    _remember_old(person)
    person.set_password(password)
    person.password_changed_at = now()
    person.must_change_password = False
    person.one_time_until = None
    _save(person)
    clear_tries(person.staff_no)
    end_sessions(person, by=by, but=keep_session)
    record(by, "accounts.password_changed", person)


@transaction.atomic
def issue_one_time_password(person: User, *, by: User | None) -> str:
    """A password to hand over, good for 72 hours and one sign-in: it must be changed at once."""
    password = "".join(secrets.choice(UNMISTAKABLE) for _ in range(ONE_TIME_LENGTH))
    _remember_old(person)
    person.set_password(password)
    person.password_changed_at = now()
    person.must_change_password = True
    person.one_time_until = now() + timedelta(hours=ONE_TIME_HOURS)
    _save(person)
    clear_tries(person.staff_no)
    end_sessions(person, by=by)
    record(by, "accounts.one_time_password_issued", person)
    return password


def _save(person: User) -> None:
    person.save(
        update_fields=["password", "password_changed_at", "must_change_password", "one_time_until"]
    )


def _remember_old(person: User) -> None:
    """Keep the hash that is replaced, and no more of them than the policy compares with."""
    if person.has_usable_password():
        OldPassword.objects.create(person=person, password=person.password, replaced_at=now())
    kept = person.old_passwords.values_list("pk", flat=True)[: current_policy().history]
    person.old_passwords.exclude(pk__in=list(kept)).delete()
