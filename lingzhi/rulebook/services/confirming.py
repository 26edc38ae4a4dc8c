"""Reading and confirming (宣贯确认)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.notifications.models import Notice
from lingzhi.notifications.services import end_notice
from lingzhi.rulebook.models import Reading, Version
from lingzhi.rulebook.queries import quiz_of
from lingzhi.rulebook.services.effect import matter_of


class NotToRead(DomainError):
    message = _("This version is not in force: there is nothing to confirm.")


@transaction.atomic
def confirm_reading(version: Version, *, answers: Sequence[int], by: User) -> Reading:
    """Confirm that one has read a version; with a quiz, once every answer is right.

    `answers` are places of options, in the order of the questions. A wrong one leaves
    `confirmed_at` empty and counts the try. Confirming twice changes nothing.
    """
    if version.state_on(today()) not in ("approved", "effective"):
        raise NotToRead()
    reading = Reading.objects.get_or_create(version=version, person=by)[0]
    if reading.confirmed_at is not None:
        return reading
    right = [question.right for question in quiz_of(version)]
    mine = Reading.objects.filter(pk=reading.pk, confirmed_at=None)
    mine.update(tries=F("tries") + 1)
    if list(answers) == right and mine.update(confirmed_at=now()):
        for notice in Notice.objects.filter(person=by, matter=matter_of(version), ended_at=None):
            end_notice(notice)
        record(by, "rulebook.reading_confirmed", version)
    reading.refresh_from_db()
    return reading
