"""When a notice leaves: rounds of gathered notices, and quiet hours."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from lingzhi.notifications.models import Wishes

Hours = tuple[time, time]  # from and until, in the organisation's zone; from > until: over midnight


def next_round(wishes: Wishes, moment: datetime) -> datetime:
    """When what comes up now is sent: now, at the full hour, or at the hour of the day chosen."""
    local = timezone.localtime(moment)
    if wishes.rhythm == Wishes.Rhythm.HOURLY:
        return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if wishes.rhythm == Wishes.Rhythm.DAILY:
        return _next(local, time(wishes.daily_at))
    return moment


def after_quiet(hours: Hours | None, moment: datetime) -> datetime:
    """The moment, or the end of the quiet hours in which it lies."""
    local = timezone.localtime(moment)
    return _next(local, hours[1]) if hours and _is_quiet(hours, local.time()) else moment


def _is_quiet(hours: Hours, clock: time) -> bool:
    begins, ends = hours
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def _next(local: datetime, clock: time) -> datetime:
    """The first moment after this one at which the clock shows that."""
    day = local.date() + timedelta(days=local.time() >= clock)
    return timezone.make_aware(datetime.combine(day, clock))
