"""What the program keeps about one employee, part by part: how much, from when to when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, Max, Min, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.conformity.models import DataRequest
from lingzhi.contacts.models import AgentState, Contact
from lingzhi.contacts.queries import published
from lingzhi.inspections.models import (
    Appeal,
    Coaching,
    Finding,
    Grade,
    Incident,
    Review,
    Watch,
)
from lingzhi.org.models import Presence

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of record: whose `rows`, the field of their time, what one says in an export.

    `right` is what lets others see it; `is_finding` says whether its retention is that of findings
    about people.
    """

    label: str | Promise
    right: str
    rows: Callable[[User], Rows]
    when: str
    what: Callable[[Any], object]
    is_finding: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of a part there is, and its first and last moment."""

    part: Part
    n: int
    first: date | datetime | None
    last: date | datetime | None


def _listened(person: User) -> Rows:
    """Acts of listening to recordings of one's own conversations; not who it was."""
    mine = Contact.objects.filter(agent=person).annotate(key=Cast("pk", CharField()))
    return Entry.objects.filter(
        action="contacts.listened", object_type="contacts.contact", object_id__in=mine.values("key")
    )


def _findings(person: User) -> Rows:
    rows = Finding.objects.filter(
        verdict=Finding.Verdict.HIT, inspection__is_latest=True, inspection__contact__agent=person
    )
    return rows.select_related("inspection__contact", "version__rule")


PARTS: tuple[Part, ...] = (
    Part(
        _("Conversations I handled"), "contacts.read",
        lambda person: published().filter(agent=person), "started_at",
        lambda row: row.external_id, is_finding=False,
    ),
    Part(
        _("What rules found in them"), "inspections.read", _findings, "inspection__inspected_at",
        lambda row: f"{row.version.title} · {row.inspection.contact.external_id}",
    ),
    Part(
        _("Scores about me"), "inspections.read",
        lambda person: Review.objects.filter(agent=person, state=Review.State.RELEASED),
        "released_at", lambda row: row.value,
    ),
    Part(
        _("My appeals"), "inspections.decide_appeals",
        lambda person: Appeal.objects.filter(opened_by=person), "opened_at",
        lambda row: row.get_state_display(),
    ),
    Part(
        _("Coaching agreed with me"), "inspections.read",
        lambda person: Coaching.objects.filter(review__agent=person), "written_at",
        lambda row: row.note,
    ),
    Part(
        _("My grades"), "inspections.read",
        lambda person: Grade.objects.filter(person=person, is_latest=True), "to_on",
        lambda row: row.grade,
    ),
    Part(
        _("Incidents about me"), "inspections.watch",
        lambda person: Incident.objects.filter(person=person), "happened_on",
        lambda row: row.get_kind_display(),
    ),
    Part(
        _("Times a recording of mine was listened to"), "audit.search", _listened, "at",
        lambda row: row.object_label, is_finding=False,
    ),
    Part(
        _("Times my conversation was watched live, as far as published"), "inspections.watch",
        lambda person: Watch.objects.filter(agent=person, is_published=True), "from_at",
        lambda row: row.external_id,
    ),
    Part(
        _("My states at the phone and breaks"), "contacts.floor",
        lambda person: AgentState.objects.filter(person=person), "since",
        lambda row: row.get_state_display(), is_finding=False,
    ),
    Part(
        _("Duty and absence"), "org.duty",
        lambda person: Presence.objects.filter(person=person), "from_at",
        lambda row: row.get_kind_display(), is_finding=False,
    ),
    Part(
        _("What I did in the program"), "audit.search",
        lambda person: Entry.objects.filter(actor_id=person.pk), "at",
        lambda row: row.action, is_finding=False,
    ),
    Part(
        _("My requests about my data"), "org.privacy",
        lambda person: DataRequest.objects.filter(person=person), "asked_at",
        lambda row: row.get_kind_display(), is_finding=False,
    ),
)  # fmt: skip


def kept_about(person: User) -> list[Kept]:
    """Part by part; one query each."""
    return [_counted(part, person) for part in PARTS]


def _counted(part: Part, person: User) -> Kept:
    counts = part.rows(person).order_by().aggregate(
        n=Count("pk"), first=Min(part.when), last=Max(part.when)
    )  # fmt: skip
    return Kept(part, **counts)


def copy_of(person: User) -> Iterator[tuple[str, Any, object]]:
    """Everything of every part, oldest first: part, moment, what it says."""
    for part in PARTS:
        for row in part.rows(person).order_by(part.when, "pk").iterator(chunk_size=2000):
            yield str(part.label), _moment(row, part.when), part.what(row)


def _moment(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
