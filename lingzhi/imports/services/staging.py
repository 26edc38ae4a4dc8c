"""Every record of the file is read and waits, sealed, or its problems are noted."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.core.intake import ImportKind, Problem, Record, Refused
from lingzhi.imports.formats import FORMATS, Unreadable
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch, RowProblem, StagedRow
from lingzhi.imports.records import Numbered, records
from lingzhi.imports.services.deciding import OPEN, run_step
from lingzhi.imports.services.steps import TakenOver, is_stopped, note_progress
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import fail_run, finish_run, later

GROUP = 250

TWICE = _("This number stands in row %(row)d already.")


@dataclass(slots=True)
class Judged:
    """A row with what became of it: a record with its key, or problems."""

    number: int
    record: Record
    key: str = ""
    problems: Sequence[Problem] = ()


def file_path(batch: Batch) -> Path:
    """Where the batch's file lies on this machine."""
    if batch.file is None or not default_storage.exists(batch.file.stored_as):
        raise Unreadable(_("The file of this import is gone."))
    return Path(default_storage.path(batch.file.stored_as))


def stage_batch(batch: Batch, run: Run | None = None) -> None:
    """Read the whole file into staging, in short groups. Goes on where an earlier try ended.

    `run` shows the progress; without it (in a command) nothing is queued afterwards.
    """
    if batch.is_over or batch.staged_at:
        return
    kind = kind_named(batch.kind)
    try:
        total = _count(kind, batch)
        if run is not None and run.total != total:
            note_progress(run, total=total)
        fresh = (one for one in _found(kind, batch) if one[0] > batch.staged_to)
        while group := list(islice(fresh, GROUP)):
            if is_stopped(run):
                return
            _stage_group(batch, kind, group, run)
    except Unreadable as problem:
        _refuse(batch, problem, run)
        return
    _end_staging(batch, run)


def _found(kind: ImportKind, batch: Batch) -> Iterator[Numbered]:
    path = file_path(batch)
    if adapter := batch.options.get("adapter"):
        return kind.adapters[adapter].read(path)
    rows = FORMATS[batch.options["format"]](path, batch.options)
    return records(kind, rows, batch.columns, batch.options)


def _count(kind: ImportKind, batch: Batch) -> int:
    """How many records the file has. A file that breaks off is noticed before any is staged."""
    total = sum(1 for _one in _found(kind, batch))
    if total == 0:
        raise Unreadable(_("The file has no rows below its heading."))
    return total


def _stage_group(batch: Batch, kind: ImportKind, group: list[Numbered], run: Run | None) -> None:
    """One short transaction: rows, problems, counts and progress together, or nothing."""
    read = kind.reader()
    judged = [_judged(kind, read, number, found) for number, found in group]
    _notice_twins(batch, kind, judged)
    good = [_sealed(batch, one) for one in judged if not one.problems]
    problems = [_stored(batch, one.number, problem) for one in judged for problem in one.problems]
    last = group[-1][0]
    with transaction.atomic():
        ours = Batch.objects.filter(pk=batch.pk, staged_to=batch.staged_to, staged_at=None, **OPEN)
        claimed = ours.update(
            staged_to=last,
            staged_rows=F("staged_rows") + len(judged),
            bad_rows=F("bad_rows") + len(judged) - len(good),
        )
        if not claimed:
            raise TakenOver()
        StagedRow.objects.bulk_create(good)
        RowProblem.objects.bulk_create(problems)
        note_progress(run, done=len(judged))
    batch.staged_to = last


def _judged(
    kind: ImportKind, read: Callable[[Record], Any], number: int, found: Record | Problem
) -> Judged:
    if isinstance(found, Problem):
        return Judged(number, {}, problems=[found])
    try:
        item = read(found)
    except Refused as refused:
        return Judged(number, found, problems=refused.problems)
    return Judged(number, found, key=kind.key_of(item)[:200])


def _notice_twins(batch: Batch, kind: ImportKind, judged: list[Judged]) -> None:
    """A key may stand once in a file: further rows with it are named with the row of the first."""
    keys = [one.key for one in judged if one.key]
    taken = dict(batch.rows.filter(key__in=keys).values_list("key", "number"))
    for one in judged:
        if not one.key:
            continue
        first = taken.setdefault(one.key, one.number)
        if first != one.number:
            one.problems = [Problem(kind.key, TWICE, {"row": first})]


def _sealed(batch: Batch, one: Judged) -> StagedRow:
    row = StagedRow(batch=batch, number=one.number, key=one.key)
    plain = json.dumps(one.record, ensure_ascii=False, default=str)
    row.sealed = seal(plain.encode("utf-8", "replace").decode(), row.place)
    return row


def _stored(batch: Batch, number: int, problem: Problem) -> RowProblem:
    field = problem.field.encode("utf-8", "replace").decode().replace("\x00", "")[:60]
    return RowProblem(batch=batch, number=number, field=field, **problem.as_json())


@transaction.atomic
def _refuse(batch: Batch, problem: Unreadable, run: Run | None) -> None:
    """The file cannot be read to its end: nothing of it is published."""
    if not Batch.objects.filter(pk=batch.pk, staged_at=None, **OPEN).update(
        refused_at=now(), error={**problem.problem.as_json(), "row": problem.row}
    ):
        return
    batch.refresh_from_db()
    record(batch.created_by, "imports.refused", batch, after={"row": problem.row})
    later("imports.clear", batch_id=batch.pk)
    if run is not None:
        fail_run(run, str(problem.sentence))


@transaction.atomic
def _end_staging(batch: Batch, run: Run | None) -> None:
    """Every row is read. Where none has a problem, publishing follows at once."""
    if not Batch.objects.filter(pk=batch.pk, staged_at=None, **OPEN).update(staged_at=now()):
        return
    batch.refresh_from_db()
    if run is None:
        return
    finish_run(run, counts={"rows": batch.staged_rows, "problems": batch.bad_rows})
    if batch.is_decided:
        run_step(batch, "imports.publish", by=batch.created_by)
