"""Acts of the person on duty for the forum: reading, answering, handing on; and the roster."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseType, ForumDuty, ForumPost
from lingzhi.cases.queries.forum import FORUM, on_duty, waiting
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.words import demanded, kept
from lingzhi.contacts.models import Channel, Contact
from lingzhi.contacts.queries.channels import is_open_now
from lingzhi.contacts.services.flow import owners_of
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on

LONGEST = timedelta(days=92)
NOBODY, WAITS = "cases.forum/nobody", "cases.forum/waits"
COMPLAINT = "complaint"


class HandedOnAlready(DomainError):
    message = _("This post was handed on as a case already.")


class NotRead(DomainError):
    message = _("Say first what the post is.")


class NoUnit(DomainError):
    message = _("You belong to no unit: somebody else must hand it on.")


class WithdrawnAlready(DomainError):
    message = _("This duty was taken off the roster already.")


@transaction.atomic
def classify_post(post: Contact, kind: str, about: str, use: str, *, by: User) -> ForumPost:
    """Say what a post is, or say it anew. What is useful says for what. Raises BadInput."""
    words = demanded(use, 500, field="use") if kind == ForumPost.Kind.USEFUL else kept(use, 500)
    before = ForumPost.objects.select_for_update().filter(contact=post).first()
    said = {"kind": kind, "about": about, "use": words, "read_at": now(), "read_by": by}
    row, _new = ForumPost.objects.update_or_create(contact=post, defaults=said)
    old = {"kind": before.kind, "about": before.about} if before else None
    record(by, "cases.forum_classified", row, before=old, after={"kind": kind, "about": about})
    return row


@transaction.atomic
def answer_post(post: Contact, answer: str, answer_url: str, *, by: User) -> ForumPost:
    """The post was answered there, in these words; once more replaces them. Raises NotRead."""
    row = ForumPost.objects.select_for_update().filter(contact=post).first()
    if row is None:
        raise NotRead()
    row.answer, row.answer_url = demanded(answer, 2000, field="answer"), answer_url
    row.answered_at, row.answered_by = row.answered_at or now(), by
    row.save()
    record(by, "cases.forum_answered", row, after={"url": answer_url, "letters": len(row.answer)})
    return row


@transaction.atomic
def hand_on_post(post: Contact, type_code: str, title: str, *, by: User) -> Case:
    """A complaint, or a case of this type, from the post. Raises HandedOnAlready, NoUnit."""
    Contact.objects.select_for_update().get(pk=post.pk)
    if Case.objects.filter(contact=post).exists():
        raise HandedOnAlready()
    words: dict[str, Any] = {
        "title": title, "contact": post, "channel": post.channel,
        "description": "\n".join(one.text for one in post.turns.order_by("seq")),
    }  # fmt: skip
    if type_code == COMPLAINT:
        case = register_complaint(Registration(demand="", **words), by=by).case
    else:
        type = CaseType.objects.get(code=type_code)
        case = open_case(Opening(type=type, unit=_unit_of(by), demand=title, **words), by=by)
    record(by, "cases.forum_handed_on", case, after={"contact": post.pk})
    return case


def _unit_of(person: User) -> Unit:
    row = assignments_on(today()).filter(person=person).select_related("unit").first()
    if row is None:
        raise NoUnit()
    return row.unit


@transaction.atomic
def plan_duty(
    person: User, days: tuple[date, date], hours: tuple[time, time], *, by: User | None
) -> list[ForumDuty]:
    """On duty between these hours on each of these days; past midnight where they end earlier.

    Raises BadInput where the days are turned round, or too many.
    """
    first, last = days
    if not timedelta() <= last - first <= LONGEST:
        raise BadInput(_("From the first to the last day, at most three months."), field="to_on")
    rows = [
        ForumDuty(person=person, from_at=begin, to_at=end)
        for begin, end in _stretches(first, last, hours)
    ]
    ForumDuty.objects.bulk_create(rows)
    after = {"from": str(first), "to": str(last), "hours": f"{hours[0]}-{hours[1]}"}
    record(by, "cases.forum_duty_planned", person, after=after)
    return rows


def _stretches(
    first: date, last: date, hours: tuple[time, time]
) -> Sequence[tuple[datetime, datetime]]:
    zone = timezone.get_default_timezone()
    found = []
    for back in range((last - first).days + 1):
        day = first + timedelta(days=back)
        until = day if hours[1] > hours[0] else day + timedelta(days=1)
        found.append(
            (datetime.combine(day, hours[0], zone), datetime.combine(until, hours[1], zone))
        )
    return found


@transaction.atomic
def withdraw_duty(duty: ForumDuty, *, by: User) -> None:
    """The person is not on duty then."""
    if not ForumDuty.objects.filter(pk=duty.pk, withdrawn_at=None).update(withdrawn_at=now()):
        raise WithdrawnAlready()
    record(by, "cases.forum_duty_withdrawn", duty.person, before={"from": str(duty.from_at)})


@transaction.atomic
def note_export(rows: int, *, by: User) -> None:
    """Who took what is useful for improvement out of the program."""
    record(by, "cases.forum_exported", by, after={"rows": rows})


@transaction.atomic
def watch_forum() -> None:
    """Tell who is on duty of posts that wait, and the channel's owner when nobody is on duty.

    Both once, until it is over. Outside the channel's service hours nobody is told.
    """
    forum = Channel.objects.select_related("calendar", "owner").filter(code=FORUM).first()
    if forum is None or not forum.is_offered or is_open_now(forum, now()) is False:
        return
    people, is_used = on_duty(now()), ForumDuty.objects.exists()
    url, waits = reverse("cases:forum"), waiting().exists()
    if people or not (is_used or waits):
        settle_matter(NOBODY)
    else:
        roster = reverse("cases:forum_duty")
        tell(owners_of(forum), _("Nobody is on duty for the forum"), url=roster, is_todo=True,
             is_urgent=True, matter=NOBODY)  # fmt: skip
    if waits:
        tell(people, _("Posts in the forum wait for an answer"), url=url, is_todo=True,
             matter=WAITS)  # fmt: skip
    else:
        settle_matter(WAITS)
