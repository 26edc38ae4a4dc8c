"""Reports that their readers leave unread: told once to the reader, then to who leads them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.improvement.queries.people import heads_of
from lingzhi.notifications.services import tell
from lingzhi.org.queries import team_of
from lingzhi.reports.kinds import title_of
from lingzhi.reports.models import Receipt, Report
from lingzhi.reports.queries import readers_of, visible_to

LEVELS = (3, 7)  # days unread after which the reader and then the reader's head are told
Key = tuple[int, int]  # a person and a plan


def tell_unread() -> int:
    """Each level is told once until the person reads one of these reports again; steps taken.

    Of a daily report this is one notice and not one a day: what was laid before a person since
    they last opened one of the same plan belongs together.
    """
    readers: dict[int, set[int]] = {}
    steps = 0
    for (person, plan), rows in _left_unread().items():
        if plan not in readers:
            found = readers_of(rows[0].report.plan, today())
            readers[plan] = set(found.values_list("pk", flat=True))
        if person in readers[plan]:
            steps += _tell(rows)
    return steps


def unread_matter(plan: int, person: int) -> str:
    """What is open until this person reads a report of this plan."""
    return f"reports.unread/{plan}-{person}"


def _left_unread() -> dict[Key, list[Receipt]]:
    """What each person got of each plan that runs since they last opened one, the oldest first."""
    running = Receipt.objects.filter(report__plan__to_on=None)
    opened = running.filter(read_at__isnull=False).order_by()
    listed = opened.values_list("person_id", "report__plan_id").annotate(Max("delivered_at"))
    last: dict[Key, datetime] = {(person, plan): at for person, plan, at in listed}
    found: dict[Key, list[Receipt]] = {}
    rows = running.filter(read_at=None).select_related("person", "report__plan__unit")
    for one in rows.defer("report__facts").order_by("delivered_at", "pk"):
        key = (one.person_id, one.report.plan_id)
        if key not in last or one.delivered_at > last[key]:
            found.setdefault(key, []).append(one)
    return found


@transaction.atomic
def _tell(rows: list[Receipt]) -> int:
    days = (now() - rows[0].delivered_at) // timedelta(days=1)
    reached = sum(days >= one for one in LEVELS)
    told = max(one.told_level for one in rows)
    open_ones = Receipt.objects.filter(pk=rows[0].pk, read_at=None, told_level__lt=reached)
    if reached <= told or not open_ones.update(told_level=reached):
        return 0
    newest, person = rows[-1].report, rows[-1].person
    about = _about(newest, person)
    tell([person], _("A report waits to be read by you"), **about)
    if reached == len(LEVELS):
        _tell_heads(newest, person, about)
    after = {"person": person.staff_no, "level": reached, "days": days, "reports": len(rows)}
    record(None, "reports.unread_told", newest, after=after)
    return reached - told


def _about(report: Report, person: User) -> dict[str, Any]:
    return {
        "body": f"{title_of(report.plan)} · {report.plan.unit.name} · {report.last_on}",
        "url": reverse("reports:detail", args=[report.pk]),
        "is_todo": True,
        "matter": unread_matter(report.plan_id, person.pk),
    }


def _tell_heads(report: Report, person: User, about: dict[str, Any]) -> None:
    """Whoever leads the reader; the page only to whom may see it."""
    for head in _heads(person):
        is_seen = visible_to(head).filter(pk=report.pk).exists()
        given = about | {"body": f"{person.name} · {about['body']}"}
        given["url"] = about["url"] if is_seen else ""
        tell([head], _("One of your people leaves a report unread"), **given)


def _heads(person: User) -> list[User]:
    """Who leads the unit a person works in, or the nearest above that somebody else leads."""
    unit = team_of(person, today())
    while unit is not None:
        found = [one for one in heads_of(unit) if one.pk != person.pk]
        if found:
            return found
        unit = unit.parent
    return []
