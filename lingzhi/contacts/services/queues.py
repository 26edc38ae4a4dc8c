"""Queues and the teams that answer for them (队列归属): whose the calls are that nobody took."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.contacts.counting import days_of
from lingzhi.contacts.days import touch_days
from lingzhi.contacts.models import CallQueue, Contact, Source
from lingzhi.contacts.queries.queues import lost_calls, lost_contacts
from lingzhi.core.clock import now, today
from lingzhi.jobs.services import later
from lingzhi.kpis.services import mark_days
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on

QUEUES_URL = "/contacts/queues/"
KEEPERS = [code for code, role in ROLES.items() if "system.settings" in role.capabilities]
GROUP = 500


def units_of_queues(source: Source, names: Iterable[str]) -> dict[str, int | None]:
    """The teams of these queues. One that nobody knew is noted, and who connects systems told.

    Part of the caller's transaction.
    """
    wanted = {name[:60] for name in names} - {""}
    rows = CallQueue.objects.filter(source=source, name__in=wanted)
    found: dict[str, int | None] = dict(rows.values_list("name", "unit_id"))
    for name in sorted(wanted - found.keys()):
        queue, is_new = CallQueue.objects.get_or_create(
            source=source, name=name, defaults={"seen_at": now()}
        )
        found[name] = queue.unit_id
        if is_new:
            _ask(queue)
    return found


def _ask(queue: CallQueue) -> None:
    held = assignments_on(today()).filter(role__in=KEEPERS).select_related("person")
    tell(
        {row.person for row in held}, _("A queue that belongs to no team"),
        body=f"{queue.source} · {queue.name}", url=QUEUES_URL, is_todo=True, matter=_matter(queue),
    )  # fmt: skip


def _matter(queue: CallQueue) -> str:
    return f"contacts.callqueue/{queue.pk}"


@transaction.atomic
def give_queue(queue: CallQueue, unit: Unit | None, *, by: User) -> None:
    """The calls of this queue that nobody takes are this unit's, those of no unit before, too.

    What another unit lost while the queue was its own stays with it.
    """
    before = queue.unit.code if queue.unit else None
    queue.unit = unit
    queue.save(update_fields=["unit"])
    after = {"unit": unit and unit.code, "queue": queue.name}
    record(by, "contacts.queue_given", queue, before={"unit": before}, after=after)
    if unit is not None:
        settle_matter(_matter(queue))
        later("contacts.assign_lost", queue="long", queue_id=queue.pk)


def assign_lost(queue: CallQueue) -> int:
    """Give the lost calls of no unit to the queue's, in short transactions; how many contacts."""
    if queue.unit is None:
        return 0
    lost_calls(queue).update(unit=queue.unit)
    given = 0
    while keys := list(lost_contacts(queue).values_list("pk", flat=True)[:GROUP]):
        with transaction.atomic():
            rows = Contact.objects.filter(pk__in=keys)
            rows.update(unit=queue.unit)
            mark_days(days_of(rows))
            touch_days(list(rows.order_by().values_list("started_at", flat=True)))
        given += len(keys)
    return given
