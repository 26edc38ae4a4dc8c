"""Bringing a file in: stage every record, then publish group by group, then show it all at once.

Each step is repeatable. After a kill the job starts anew, finds how far staging came and which
groups are published, and goes on from there. Nothing of an unfinished batch is visible.
"""

import json
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.errors import DomainError
from lingzhi.core.intake import ImportKind, Problem, Published, Refused
from lingzhi.files.models import StoredFile
from lingzhi.imports.formats import FORMATS, Unreadable
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch, Mapping, StagedRow
from lingzhi.imports.records import records
from lingzhi.jobs.services import later

STAGE_GROUP = 500
PUBLISH_GROUP = 100


CONFLICT = _("This number was delivered before with other content.")


class AlreadyDecided(DomainError):
    message = _("This import is already under way, finished or dropped.")


class NotStaged(DomainError):
    message = _("The file is still being read.")


@transaction.atomic
def open_batch(
    kind: ImportKind,
    *,
    source: str,
    file: StoredFile | None,
    columns: dict[str, Any],
    options: dict[str, Any],
    by: User | None,
    is_queued: bool = True,
) -> Batch:
    """Start to bring a file in; its mapping is remembered for the next file of this source."""
    batch = Batch.objects.create(
        kind=kind.code,
        source=source,
        file=file,
        columns=columns,
        options=options,
        created_at=now(),
        created_by=by,
    )
    Mapping.objects.update_or_create(
        kind=kind.code,
        source=source,
        defaults={"columns": columns, "options": options, "changed_at": now()},
    )
    record(by, "imports.opened", batch, after={"kind": kind.code, "source": source})
    if is_queued:
        later("imports.stage", queue="long", batch_id=batch.pk)
    return batch


def header_of(read: Callable[..., Iterator[Any]], path: Path, options: dict[str, Any]) -> list[str]:
    """The names of the columns, as the first row has them."""
    first = next(read(path, options), None)
    return list(first[1]) if first else []


def bring_in(batch: Batch, found: Iterator[tuple[int, dict[str, Any]]] | None = None) -> None:
    """Stage and publish at once, in this process; `found` replaces the reading of the file."""
    if found is None:
        stage_batch(batch)
    else:
        stage_records(batch, found)
    batch.refresh_from_db()
    if batch.bad_rows == 0 or batch.options.get("skip_bad"):
        publish_batch(batch)


def file_path(batch: Batch) -> Path:
    """Where the batch's file lies on this machine."""
    if batch.file is None:
        raise Unreadable(_("The file of this import is gone."))
    return Path(default_storage.path(batch.file.stored_as))


def stage_batch(batch: Batch) -> None:
    """Read the whole file into staging, in short groups. Goes on where an earlier try ended."""
    if batch.staged_at or batch.cancelled_at:
        return
    kind = kind_named(batch.kind)
    done = batch.rows.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        rows = FORMATS[batch.options["format"]](file_path(batch), batch.options)
        found = records(kind, rows, batch.columns, batch.options)
        fresh = (one for one in found if one[0] > done)
        for group in _groups(fresh, STAGE_GROUP):
            _stage_group(batch, kind, group)
    except Unreadable as problem:
        _stop(batch, problem)
        return
    _end_staging(batch)


def stage_records(batch: Batch, found: Iterator[tuple[int, dict[str, Any]]]) -> None:
    """Stage records that an adapter yields by itself, without a stored file."""
    kind = kind_named(batch.kind)
    for group in _groups(found, STAGE_GROUP):
        _stage_group(batch, kind, group)
    _end_staging(batch)


def _groups(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while group := list(islice(items, size)):
        yield group


def _stage_group(batch: Batch, kind: ImportKind, group: list[tuple[int, dict[str, Any]]]) -> None:
    staged = []
    for number, raw in group:
        row = StagedRow(batch=batch, number=number, problems=_problems(kind, raw))
        plain = json.dumps(raw, ensure_ascii=False, default=str)
        row.sealed = seal(plain.encode("utf-8", "replace").decode(), row.place)
        staged.append(row)
    bad = sum(1 for row in staged if row.problems)
    with transaction.atomic():
        StagedRow.objects.bulk_create(staged)
        Batch.objects.filter(pk=batch.pk).update(
            staged_rows=F("staged_rows") + len(staged), bad_rows=F("bad_rows") + bad
        )


def _problems(kind: ImportKind, raw: dict[str, Any]) -> list[dict[str, str]]:
    """Problems of a record, in the language of whoever brought the file."""
    if "" in raw:
        return [{"field": "", "message": str(raw[""])}]
    try:
        kind.read(raw)
    except Refused as refused:
        return [_as_json(problem) for problem in refused.problems]
    return []


def _as_json(problem: Problem) -> dict[str, str]:
    return {"field": problem.field, "message": str(problem.message)}


@transaction.atomic
def _stop(batch: Batch, problem: Unreadable) -> None:
    """The file cannot be read to its end: nothing of it is published."""
    where = f" ({_('row')} {problem.row})" if problem.row else ""
    batch.error = f"{problem.sentence}{where}"[:500]
    batch.cancelled_at = now()
    batch.save(update_fields=["error", "cancelled_at"])
    record(None, "imports.refused", batch, after={"row": problem.row})


@transaction.atomic
def _end_staging(batch: Batch) -> None:
    batch.refresh_from_db()
    batch.staged_at = now()
    batch.save(update_fields=["staged_at"])
    if batch.bad_rows == 0 or batch.options.get("skip_bad"):
        later("imports.publish", queue="long", batch_id=batch.pk)


@transaction.atomic
def accept_batch(batch: Batch, *, by: User) -> None:
    """Publish the good rows although others have problems."""
    if batch.staged_at is None:
        raise NotStaged()
    if batch.finished_at or batch.cancelled_at:
        raise AlreadyDecided()
    batch.options = {**batch.options, "skip_bad": True}
    batch.save(update_fields=["options"])
    record(by, "imports.accepted", batch, after={"bad": batch.bad_rows})
    later("imports.publish", queue="long", batch_id=batch.pk)


@transaction.atomic
def cancel_batch(batch: Batch, *, by: User) -> None:
    """Drop a batch of which nothing is published yet."""
    claimed = Batch.objects.filter(
        pk=batch.pk, finished_at=None, cancelled_at=None, published_rows=0
    ).update(cancelled_at=now())
    if not claimed:
        raise AlreadyDecided()
    batch.rows.update(sealed="")
    record(by, "imports.cancelled", batch)


def publish_batch(batch: Batch) -> None:
    """Publish what is staged, group by group, then make all of it visible at once."""
    if batch.finished_at or batch.cancelled_at or not batch.staged_at:
        return
    kind = kind_named(batch.kind)
    waiting = batch.rows.filter(published_at=None, problems=[]).order_by("number")
    while group := list(waiting[:PUBLISH_GROUP]):
        _publish_group(batch, kind, group)
        time.sleep(0.001)  # lets other writers have the database between groups
    finish_batch(batch)


@transaction.atomic
def _publish_group(batch: Batch, kind: ImportKind, group: list[StagedRow]) -> None:
    items = [(row, kind.read(json.loads(row.reveal()))) for row in group]
    outcome = kind.publish(batch.source, [item for _row, item in items], batch)
    conflicts = set(outcome.conflicts)
    bad = 0
    for row, item in items:
        if item.values[kind.key] in conflicts:
            row.problems = [_as_json(Problem(kind.key, CONFLICT))]
            bad += 1
        row.published_at = now()
        row.sealed = "" if not row.problems else row.sealed
    StagedRow.objects.bulk_update(group, ["problems", "published_at", "sealed"])
    _count(batch, outcome, bad)


def _count(batch: Batch, outcome: Published, bad: int) -> None:
    Batch.objects.filter(pk=batch.pk).update(
        published_rows=F("published_rows") + len(outcome.new),
        known_rows=F("known_rows") + len(outcome.known),
        bad_rows=F("bad_rows") + bad,
    )


@transaction.atomic
def finish_batch(batch: Batch) -> None:
    """Everything is in: show it, record the one audit row, tell the app that took it."""
    if not Batch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=now()):
        return
    batch.refresh_from_db()
    record(
        batch.created_by,
        "imports.finished",
        batch,
        after={
            "rows": batch.staged_rows,
            "published": batch.published_rows,
            "known": batch.known_rows,
            "bad": batch.bad_rows,
            "sha256": batch.file.sha256 if batch.file else "",
        },
    )
    kind = kind_named(batch.kind)
    if kind.finished:
        later(kind.finished, queue="long", batch_id=batch.pk)
