"""Judging conversations: a snapshot of rule versions, a batch of contacts, one short write."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import turns_of
from lingzhi.core.clock import now
from lingzhi.inspections.bodies import rule_set
from lingzhi.inspections.models import (
    Finding,
    Inspection,
    InspectionRun,
    RuleVersion,
    Snapshot,
)
from lingzhi.inspections.queries.rules import judging_versions
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import start_run
from lingzhi_engine.inspect import Batch, Plan, compile

GROUP = 200
LETTER = {"hit": "h", "na": "n", "unknown": "u"}


@transaction.atomic
def snapshot_now() -> Snapshot:
    """The snapshot of every version that judges now; the same set gives the same snapshot."""
    ids = list(judging_versions().values_list("pk", flat=True))
    digest = hashlib.sha256(json.dumps(ids).encode()).hexdigest()
    return Snapshot.objects.get_or_create(
        digest=digest, defaults={"version_ids": ids, "created_at": now()}
    )[0]


@lru_cache(maxsize=4)
def _plan(snapshot_id: int) -> tuple[Plan, dict[tuple[str, int], int], dict[int, str]]:
    """The compiled plan of a snapshot, the column of each rule version, and each severity."""
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    versions = RuleVersion.objects.select_related("rule").in_bulk(snapshot.version_ids)
    ordered = [versions[key] for key in snapshot.version_ids]
    columns = {(one.rule.code, one.number): at for at, one in enumerate(ordered)}
    return compile(rule_set(ordered)), columns, {one.pk: one.severity for one in ordered}


def inspect_contacts(contacts: Sequence[Contact], snapshot: Snapshot) -> dict[str, int]:
    """Judge these contacts by `snapshot` and store what was found; each contact once.

    Contacts that this snapshot judged before are passed over, so a repeated call changes nothing.
    """
    done = set(
        Inspection.objects.filter(snapshot=snapshot, contact__in=contacts).values_list(
            "contact_id", flat=True
        )
    )
    fresh = [contact for contact in contacts if contact.pk not in done]
    if not fresh:
        return {"conversations": 0, "turns": 0, "hits": 0}
    plan, columns, severities = _plan(snapshot.pk)
    turns = _turns(fresh)
    found = plan.run(Batch.from_conversations([_conversation(one, turns[one.pk]) for one in fresh]))
    rows = _rows_by_contact(found.table())
    with transaction.atomic():
        hits = _store(fresh, snapshot, columns, severities, rows)
    return {
        "conversations": len(fresh),
        "turns": sum(len(several) for several in turns.values()),
        "hits": hits,
    }


def _turns(contacts: list[Contact]) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = defaultdict(list)
    for turn in turns_of([contact.pk for contact in contacts]):
        turns[turn.contact_id].append(turn)
    return turns


def _conversation(contact: Contact, turns: list[Turn]) -> dict[str, Any]:
    """The contact as the engine reads it: words as spoken, times where they are known."""
    return {
        "id": str(contact.pk),
        "channel": contact.channel.code,
        "direction": contact.direction,
        "agent": contact.agent_reference or None,
        "team": str(contact.unit_id) if contact.unit_id else None,
        "started_at": _iso(contact.answered_at or contact.started_at),
        "ended_at": _iso(contact.ended_at),
        "outcome": contact.outcome or None,
        "meta": _meta(contact),
        "turns": [
            {
                "seq": turn.seq,
                "role": turn.role,
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "text": turn.spoken(),
            }
            for turn in turns
        ],
    }


FACTS = ("ended_by", "queue", "hold_seconds", "ring_count", "transfers")


def _meta(contact: Contact) -> dict[str, Any]:
    """Further data and the facts of the contact, without those that are not known."""
    facts = {name: getattr(contact, name) for name in FACTS}
    return {
        **contact.meta,
        **{name: value for name, value in facts.items() if value not in ("", None)},
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _rows_by_contact(table: Any) -> dict[int, list[dict[str, Any]]]:
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        rows[int(row["conversation"])].append(row)
    return rows


def _store(
    contacts: list[Contact],
    snapshot: Snapshot,
    columns: dict[tuple[str, int], int],
    severities: dict[int, str],
    rows: dict[int, list[dict[str, Any]]],
) -> int:
    ids = snapshot.version_ids
    Inspection.objects.filter(contact__in=contacts, is_latest=True).update(is_latest=False)
    made = [
        _inspection(contact, snapshot, columns, severities, rows[contact.pk])
        for contact in contacts
    ]
    Inspection.objects.bulk_create(made)
    findings = [
        _finding(inspection, ids[columns[row["rule"], row["version"]]], row)
        for inspection in made
        for row in rows[inspection.contact_id]
        if row["verdict"] in Finding.Verdict.values
    ]
    Finding.objects.bulk_create(findings, batch_size=2000)
    return sum(inspection.hits for inspection in made)


def _inspection(
    contact: Contact,
    snapshot: Snapshot,
    columns: dict[tuple[str, int], int],
    severities: dict[int, str],
    rows: list[dict[str, Any]],
) -> Inspection:
    ids = snapshot.version_ids
    letters = ["m"] * len(ids)
    for row in rows:
        letters[columns[row["rule"], row["version"]]] = LETTER[row["verdict"]]
    hit = [ids[at] for at, letter in enumerate(letters) if letter == "h"]
    return Inspection(
        contact=contact,
        snapshot=snapshot,
        verdicts="".join(letters),
        hits=len(hit),
        severe_hits=sum(severities[key] == RuleVersion.Severity.SEVERE for key in hit),
        unknowns=letters.count("u"),
        inspected_at=now(),
    )


def _finding(inspection: Inspection, version_id: int, row: dict[str, Any]) -> Finding:
    return Finding(
        inspection=inspection,
        contact_id=inspection.contact_id,
        version_id=version_id,
        verdict=row["verdict"],
        turn=row["turn"],
        start=row["start"],
        end=row["end"],
        value=row["value"],
        threshold=row["threshold"],
        confidence=row["confidence"],
        reason=row["reason"] or "",
        detail=(row["detail"] or "")[:300],
    )


def waiting_for(snapshot: Snapshot, rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` those that this snapshot has not judged."""
    judged = Inspection.objects.filter(snapshot=snapshot).values("contact_id")
    return rows.exclude(pk__in=judged)


def inspect_next(
    snapshot: Snapshot, rows: QuerySet[Contact], after: int = 0
) -> tuple[int, dict[str, int]]:
    """Judge the next group of `rows` behind id `after`; its last id (0 at the end) and counts."""
    group = list(rows.filter(pk__gt=after).select_related("channel").order_by("pk")[:GROUP])
    if not group:
        return 0, {}
    counts = inspect_contacts(group, snapshot)
    time.sleep(0.001)  # lets other writers have the database between groups
    return group[-1].pk, counts


@transaction.atomic
def start_inspection(
    filters: dict[str, Any], total: int, *, label: str, by: User | None
) -> InspectionRun:
    """Queue a run of the rules in force and in shadow over stored conversations."""
    snapshot = snapshot_now()
    run: Run = start_run("inspections.run_inspection", label, by=by, total=total)
    started = InspectionRun.objects.create(
        run=run, snapshot=snapshot, filters=filters, started_by=by
    )
    record(by, "inspections.run_started", started, after={"conversations": total})
    return started
