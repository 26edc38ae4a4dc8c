"""Reads about signing in: the policy in force, and what a person must do before anything else."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, QuerySet

from lingzhi.accounts.capabilities import OVER_THE_API
from lingzhi.accounts.models import (
    SavedView,
    SecurityPolicy,
    Session,
    SignInTries,
    Token,
    User,
)
from lingzhi.core.clock import now


def current_policy() -> SecurityPolicy:
    """The policy the security administrator set, else the defaults."""
    return SecurityPolicy.objects.first() or SecurityPolicy(pk=1)


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def needs_second_factor(user: User) -> bool:
    """Whether `user` holds a privileged role and has not set up an authenticator app yet."""
    return settings.SECOND_FACTOR_REQUIRED and user.is_privileged and not has_second_factor(user)


def needs_new_password(user: User) -> bool:
    """Whether the password was handed out by somebody else, or is older than the policy allows."""
    if user.must_change_password:
        return True
    days = current_policy().maximum_age_days
    changed_at = user.password_changed_at
    return bool(days and changed_at and now() - changed_at > timedelta(days=days))


def sessions_of(user: User) -> QuerySet[Session]:
    """Where the person is signed in at present, the latest first."""
    return Session.objects.filter(person=user, expire_date__gt=now())


def is_locked_out(user: User) -> bool:
    """Whether too many failed tries keep the staff number locked at present."""
    policy = current_policy()
    since = now() - timedelta(minutes=policy.lock_minutes)
    return SignInTries.objects.filter(
        staff_no=user.staff_no.lower(), count__gte=policy.lock_after, last_at__gte=since
    ).exists()


def has_people() -> bool:
    """Whether anybody exists: before the first set-up nobody does."""
    return User.objects.exists()


def saved_views(user: User, page: str) -> QuerySet[SavedView]:
    """The person's views of one list, by name; `page` is the list's name in the URL conf."""
    return SavedView.objects.filter(person=user, page=page)


def offered_over_the_api(user: User) -> list[str]:
    """What a token of this person may be given."""
    return [capability for capability in OVER_THE_API if user.can(capability)]


def tokens_of(user: User) -> QuerySet[Token]:
    """The person's tokens, those in use first, the newest before."""
    return Token.objects.filter(person=user).order_by(F("revoked_at").desc(nulls_first=True), "-pk")


def token_known_by(digest: str) -> Token | None:
    """The token that opens the API at present, with its owner."""
    rows = Token.objects.select_related("person").filter(digest=digest, revoked_at=None)
    return rows.filter(expires_at__gt=now(), person__is_active=True).first()
