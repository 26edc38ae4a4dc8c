"""Which notice a call carried, and withholding a conversation whose recording was refused."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.queries.privacy import CHANNELS, notices_by_day


class Withheld(DomainError):
    message = _("This conversation is withheld: nobody hears, reads or inspects it.")


class WithheldAlready(DomainError):
    message = _("This conversation is withheld already.")


class NotWithheld(DomainError):
    message = _("This conversation is not withheld.")


def note_notices(contacts: Iterable[Contact]) -> None:
    """Set, where the phone system told that the notice was played, the version of that day."""
    told = [one for one in contacts if one.recording_notice and one.started_at]
    if not told:
        return
    version_on = notices_by_day(CHANNELS.PHONE)
    for contact in told:
        assert contact.started_at is not None  # as asked above
        contact.notice_id = version_on(localdate(contact.started_at))


@transaction.atomic
def withhold_contact(contact: Contact, *, reason: str, by: User) -> None:
    """Lock it (封存): nobody hears, reads or inspects it. Raises BadInput, WithheldAlready."""
    why = _said(reason)
    rows = Contact.objects.filter(pk=contact.pk, withheld_at=None)
    if not rows.update(withheld_at=now(), withheld_by=by, withheld_because=why):
        raise WithheldAlready()
    record(by, "contacts.withheld", contact, reason=why)


@transaction.atomic
def release_contact(contact: Contact, *, reason: str, by: User) -> None:
    """Unlock it again, for a reason that stays. Raises BadInput, NotWithheld."""
    why = _said(reason)
    rows = Contact.objects.filter(pk=contact.pk, withheld_at__isnull=False)
    if not rows.update(withheld_at=None, withheld_by=None, withheld_because=""):
        raise NotWithheld()
    record(by, "contacts.released", contact, reason=why)


def _said(reason: str) -> str:
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    return reason.strip()[:300]
