"""Message lines: which there are, what was not sent by them, which one a unit writes by."""

from django.db.models import Count, Q, QuerySet

from lingzhi.contacts.models import MessageLine, SentMessage

STUCK = (SentMessage.State.FAILED, SentMessage.State.UNKNOWN)
Kind = MessageLine.Kind
BY_PHONE = (Kind.SMS, Kind.SUBMAIL)


def line_rows() -> QuerySet[MessageLine]:
    """All lines, those in use first, with the number of messages that were not sent."""
    stuck = Count("threads__sent", filter=Q(threads__sent__state__in=STUCK))
    rows = MessageLine.objects.select_related("site__unit").annotate(stuck=stuck)
    return rows.order_by("retired_at", "name", "pk")


def stuck_of(line: MessageLine) -> QuerySet[SentMessage]:
    """What was not sent, or nobody knows, the newest first."""
    rows = SentMessage.objects.filter(thread__line=line, state__in=STUCK)
    return rows.select_related("thread", "by").order_by("-id")


def sms_line_for(unit_path: str) -> MessageLine | None:
    """The line by which a unit sends text messages: its own, else the nearest above."""
    rows = MessageLine.objects.filter(retired_at=None, kind__in=BY_PHONE)
    above = [
        one for one in rows.select_related("site__unit") if unit_path.startswith(one.site.unit.path)
    ]
    return max(above, key=lambda one: len(one.site.unit.path), default=None)
