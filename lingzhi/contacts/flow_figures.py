"""What came of channels: connected and given up by the hour, congestions, how long each was clear.

Only what the times of a contact say counts here: a contact whose answer nobody timed, though words
were said, is in no rate.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, Lower
from django.utils import timezone

from lingzhi.contacts.flow import planned_on
from lingzhi.contacts.measures.voice import GIVEN_UP
from lingzhi.contacts.models import Channel, Congestion, FlowDay
from lingzhi.contacts.queries.contacts import published
from lingzhi.core.clock import midnight, now, today

DAYS = 28
TAKEN = Q(answered_at__isnull=False)
BY_CUSTOMER = Q(ended_by="customer") | Q(said__in=sorted(GIVEN_UP))
LOST = Q(answered_at=None) & (Q(turn_count=0) | Q(said__in=sorted(GIVEN_UP)))
UNTOLD = LOST & Q(ended_by="") & ~Q(said__in=sorted(GIVEN_UP))


@dataclass(frozen=True, slots=True)
class Hourly:
    """Contacts of an hour of the day: taken and lost; of the lost, given up and untold why."""

    taken: int = 0
    lost: int = 0
    given_up: int = 0
    untold: int = 0

    @property
    def n(self) -> int:
        return self.taken + self.lost

    @property
    def connect(self) -> float | None:
        return self.taken / self.n if self.n else None

    @property
    def told(self) -> int:
        """Without those lost of which nobody told why."""
        return self.n - self.untold

    @property
    def abandonment(self) -> float | None:
        return self.given_up / self.told if self.told else None


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day: what is planned today, what came of it before, and today."""

    hour: int
    planned: int | None
    past: Hourly
    today: Hourly


def last_weeks() -> tuple[date, date]:
    """Four weeks before today, and today."""
    return today() - timedelta(days=DAYS), today()


def hours_of(channel: Channel) -> list[Hour]:
    """The hours for which there is a plan or a contact, over the last four weeks and today."""
    day = today()
    past = _by_hour(channel, day - timedelta(days=DAYS), day)
    now_so_far = _by_hour(channel, day, day + timedelta(days=1))
    rows = [
        Hour(hour, planned_on(channel, day.weekday(), hour), past.get(hour, Hourly()),
             now_so_far.get(hour, Hourly()))
        for hour in range(24)
    ]  # fmt: skip
    return [one for one in rows if one.planned or one.past.n or one.today.n]


def todays(channels: list[Channel]) -> dict[int, Hourly]:
    """What came of each channel today; absent where nothing came."""
    begin = midnight(today())
    return {key: found for (key, _hour), found in _sums(begin, None, channels, by_hour=False)}


def _by_hour(channel: Channel, first: date, before: date) -> dict[int, Hourly]:
    sums = _sums(midnight(first), midnight(before), [channel], by_hour=True)
    return {hour: found for (_key, hour), found in sums}


def _sums(
    begin: datetime, end: datetime | None, channels: list[Channel], *, by_hour: bool
) -> list[tuple[tuple[int, int], Hourly]]:
    rows = published().filter(channel__in=channels, direction="in", started_at__gte=begin)
    rows = rows.filter(started_at__lt=end) if end else rows
    zone = timezone.get_default_timezone()
    said = rows.annotate(said=Lower("outcome"), hour=ExtractHour("started_at", tzinfo=zone))
    names = ("channel_id", "hour") if by_hour else ("channel_id",)
    sums = said.order_by().values(*names).annotate(
        taken=Count("pk", filter=TAKEN), lost=Count("pk", filter=LOST),
        given_up=Count("pk", filter=LOST & BY_CUSTOMER), untold=Count("pk", filter=UNTOLD),
    )  # fmt: skip
    return [
        ((row["channel_id"], row.get("hour", 0)),
         Hourly(row["taken"], row["lost"], row["given_up"], row["untold"]))
        for row in sums
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clear:
    """Of the looks at an open channel, one a minute, so many found it congested."""

    looks: int = 0
    congested: int = 0
    times: int = 0

    @property
    def ratio(self) -> float | None:
        return 1 - self.congested / self.looks if self.looks else None


def congestions(first: date, last: date, channel: Channel | None = None) -> QuerySet[Congestion]:
    """Those that lasted on one of these days, newest first."""
    rows = Congestion.objects.filter(began_at__lt=midnight(last + timedelta(days=1)))
    rows = rows.exclude(ended_at__lt=midnight(first)).select_related("channel")
    return rows.filter(channel=channel) if channel else rows


def clear_of(first: date, last: date) -> dict[int, Clear]:
    """For each channel that was looked at: how long it was clear, how often congested."""
    days = FlowDay.objects.filter(day__gte=first, day__lte=last).order_by()
    rows = congestions(first, last).order_by()
    times = dict(rows.values_list("channel").annotate(n=Count("pk")))
    return {
        key: Clear(looks, bad, times.get(key, 0))
        for key, looks, bad in days.values_list("channel").annotate(Sum("looks"), Sum("congested"))
    }


def seconds_of(one: Congestion) -> int:
    """How long it lasted, or lasts."""
    return round(((one.ended_at or now()) - one.began_at).total_seconds())
