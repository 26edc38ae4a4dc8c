"""Telling people; always inside the transaction of what they are told about."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.notifications.models import Notice
from lingzhi.notifications.services.leaving import let_out


@transaction.atomic
def tell(
    people: Iterable[User],
    title: str | Promise,
    *,
    body: str = "",
    url: str = "",
    is_todo: bool = False,
    is_urgent: bool = False,
    matter: str = "",
) -> int:
    """Put one line into each person's inbox; the number of people told.

    `title` is lazy and is written in each person's own language. `matter` (such as
    `cases.case/17`) names what the line is about: nobody is told twice of an open matter. The
    title also leaves the house by the ways each person chose, so nothing about a customer belongs
    into it; what is urgent waits for no quiet hours.
    """
    told = set(_open(matter).values_list("person_id", flat=True)) if matter else set()
    rows = []
    for person in people:
        if person.pk in told or not person.is_active:
            continue
        told.add(person.pk)
        with translation.override(person.language or "zh-hans"):
            text = str(title)[:200]
        rows.append(
            Notice(
                person=person,
                title=text,
                body=body,
                url=url,
                is_todo=is_todo,
                is_urgent=is_urgent,
                matter=matter,
                created_at=now(),
            )
        )
    let_out(Notice.objects.bulk_create(rows))
    return len(rows)


def settle_matter(matter: str) -> int:
    """End every open line about a matter; the number ended."""
    return _open(matter).update(ended_at=now())


def end_notice(notice: Notice) -> None:
    """The person has read or done it. Doing so twice changes nothing."""
    Notice.objects.filter(pk=notice.pk, ended_at=None).update(ended_at=now())


def end_all_read(person: User) -> int:
    """End all notices that only wanted to be read; to-dos stay."""
    return Notice.objects.filter(person=person, is_todo=False, ended_at=None).update(ended_at=now())


def _open(matter: str) -> QuerySet[Notice]:
    return Notice.objects.filter(matter=matter, ended_at=None)
