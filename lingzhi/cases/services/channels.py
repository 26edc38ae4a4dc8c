"""Keeping the channels for complaints as they are published."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import ComplaintChannel
from lingzhi.cases.services.retiring import RetiredAlready
from lingzhi.core.clock import now

TOLD = ("name", "how", "hours", "for_whom", "order")


@transaction.atomic
def keep_channel(row: ComplaintChannel, *, by: User | None) -> ComplaintChannel:
    """Publish a channel, or what changed about it; what it said before is in the audit.

    Raises RetiredAlready.
    """
    rows = ComplaintChannel.objects.select_for_update().filter(pk=row.pk)
    old = rows.values("ended_at", *TOLD).first()
    if old and old.pop("ended_at"):
        raise RetiredAlready()
    row.save(update_fields=TOLD if old else None)
    after = {name: getattr(row, name) for name in TOLD}
    record(by, "cases.channel_set", row, before=old, after=after)
    return row


@transaction.atomic
def end_channel(row: ComplaintChannel, *, by: User | None) -> None:
    """It is published no more; doing so twice changes nothing."""
    if ComplaintChannel.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now()):
        record(by, "cases.channel_ended", row, after={"name": row.name})
