"""Publishing what people are told about their data, and confirming to have read it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.models import Notice
from lingzhi.notifications.services import end_notice, settle_matter, tell
from lingzhi.org.models import NoticeReading, PrivacyNotice
from lingzhi.org.queries.privacy import notice_on
from lingzhi.org.queries.scope import assignments_on

STAFF = PrivacyNotice.Channel.STAFF
Texts = Mapping[str, str]


class NotToRead(DomainError):
    message = _("This version is not the one in force: there is nothing to confirm.")


@transaction.atomic
def publish_notice(
    channel: str, line: Texts, text: Texts, *, from_on: date, change: str = "", by: User | None
) -> PrivacyNotice:
    """Publish the next version of a channel. Raises BadInput.

    The first may have been told for long; a later one begins tomorrow at the earliest, so that
    every day has one version. A notice to staff is a to-do for everybody at work.
    """
    before = PrivacyNotice.objects.select_for_update().filter(channel=channel)
    newest = before.order_by("-number").first()
    if newest is not None and from_on <= max(today(), newest.from_on):
        raise BadInput(
            _("It begins tomorrow at the earliest, after the one before."), field="from_on"
        )
    notice = PrivacyNotice.objects.create(
        channel=channel, line=dict(line), text=dict(text), change=change, from_on=from_on,
        number=(before.aggregate(newest=Max("number"))["newest"] or 0) + 1,
        published_at=now(), published_by=by,
    )  # fmt: skip
    after = {"channel": channel, "version": notice.number, "from": str(from_on)}
    record(by, "org.privacy_published", notice, after={**after, "line": notice.line, "text": text})
    if channel == STAFF and from_on <= today():
        ask_to_read(notice)
    return notice


def ask_to_read(notice: PrivacyNotice) -> int:
    """A to-do for everybody at work who has not confirmed it; how many were told.

    To-dos about earlier versions end: there is nothing to confirm any more.
    """
    for older in PrivacyNotice.objects.filter(channel=STAFF, number__lt=notice.number):
        settle_matter(_matter(older))
    read = notice.readings.values("person")
    staff = User.objects.filter(pk__in=assignments_on(today()).values("person"), is_active=True)
    url = reverse("org:privacy_notice", args=[notice.pk])
    title = _("Read what is monitored of you, and confirm it")
    return tell(staff.exclude(pk__in=read), title, url=url, is_todo=True, matter=_matter(notice))


@transaction.atomic
def confirm_notice(notice: PrivacyNotice, *, by: User) -> NoticeReading:
    """Confirm that one has read it. Twice changes nothing. Raises NotToRead."""
    if notice.channel != STAFF or notice_on(STAFF) != notice:
        raise NotToRead()
    reading, is_new = NoticeReading.objects.get_or_create(
        notice=notice, person=by, defaults={"confirmed_at": now()}
    )
    if is_new:
        for told in Notice.objects.filter(person=by, matter=_matter(notice), ended_at=None):
            end_notice(told)
        record(by, "org.privacy_confirmed", notice)
    return reading


def _matter(notice: PrivacyNotice) -> str:
    return f"org.privacynotice/{notice.pk}"
