"""Bringing notices to people: one mail a person, one message a channel, with all lines due now.

A try is claimed by moving its next time on, sent outside any transaction, and its end is written
afterwards: a process that dies in between leaves lines that are sent again, never lines that are
lost. Only titles and links leave, masked; what they are about stands behind the sign-in.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import now
from lingzhi.core.egress import Failed
from lingzhi.core.languages import joined
from lingzhi.core.refusals import FOR_GOOD, reply_of
from lingzhi.notifications.models import Channel, Delivery, Wishes
from lingzhi.notifications.queries import due_deliveries, house_hours, quiet_hours_of
from lingzhi.notifications.robots import LONGEST
from lingzhi.notifications.services.channels import post_to
from lingzhi.notifications.services.notices import tell
from lingzhi.notifications.services.trying import UNDER_WAY, pause, problem_of
from lingzhi.notifications.timing import after_quiet
from lingzhi_engine.privacy import mask

State = Delivery.State
AT_ONCE = 200  # lines in one run; the next one goes on
MOST_IN_ONE = 30  # lines in one mail or message
MOST_TRIES = 11  # about three hours
NO_SUCH_ADDRESS = "the mail server refuses the address"


def send_notices() -> int:
    """Send what is due; how many lines arrived. Where mail fails, the rest of it waits as well."""
    arrived, mail_fails = 0, False
    for rows in _groups():
        channel = rows[0].channel
        if channel is None and mail_fails:
            continue
        mine = [row for row in rows if _claim(row)]
        problem = problem_of(_sender(channel, mine)) if mine else None
        if problem is None:
            arrived += _end(mine, State.SENT)
        else:
            mail_fails |= channel is None and problem[0] != NO_SUCH_ADDRESS
            _put_off(mine, *problem)
    return arrived


def _groups() -> list[list[Delivery]]:
    """What is due by way: a channel, or somebody's mail. What is quiet now waits till its end."""
    moment, house = now(), house_hours()
    groups: dict[tuple[int | None, int | None], list[Delivery]] = defaultdict(list)
    unwanted = []
    for row in due_deliveries(AT_ONCE):
        person = row.notice.person
        if not _is_wanted(row):
            unwanted.append(row)
            continue
        hours = None if row.notice.is_urgent else quiet_hours_of(person.wishes, house)
        quiet_until = after_quiet(hours, moment)
        if quiet_until > moment:
            Delivery.objects.filter(pk=row.pk, state=State.WAITING).update(next_at=quiet_until)
        else:
            groups[row.channel_id, None if row.channel_id else person.pk].append(row)
    _end(unwanted, State.DROPPED)
    return [_fitting(rows) for rows in groups.values()]


def _is_wanted(row: Delivery) -> bool:
    """Whether the notice is still open and its person still wants it by this way."""
    person = row.notice.person
    wishes: Wishes | None = getattr(person, "wishes", None)
    if row.notice.ended_at or not person.is_active or wishes is None:
        return False
    if row.channel_id is None:
        return bool(wishes.by_mail and person.email)
    return any(one.pk == row.channel_id for one in wishes.channels.all())


def _fitting(rows: list[Delivery]) -> list[Delivery]:
    """As many of the first as one message may hold; the others go with the next run."""
    number = min(len(rows), MOST_IN_ONE)
    is_mail = rows[0].channel_id is None
    while not is_mail and number > 1 and len("\n\n".join(_lines(rows[:number])).encode()) > LONGEST:
        number -= 1
    return rows[:number]


def _claim(row: Delivery) -> int:
    waiting = Delivery.objects.filter(pk=row.pk, state=State.WAITING, next_at=row.next_at)
    return waiting.update(next_at=now() + UNDER_WAY, tries=F("tries") + 1)


def _sender(channel: Channel | None, rows: list[Delivery]) -> Callable[[], None]:
    if channel is None:
        return partial(_mail, rows)
    name = f"notices_{rows[0].pk}_{rows[-1].pk}_{len(rows)}"
    return partial(post_to, channel, "\n\n".join(_lines(rows)), name=name)


def _lines(rows: Sequence[Delivery]) -> list[str]:
    """Title and link of each; in a group with the names of those whom it is for."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        notice = row.notice
        is_ours = settings.SITE_URL and notice.url.startswith("/")
        link = f"\n{settings.SITE_URL}{notice.url}" if is_ours else ""
        names[f"{_title(row)}{link}"].append(notice.person.name)
    is_group = rows[0].channel_id is not None
    return [f"{joined(who)}: {line}" if is_group else line for line, who in names.items()]


def _title(row: Delivery) -> str:
    return mask(" ".join(row.notice.title.split()))


def _mail(rows: list[Delivery]) -> None:
    """One letter to one person. Raises Failed."""
    if not settings.EMAIL_HOST:
        raise Failed("no mail server")
    person, lines = rows[0].notice.person, _lines(rows)
    with translation.override(person.language or "zh-hans"):
        number = len(lines)
        several = ngettext("%(number)d notice for you", "%(number)d notices for you", number)
        subject = _title(rows[0]) if number == 1 else several % {"number": number}
        why = gettext("You chose to be told by e-mail. You change that under “How I am told”.")
    page = f"\n{settings.SITE_URL}{reverse('notifications:ways')}" if settings.SITE_URL else ""
    try:
        send_mail(subject, "\n\n".join([*lines, why + page]), None, [person.email])
    except SMTPRecipientsRefused as problem:
        is_final = reply_of(problem) >= FOR_GOOD
        raise Failed(NO_SUCH_ADDRESS if is_final else f"mail {reply_of(problem)}") from problem
    except ValueError as problem:  # not even written down
        raise Failed(NO_SUCH_ADDRESS) from problem
    except (SMTPException, OSError) as problem:
        raise Failed(f"mail {reply_of(problem) or type(problem).__name__}") from problem


def _end(rows: Sequence[Delivery], state: str, answer: str = "") -> int:
    waiting = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=State.WAITING)
    return waiting.update(state=state, ended_at=now(), answer=answer) if rows else 0


@transaction.atomic
def _put_off(rows: list[Delivery], what: str, again_in: float | None) -> None:
    """Try again later; what was tried often enough is given up, and somebody hears of it."""
    final = [row for row in rows if row.tries + 1 >= MOST_TRIES or what == NO_SUCH_ADDRESS]
    again = [row for row in rows if row not in final]
    if again:
        wait: timedelta = pause(max(row.tries for row in again) + 1, again_in)
        waiting = Delivery.objects.filter(pk__in=[row.pk for row in again], state=State.WAITING)
        waiting.update(next_at=now() + wait, answer=what[:200])
    if not _end(final, State.GIVEN_UP, what[:200]):
        return
    channel, person = final[0].channel, final[0].notice.person
    if channel is None:
        tell(
            [person], _("Mail to you could not be delivered: look at your address"),
            url=reverse("notifications:ways"), matter=f"notifications.mail/{person.pk}",
        )  # fmt: skip
    else:
        tell(
            [channel.created_by], _("Notices to people could not be posted in a group"),
            is_todo=True, body=f"{channel.name}: {what}",
            url=reverse("notifications:channel", args=[channel.pk]),
            matter=f"notifications.channel/{channel.pk}",
        )  # fmt: skip
