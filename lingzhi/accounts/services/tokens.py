"""Tokens of the API: made by their owner, shown once, revoked for good."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import KeptAnswer, Token, User
from lingzhi.accounts.queries import offered_over_the_api
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError

PREFIX = "lz_"
MOST_DAYS = 365
MOST_TOKENS = 20
ANSWERS_KEPT = timedelta(days=7)
USED_EVERY = timedelta(minutes=1)


class TooManyTokens(DomainError):
    message = _("You have 20 tokens in use. Revoke one first.")


class RevokedAlready(DomainError):
    message = _("This token is revoked already.")


@transaction.atomic
def make_token(
    person: User, *, name: str, capabilities: Collection[str], days: int
) -> tuple[Token, str]:
    """A token of the person and its text, which is shown this once. Raises BadInput."""
    _require(person, name, capabilities, days)
    text = PREFIX + secrets.token_urlsafe(32)
    moment = now()
    token = Token.objects.create(
        person=person, name=name.strip()[:60], digest=digest_of(text), hint=text[-4:],
        capabilities=sorted(capabilities), created_at=moment,
        expires_at=moment + timedelta(days=days),
    )  # fmt: skip
    after = {"name": token.name, "capabilities": token.capabilities, "days": days}
    record(person, "accounts.token_made", token, after=after)
    return token, text


def _require(person: User, name: str, capabilities: Collection[str], days: int) -> None:
    if not name.strip():
        raise BadInput(_("Give it a name."), field="name")
    if not capabilities or not set(capabilities) <= set(offered_over_the_api(person)):
        raise BadInput(_("Choose among what you may do yourself."), field="capabilities")
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(_("From 1 to 365 days."), field="days")
    living = Token.objects.filter(person=person, revoked_at=None, expires_at__gt=now())
    if living.count() >= MOST_TOKENS:
        raise TooManyTokens()


@transaction.atomic
def revoke_token(token: Token, *, by: User) -> None:
    """Whoever has it is refused from the next call on."""
    rows = Token.objects.filter(pk=token.pk, revoked_at=None)
    if not rows.update(revoked_at=now(), revoked_by=by):
        raise RevokedAlready()
    record(by, "accounts.token_revoked", token, after={"name": token.name})


def digest_of(text: str) -> str:
    """Under what a token is found. It has 256 random bits: no salt, no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()


def note_use(token: Token) -> None:
    """Remember that it was used, at most once a minute, so that reading stays reading."""
    moment = now()
    if token.used_at is None or moment - token.used_at > USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=moment)


def forget_answers() -> int:
    """Drop answers that were kept for repeats long enough; their number."""
    gone, _each = KeptAnswer.objects.filter(at__lt=now() - ANSWERS_KEPT).delete()
    return gone
