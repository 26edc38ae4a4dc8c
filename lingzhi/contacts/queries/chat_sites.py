"""Chat sites: which there are, whether somebody is at work, how long one waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lingzhi.contacts.models import Channel, Chat, ChatSite
from lingzhi.core.clock import now
from lingzhi.org.queries import calendar_of
from lingzhi.org.queries.calendars import working_time
from lingzhi_engine.clock import NotPublished, NoWorkingTime

RECENT = timedelta(minutes=60)
ENOUGH = 8  # chats taken up within the hour: with fewer nobody can say how long it takes


def is_open(site: ChatSite, moment: datetime) -> bool:
    """Whether the hours of the site say that people work; where no calendar answers, they do.

    They are its own, those of the channel, or those of its unit.
    """
    channel = Channel.objects.select_related("calendar").get(code="chat")
    if site.calendar is None and channel.is_round_the_clock:
        return True
    calendar = site.calendar or channel.calendar or calendar_of(site.unit)
    if calendar is None:
        return True
    try:
        return working_time(calendar).is_open(moment)
    except (NotPublished, NoWorkingTime):
        return True


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, from 1, and the minutes it is likely to take; None is not known."""

    position: int
    minutes: int | None


def places(chats: list[int]) -> dict[int, Place]:
    """The places of those of `chats` that wait."""
    waiting = Chat.objects.filter(state=Chat.State.WAITING).order_by("queued_at", "pk")
    counts: dict[int, int] = {}
    found: dict[int, Place] = {}
    paces: dict[int, float | None] = {}
    for pk, site in waiting.values_list("pk", "site_id"):
        counts[site] = counts.get(site, 0) + 1
        if pk in chats:
            if site not in paces:
                paces[site] = _pace(site)
            found[pk] = Place(counts[site], _minutes(counts[site], paces[site]))
    return found


def _pace(site: int) -> float | None:
    """Minutes from one chat taken up to the next, over the last hour."""
    taken = Chat.objects.filter(site=site, assigned_at__gte=now() - RECENT).count()
    return None if taken < ENOUGH else RECENT.total_seconds() / 60 / taken


def _minutes(position: int, pace: float | None) -> int | None:
    return None if pace is None else max(1, round(position * pace + 0.5))
