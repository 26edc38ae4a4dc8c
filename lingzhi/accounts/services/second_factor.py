"""The second factor: codes are good once, and a lost device is reset by the administrator."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import SpentCode, User
from lingzhi.accounts.services.sessions import end_sessions
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError

CODE_LIVES = timedelta(minutes=2)


class CodeSpent(DomainError):
    message = _("This code was used already. Wait for the next one.")


class NoSecondFactor(DomainError):
    message = _("This person has not set up a second factor.")


@transaction.atomic
def spend_code(person: User, code: str) -> None:
    """Mark an accepted code as used. Raises CodeSpent when it was used before."""
    SpentCode.objects.filter(person=person, at__lt=now() - CODE_LIVES).delete()
    try:
        with transaction.atomic():
            SpentCode.objects.create(person=person, code=code, at=now())
    except IntegrityError as problem:
        raise CodeSpent() from problem


@transaction.atomic
def reset_second_factor(person: User, *, by: User | None) -> None:
    """Remove the person's authenticator and recovery codes, and sign the person out."""
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise NoSecondFactor()
    end_sessions(person, by=by)
    record(by, "accounts.second_factor_reset", person)
