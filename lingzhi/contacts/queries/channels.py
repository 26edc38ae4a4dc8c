"""The register of channels (渠道): what is promised of each, its hours, what was kept of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import now, today
from lingzhi.kpis.models import Target
from lingzhi.kpis.queries import Figure, last_days, scope_of, sums_by
from lingzhi.kpis.queries.channels import answer_targets
from lingzhi.org.models import Calendar
from lingzhi.org.queries.calendars import working_time
from lingzhi_engine.clock import NotPublished, NoWorkingTime

DAYS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A channel with its norm, what came of it in the last days, and whether it is open now.

    `norm`, `kept` and `is_open` are None where nobody set or knows it.
    """

    channel: Channel
    norm: Target | None
    kept: Figure | None
    is_open: bool | None

    @property
    def limit(self) -> float | None:
        """The seconds of the norm."""
        return None if self.norm is None else float(self.norm.definition.params["limit"])


def channels_offered() -> QuerySet[Channel]:
    """Those that may be chosen where something new is registered."""
    return Channel.objects.filter(is_offered=True)


def channels_told() -> list[Channel]:
    """Those that customers read about."""
    rows = channels_offered().exclude(address="").select_related("calendar")
    return list(rows.prefetch_related("calendar__openings"))


def register(user: User) -> list[Entry]:
    """Every channel, those offered first, with the figures of the person's reach."""
    rows = Channel.objects.select_related("calendar", "owner").order_by("-is_offered", "pk")
    norms, at = answer_targets(), now()
    kept = _kept(user, norms) if user.can("kpis.read") else {}
    found = rows.prefetch_related("calendar__openings")
    return [
        Entry(one, norms.get(one.code), kept.get(one.code), is_open_now(one, at)) for one in found
    ]


def _kept(user: User, norms: dict[str, Target]) -> dict[str, Figure]:
    definitions = {one.definition_id: one.definition for one in norms.values()}
    span = last_days(DAYS, today())
    sums = sums_by(list(definitions.values()), scope_of(user), span, "channel")
    return {
        channel: Figure.of(definitions[key], one)
        for (key, channel), one in sums.items()
        if channel in norms and norms[channel].definition_id == key
    }


def is_open_now(channel: Channel, at: datetime) -> bool | None:
    """Whether its own hours say that it is open; None where it has none or they do not say."""
    if channel.is_round_the_clock:
        return True
    if channel.calendar is None:
        return None
    try:
        return working_time(channel.calendar).is_open(at)
    except (NotPublished, NoWorkingTime):
        return None


def hours_in_words(channel: Channel) -> str:
    """Mon–Fri 09:00-18:00; empty where they are those of the unit that serves."""
    if channel.is_round_the_clock:
        return _("round the clock, every day")
    return "" if channel.calendar is None else _week(channel.calendar)


def _week(calendar: Calendar) -> str:
    """The week, days of equal hours together; holidays are not in it."""
    parts: list[tuple[int, int, str]] = []
    for one in calendar.openings.all():
        if parts and parts[-1][1:] == (one.weekday - 1, one.slots):
            parts[-1] = (parts[-1][0], one.weekday, one.slots)
        else:
            parts.append((one.weekday, one.weekday, one.slots))
    return "; ".join(f"{_days(first, last)} {slots}" for first, last, slots in parts)


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS_ABBR[first])
    return f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"
