"""Judging conversations by a snapshot of rule versions: all reading and computing, no writing."""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from lingzhi.contacts.models import Contact, Turn
from lingzhi.core.clock import now
from lingzhi.inspections.bodies import engine_id, rule_set
from lingzhi.inspections.models import RuleVersion, Snapshot
from lingzhi.inspections.queries.histories import Records, asks_for, histories_of
from lingzhi.inspections.queries.rules import judging_versions
from lingzhi.inspections.services.asking import asking, models_for_page
from lingzhi_engine.inspect import Asking, Batch, Conversation, Plan, Rule, compile
from lingzhi_engine.inspect.reasons import SUSPENDED

PLANS = "plans"  # the folder in which compiled rules are kept for other processes
KEPT_PLANS = 12
LETTERS = {"hit": "h", "miss": "m", "na": "n", "unknown": "u"}
PLACED = ("turn", "start", "end", "value", "threshold", "confidence", "reason", "detail")
NOWHERE = (None,) * 6  # of PLACED all but the reason and its detail
Reasons = dict[int, str]  # version id: code of why it is suspended
# What a rule may raise that its check did not foresee; the database and the machine raise others.
EVALUATION_ERRORS = (
    ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


@transaction.atomic
def snapshot_now() -> Snapshot:
    """The snapshot of every version that judges now; the same set gives the same snapshot.

    A version whose suspension was lifted judges anew, so its set is another one than before.
    """
    versions = list(judging_versions())
    content = [[one.rule.code, one.number, one.body, *_lifted(one)] for one in versions]
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return Snapshot.objects.get_or_create(
        digest=hashlib.sha256(plain.encode()).hexdigest(),
        defaults={"version_ids": [one.pk for one in versions], "created_at": now()},
    )[0]


def _lifted(version: RuleVersion) -> list[str]:
    return [version.lifted_at.isoformat()] if version.lifted_at else []


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a snapshot says about some contacts, ready to be stored.

    `letters` has one row a contact and one column a version of the snapshot. `evidence` is, for
    each hit and each unknown, `(row of the contact, column of the version, verdict, *PLACED)`.
    `suspended` are the versions that answer unknown and must be looked at, with the reason.
    """

    contacts: Sequence[Contact]
    snapshot: Snapshot
    letters: np.ndarray
    evidence: list[tuple[Any, ...]]
    suspended: Reasons


def judge(
    contacts: Sequence[Contact],
    snapshot: Snapshot,
    *,
    asked: Asking | None = None,
    only: Collection[int] | None = None,
) -> Judgement:
    """What the versions of `snapshot` say about `contacts` (with their channel and unit).

    With `only`, the others are not judged: their columns in `letters` mean nothing.

    A version that is suspended, or that cannot be evaluated here, answers unknown. A run of
    several groups gives them one `asked`, so that they share what models may cost.
    """
    asked = asked or asking()
    silent = _suspended_in(snapshot)
    left_out = frozenset() if only is None else frozenset(snapshot.version_ids) - set(only)
    plan, names = plan_of(snapshot, left_out.union(silent))
    batch = batch_for(plan.rules, contacts)
    try:
        table = plan.run(batch, asking=asked).table()
    except EVALUATION_ERRORS:
        silent |= _failing(batch, snapshot, left_out.union(silent))
        plan, names = plan_of(snapshot, left_out.union(silent))
        table = plan.run(batch, asking=asked).table()
    rows = _codes(table["conversation"], [str(contact.pk) for contact in contacts])
    columns = _codes(table["rule"], names)
    letters = np.full((len(contacts), len(names)), ord("m"), np.uint8)
    verdicts = table["verdict"].to_pylist()
    letters[rows, columns] = [ord(LETTERS[verdict]) for verdict in verdicts]
    evidence = _evidence(table, rows, columns, verdicts)
    for column, version in enumerate(snapshot.version_ids):
        if version in silent:
            letters[:, column] = ord("u")
            evidence += [
                (row, column, "unknown", *NOWHERE, SUSPENDED, silent[version])
                for row in range(len(contacts))
            ]
    return Judgement(
        contacts, snapshot, letters, evidence, silent | suspended_by(plan, snapshot, names)
    )


def _suspended_in(snapshot: Snapshot) -> Reasons:
    rows = RuleVersion.objects.filter(pk__in=snapshot.version_ids, suspended_at__isnull=False)
    return dict(rows.values_list("pk", "suspended_reason"))


def _failing(batch: Batch, snapshot: Snapshot, silent: Collection[int]) -> Reasons:
    """The versions that raise when they are evaluated alone, with the name of the error.

    Raises what they raise where all do: then the conversations are to blame.
    """
    asked = [key for key in snapshot.version_ids if key not in silent]
    versions = RuleVersion.objects.select_related("rule").in_bulk(asked)
    found: Reasons = {}
    for number, key in enumerate(asked, start=1):
        try:
            compile(rule_set([versions[key]])).run(batch).table()
        except EVALUATION_ERRORS as error:
            if number == len(asked) and 1 < number == len(found) + 1:
                raise
            found[key] = f"error:{type(error).__name__}"
    return found


def suspended_by(plan: Plan, snapshot: Snapshot, names: list[str]) -> Reasons:
    """The versions of a snapshot of which its plan has given up a condition, with the reason."""
    version_of = dict(zip(names, snapshot.version_ids, strict=True))
    return {version_of[one.rule]: f"{one.detail}:{one.condition}" for one in plan.suspended}


def plan_of(snapshot: Snapshot, without: frozenset[int] = frozenset()) -> tuple[Plan, list[str]]:
    """The compiled plan of a snapshot without some versions, and the names of all its columns."""
    return _plan(snapshot.digest, tuple(snapshot.version_ids), without)


@lru_cache(maxsize=4)
def _plan(
    digest: str, version_ids: tuple[int, ...], without: frozenset[int]
) -> tuple[Plan, list[str]]:
    versions = RuleVersion.objects.select_related("rule").in_bulk(version_ids)
    ordered = [versions[key] for key in version_ids]
    forget_old_plans()
    judging = [one for one in ordered if one.pk not in without]
    plan = compile(rule_set(judging), cache=settings.DATA_DIR / PLANS)
    return plan, [engine_id(one) for one in ordered]


def forget_old_plans() -> None:
    """Keep the newest compiled plans; one that is missed is compiled again."""
    folder = settings.DATA_DIR / PLANS
    kept = sorted(os.scandir(folder), key=_modified) if folder.exists() else []
    for file in kept[:-KEPT_PLANS]:
        Path(file.path).unlink(missing_ok=True)


def _modified(file: os.DirEntry[str]) -> float:
    """When a file was written; one that another process removed meanwhile is the oldest."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _codes(values: Any, known: list[str]) -> np.ndarray:
    found = pc.index_in(values, value_set=pa.array(known, pa.string()))
    return np.asarray(found.to_numpy(), dtype=np.int64)


def verdicts_on(contacts: Sequence[Contact], version: RuleVersion) -> tuple[str, dict[int, int]]:
    """What one version, stored or not, says about each contact: a letter each.

    Also, for those that hit, the number of the first turn that hit. Somebody waits for it on a
    page, so models are asked few times.
    """
    if not contacts:
        return "", {}
    plan = compile(rule_set([version]))
    table = plan.run(batch_for(plan.rules, contacts), asking=Asking(models_for_page())).table()
    rows = _codes(table["conversation"], [str(contact.pk) for contact in contacts]).tolist()
    letters = ["m"] * len(contacts)
    places: dict[int, int] = {}
    for row, verdict, turn in zip(
        rows, table["verdict"].to_pylist(), table["turn"].to_pylist(), strict=True
    ):
        letters[row] = LETTERS[verdict]
        if verdict == "hit" and turn is not None:
            places.setdefault(row, turn)
    return "".join(letters), places


def _evidence(
    table: pa.Table, rows: np.ndarray, columns: np.ndarray, verdicts: list[str]
) -> list[tuple[Any, ...]]:
    kept = np.flatnonzero([verdict in ("hit", "unknown") for verdict in verdicts])
    chosen = table.select(PLACED).take(kept)
    said = [verdicts[at] for at in kept]
    return list(
        zip(
            rows[kept].tolist(),
            columns[kept].tolist(),
            said,
            *(column.to_pylist() for column in chosen.columns),
            strict=True,
        )
    )


TURN_COLUMNS = (
    "contact_id", "seq", "role", "start_ms", "end_ms", "text", "sealed",
    "confidence", "emotion", "energy",
)  # fmt: skip


def batch_for(rules: Iterable[Rule], contacts: Sequence[Contact]) -> Batch:
    """The contacts with the records that one of `rules` asks for."""
    histories = histories_of(contacts) if asks_for(rules, "history") else {}
    return batch_of(contacts, histories)


def batch_of(contacts: Sequence[Contact], histories: Mapping[int, Records] | None = None) -> Batch:
    """The contacts as the engine reads them: words as spoken, times where they are known.

    `histories` are the earlier conversations of the customer, by contact, where they are known.
    """
    place = {contact.pk: row for row, contact in enumerate(contacts)}
    turns = list(
        Turn.objects.filter(contact_id__in=place)
        .order_by("contact_id", "seq")
        .values_list(*TURN_COLUMNS)
    )
    turns.sort(key=lambda turn: place[turn[0]])
    return Batch(_conversations(contacts, histories or {}), _turns(turns, place))


def conversation_of(contact: Contact) -> Conversation:
    """One contact as the engine reads it, with all records that rules may ask for."""
    return batch_of([contact], histories_of([contact])).conversation(0)


def _turns(turns: list[tuple[Any, ...]], place: dict[int, int]) -> pa.Table:
    ids, seqs, roles, starts, ends, _texts, _sealed, sure, emotions, energies = (
        zip(*turns, strict=True) if turns else [()] * len(TURN_COLUMNS)
    )
    return pa.table(
        {
            "conversation": pa.array([place[key] for key in ids], pa.int32()),
            "seq": pa.array(seqs, pa.int32()),
            "role": pa.array(roles, pa.string()),
            "start_ms": pa.array(starts, pa.int64()),
            "end_ms": pa.array(ends, pa.int64()),
            "text": pa.array([_spoken(turn) for turn in turns], pa.string()),
            "confidence": pa.array(sure, pa.float64()),
            "emotion": pa.array([one or None for one in emotions], pa.string()),
            "energy": pa.array(energies, pa.float64()),
        }
    )


def _spoken(turn: tuple[Any, ...]) -> str:
    key, seq, _role, _start, _end, text, sealed, *_heard = turn
    if not sealed:
        return str(text)
    return Turn(contact_id=key, seq=seq, text=text, sealed=sealed).spoken()


def _conversations(contacts: Iterable[Contact], histories: Mapping[int, Records]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "id": str(contact.pk),
                "channel": contact.channel.code,
                "direction": contact.direction,
                "agent": contact.agent_reference or None,
                "team": contact.unit.name if contact.unit else None,
                "started_at": _iso(contact.answered_at or contact.started_at),
                "ended_at": _iso(contact.ended_at),
                "outcome": contact.outcome or None,
                "meta": json.dumps(meta_of(contact), default=str),
                "related": _related(histories.get(contact.pk)),
            }
            for contact in contacts
        ],
        CONVERSATIONS,
    )


def _related(history: Records | None) -> str | None:
    """The tables of a contact that are known."""
    return None if history is None else json.dumps({"history": history})


CONVERSATIONS = pa.schema(
    [
        (name, pa.string())
        for name in (
            "id", "channel", "direction", "agent", "team",
            "started_at", "ended_at", "outcome", "meta", "related",
        )
    ]
)  # fmt: skip
FACTS = ("ended_by", "queue", "hold_seconds", "ring_count", "transfers")
SPANS = {
    "ring_seconds": ("ringing_at", "answered_at"),
    "wait_seconds": ("queued_at", "answered_at"),
    "wrap_up_seconds": ("ended_at", "wrapped_up_at"),
}


def meta_of(contact: Contact) -> dict[str, Any]:
    """Further data and the facts of the contact, without those that are not known."""
    facts = {name: getattr(contact, name) for name in FACTS}
    spans = {name: _seconds(contact, *ends) for name, ends in SPANS.items()}
    known = {name: one for name, one in (facts | spans).items() if one not in ("", None)}
    return {**contact.meta, **known}


def _seconds(contact: Contact, begin: str, end: str) -> float | None:
    first, last = getattr(contact, begin), getattr(contact, end)
    if first is None or last is None:
        return None
    return float((last - first).total_seconds())


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
