"""What a feed never closed is closed, and what closed long ago is forgotten here."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from lingzhi.contacts.feeding.events import Closed, Refused
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Call, CallEvent, Chat, OpenContact
from lingzhi.core.clock import now

STILL = timedelta(hours=24)  # without a word for so long, nobody talks any more
KEPT = timedelta(days=30)  # for so long an event told again is known again
log = structlog.get_logger(__name__)


def close_still(*, moved_before: datetime) -> None:
    """Close what has not moved: it becomes a contact with what was told; the empty ones go.

    A chat ends by itself: who wrote by another system may wait for an agent over a holiday.
    """
    still = OpenContact.objects.filter(closed_at=None, moved_at__lt=moved_before)
    still = still.exclude(chat__in=Chat.objects.filter(ended_at=None))
    for contact in still.select_related("source"):
        try:
            _close(contact)
        except Refused as refused:
            log.warning("open contact left", contact=contact.pk, problem=str(refused))


@transaction.atomic
def _close(contact: OpenContact) -> None:
    if contact.turn_count:
        take_events(contact.source, [Closed(contact.external_id, {})])
    else:
        contact.delete()


def forget_closed(*, closed_before: datetime) -> int:
    """Forget the traces of conversations that became contacts long ago; how many they were."""
    rows, _by_model = OpenContact.objects.filter(closed_at__lt=closed_before).delete()
    return rows


def forget_numbers(*, told_before: datetime) -> int:
    """Erase the phones of calls that never became contacts; how many calls they were.

    Of a contact the phone goes with its customer; these belong to nobody who could ask for it.
    """
    numbered = CallEvent.objects.exclude(sealed_number="").filter(
        source=OuterRef("source"), call=OuterRef("external_id")
    )
    calls = Call.objects.filter(contact=None, moved_at__lt=told_before)
    found = calls.filter(Exists(numbered)).values_list("source", "external_id")
    erased = 0
    for source, call in list(found):
        CallEvent.objects.filter(source=source, call=call).update(sealed_number="")
        erased += 1
    return erased


def forget() -> None:
    """Both, as of now."""
    close_still(moved_before=now() - STILL)
    forget_closed(closed_before=now() - KEPT)
