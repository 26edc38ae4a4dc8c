"""Adding up days ahead, so that pages over many conversations need not read their verdicts."""

from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.db.models import F

from lingzhi.contacts.days import UNDATED, day_of_moment, touch_days
from lingzhi.contacts.models import Contact, Day
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight, now
from lingzhi.imports.models import Batch
from lingzhi.inspections.models import CountedDay, DayTally, Review
from lingzhi.inspections.queries.columns import Columns
from lingzhi.inspections.queries.tallies import stale_days
from lingzhi.inspections.queries.tallying import LETTERS, cells_of, packed, reasons_by_cell
from lingzhi.inspections.services.inspecting import breathe


def add_up_days() -> int:
    """Add up every day whose sums do not hold, the newest first; how many were."""
    columns = Columns.now()
    days = stale_days(columns)
    for day in days:
        add_up_day(day, columns)
        breathe()
    return len(days)


def add_up_day(day: date, columns: Columns) -> None:
    """Put the sums of a day in the place of those that were there.

    How often the day changed is read before its contacts: what changes meanwhile makes the sums
    stale at once. A day with contacts of an import that goes on is left: they appear all at once.
    """
    changes = Day.objects.values_list("changes", flat=True).get(day=day)
    contacts = published().filter(**_within(day))
    coming = Batch.objects.filter(finished_at=None).values("pk")
    if Contact.objects.filter(**_within(day), batch__in=coming).exists():
        return
    cells, reasons = cells_of(contacts, columns), reasons_by_cell(contacts, columns)
    nothing = np.zeros((len(columns), len(LETTERS)), np.uint32)
    with transaction.atomic():
        Day.objects.select_for_update().get(day=day)
        CountedDay.objects.filter(day=day).delete()
        counted = CountedDay.objects.create(
            day=day, changes=changes, meaning=columns.meaning, counted_at=now()
        )
        DayTally.objects.bulk_create(
            DayTally(
                counted=counted,
                unit_id=key.unit_id,
                agent_id=key.agent_id,
                channel_id=key.channel_id,
                talks=cell.talks,
                unanswered=cell.unanswered,
                inspected=cell.inspected,
                scored=cell.scored,
                numbers=packed(nothing if cell.numbers is None else cell.numbers),
                reasons=reasons.get(key, "[]"),
            )
            for key, cell in cells.items()
        )


def count_score(contact: Contact) -> None:
    """A person scored a contact: the sums of its day follow and hold on, if they held.

    A day that is being added up meanwhile is counted again.
    """
    day = day_of_moment(contact.started_at)
    touch_days([contact.started_at])
    place = {"unit": contact.unit_id, "agent": contact.agent_id, "channel": contact.channel_id}
    changes = Day.objects.values_list("changes", flat=True).get(day=day)
    counted = CountedDay.objects.filter(day=day, changes=changes - 1)
    if counted.update(changes=changes) and contact.turn_count and _is_first(contact):
        DayTally.objects.filter(counted__day=day, **place).update(scored=F("scored") + 1)


def _is_first(contact: Contact) -> bool:
    return contact.reviews.exclude(state=Review.State.DRAFT).count() == 1


def _within(day: date) -> dict[str, object]:
    if day == UNDATED:
        return {"started_at": None}
    return {"started_at__gte": midnight(day), "started_at__lt": midnight(day + timedelta(days=1))}
