"""Which notice about personal data is in force on which channel, and who has not read it."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import PrivacyNotice
from lingzhi.org.queries.people import people_visible_to
from lingzhi.org.queries.scope import assignments_on

KEEP = "org.privacy"
CHANNELS = PrivacyNotice.Channel


def notice_on(channel: str, day: date | None = None) -> PrivacyNotice | None:
    """The version that is told on `day` (today)."""
    rows = PrivacyNotice.objects.filter(channel=channel, from_on__lte=day or today())
    return rows.order_by("-number").first()


def notices_by_day(channel: str) -> Callable[[date], int | None]:
    """For many days at once: the id of the version that was told on each."""
    rows = PrivacyNotice.objects.filter(channel=channel).order_by("-number")
    versions = list(rows.values_list("from_on", "pk"))
    return lambda day: next((pk for from_on, pk in versions if from_on <= day), None)


def notices_in_force() -> list[PrivacyNotice]:
    """What is told today, channel by channel in their order."""
    found = [notice_on(channel) for channel in CHANNELS.values]
    return [one for one in found if one is not None]


def to_confirm(user: User) -> QuerySet[User]:
    """The people at work today, within reach of `user`: the notice to staff is for them all."""
    there = assignments_on(today()).filter(person=OuterRef("pk"))
    return people_visible_to(user, KEEP).filter(Exists(there), is_active=True)


def unread_of(notice: PrivacyNotice, user: User) -> QuerySet[User]:
    """Of these who has not confirmed it."""
    read = notice.readings.filter(person=OuterRef("pk"))
    return to_confirm(user).exclude(Exists(read)).order_by("staff_no")
