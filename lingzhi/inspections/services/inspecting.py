"""Storing judgements: each contact once by each snapshot, in short transactions."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from lingzhi.contacts.days import touch_days
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.core.clock import now
from lingzhi.inspections.models import Finding, Inspection, Snapshot
from lingzhi.inspections.services.judging import Judgement, judge, snapshot_now
from lingzhi.inspections.services.suspending import suspend_all

Counts = dict[str, int]


def inspect_contacts(contacts: Sequence[Contact], snapshot: Snapshot) -> Counts:
    """Judge these contacts by `snapshot` and store what was found; each contact once.

    Contacts that this snapshot judged before are passed over, so a repeated call changes nothing.
    A snapshot without rules judges nothing.
    """
    fresh = unjudged(contacts, snapshot)
    if not fresh:
        return {"conversations": 0, "turns": 0, "hits": 0}
    return store(judge(fresh, snapshot))


def unjudged(contacts: Sequence[Contact], snapshot: Snapshot) -> list[Contact]:
    """Of `contacts` those with words that `snapshot` has not judged."""
    if not snapshot.version_ids:
        return []
    judged = _judged(contacts, snapshot)
    talks = (contact for contact in contacts if contact.has_words)
    return [contact for contact in talks if contact.pk not in judged]


def _judged(contacts: Sequence[Contact], snapshot: Snapshot) -> set[int]:
    rows = Inspection.objects.filter(snapshot=snapshot, contact__in=contacts)
    return set(rows.values_list("contact_id", flat=True))


@transaction.atomic
def store(judgement: Judgement) -> Counts:
    """Write a judgement. What another worker stored meanwhile stays as it is."""
    contacts, snapshot = judgement.contacts, judgement.snapshot
    lock(contacts)
    taken = _judged(contacts, snapshot)
    newer = _judged_later(contacts, snapshot)
    made = {
        row: Inspection(
            contact=contact,
            snapshot=snapshot,
            verdicts=judgement.letters[row].tobytes().decode("ascii"),
            is_latest=contact.pk not in newer,
            inspected_at=now(),
        )
        for row, contact in enumerate(contacts)
        if contact.pk not in taken
    }
    latest = [one.contact_id for one in made.values() if one.is_latest]
    Inspection.objects.filter(contact_id__in=latest, is_latest=True).update(is_latest=False)
    Inspection.objects.bulk_create(made.values())
    Finding.objects.bulk_create(
        findings(judgement.evidence, snapshot.version_ids, made), batch_size=2000
    )
    suspend_all(judgement.suspended, snapshot)
    touch_days(contacts[row].started_at for row in made)
    return {
        "conversations": len(made),
        "turns": sum(contacts[row].turn_count for row in made),
        "hits": sum(one.verdicts.count("h") for one in made.values()),
    }


def lock(contacts: Sequence[Contact]) -> None:
    """Let nobody else store judgements of these contacts until the end of the transaction."""
    keys = [contact.pk for contact in contacts]
    rows = Contact.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk"))


def _judged_later(contacts: Sequence[Contact], snapshot: Snapshot) -> set[int]:
    """Contacts that a later snapshot judged already: a run that began before stays behind it."""
    rows = Inspection.objects.filter(contact__in=contacts, snapshot_id__gt=snapshot.pk)
    return set(rows.values_list("contact_id", flat=True))


def findings(
    evidence: Sequence[tuple[Any, ...]], ids: Sequence[int], made: Mapping[int, Inspection]
) -> Iterator[Finding]:
    """The rows for the `evidence` of a judgement by versions `ids`, for the contacts in `made`."""
    for (
        row,
        column,
        verdict,
        turn,
        start,
        end,
        value,
        limit,
        sure,
        reason,
        detail,
    ) in evidence:
        if row in made:
            yield Finding(
                inspection=made[row],
                version_id=ids[column],
                verdict=verdict,
                turn=turn,
                start=start,
                end=end,
                value=value,
                threshold=limit,
                confidence=sure,
                reason=reason or "",
                detail=(detail or "")[:300],
            )


def next_group(rows: QuerySet[Contact], after: int = 0) -> list[Contact]:
    """The next conversations of `rows` behind id `after`, with what judging needs."""
    behind = conversations(rows).filter(pk__gt=after).order_by("pk")
    return list(behind.select_related("channel", "unit")[: settings.INSPECTION_GROUP])


def inspect_all(rows: QuerySet[Contact]) -> Counts:
    """Judge every conversation of `rows` by the rules that judge now, group by group."""
    snapshot = snapshot_now()
    counts = {"conversations": 0, "turns": 0, "hits": 0}
    position = 0
    while group := next_group(rows, position):
        for name, number in inspect_contacts(group, snapshot).items():
            counts[name] += number
        position = group[-1].pk
        breathe()
    return counts


def breathe() -> None:
    """Let other writers have the database between groups."""
    time.sleep(0.001)
