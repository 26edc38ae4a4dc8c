"""Ending sessions: a deleted row signs its browser out at the next request."""

from datetime import timedelta

from django.db import transaction

from lingzhi.accounts.models import Session, SignInTries, SpentCode, User
from lingzhi.audit.services import record
from lingzhi.core.clock import now


@transaction.atomic
def end_sessions(person: User, *, by: User | None, but: str | None = None) -> int:
    """End the person's sessions, except the one with the key `but`; the number that ended."""
    ended, _ = Session.objects.filter(person=person).exclude(session_key=but).delete()
    if ended:
        record(by, "accounts.sessions_ended", person, after={"sessions": ended})
    return ended


@transaction.atomic
def prune_sessions() -> int:
    """Remove sessions that are over, and old traces of signing in; the number of sessions."""
    moment = now()
    gone, _ = Session.objects.filter(expire_date__lt=moment).delete()
    SpentCode.objects.filter(at__lt=moment - timedelta(hours=1)).delete()
    SignInTries.objects.filter(last_at__lt=moment - timedelta(days=2)).delete()
    return gone
