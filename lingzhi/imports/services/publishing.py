"""What is staged becomes real, group by group, and visible all at once."""

import json
import time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.intake import ImportKind, Problem, Published, Refused
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.models import Batch, RowProblem, StagedRow
from lingzhi.imports.services.deciding import OPEN
from lingzhi.imports.services.steps import TakenOver, is_stopped, note_progress
from lingzhi.jobs.models import Run
from lingzhi.jobs.registry import function_of
from lingzhi.jobs.services import finish_run, later

# No write transaction may take longer than 250 ms: groups grow and shrink with the time they take,
# and long records make small groups.
AIM_SECONDS = 0.06
FEWEST, MOST = 10, 300
GROUP_CHARACTERS = 200_000
# While a group is prepared, and this much longer, other writers have the database.
PAUSE_SECONDS = 0.005

CONFLICT = _("This number was delivered before with other content.")


def publish_batch(batch: Batch, run: Run | None = None) -> None:
    """Publish what is staged and decided. Goes on where an earlier try ended."""
    if batch.is_over or not batch.staged_at or not batch.is_decided:
        return
    kind = kind_named(batch.kind)
    size = FEWEST
    while group := _next_group(batch, size):
        if is_stopped(run):
            return
        seconds = _publish_group(batch, kind, group, run)
        size = next_size(len(group), seconds)
        time.sleep(PAUSE_SECONDS)
    if kind.finished:
        function_of(kind.finished)  # loads its modules now, not while the database waits for us
    _finish_batch(batch, run)


def next_size(rows: int, seconds: float) -> int:
    """How many rows probably take as long as a group should; at most twice as many as just now."""
    fitting = int(rows * AIM_SECONDS / max(seconds, 0.001))
    return max(FEWEST, min(MOST, 2 * rows, fitting))


def _next_group(batch: Batch, most: int) -> list[StagedRow]:
    """The next rows by number: as many as fit into a short transaction, at least one."""
    sizes = batch.rows.order_by("number").annotate(size=Length("sealed"))
    last, characters = 0, 0
    for number, size in sizes.values_list("number", "size")[:most]:
        characters += size
        if last and characters > GROUP_CHARACTERS:
            break
        last = number
    return list(batch.rows.filter(number__lte=last).order_by("number"))


def _publish_group(
    batch: Batch, kind: ImportKind, group: list[StagedRow], run: Run | None
) -> float:
    """One short transaction: objects, problems, counts and progress together, or nothing.

    Gives the seconds it took.
    Deleting the staged rows claims them: who deletes fewer than the group comes second.
    """
    items, refused = _read(kind, group)
    items = kind.prepare(items)
    numbers = {row.key: row.number for row in group}
    with transaction.atomic():
        began = time.monotonic()
        deleted, _each = StagedRow.objects.filter(pk__in=[row.pk for row in group]).delete()
        if deleted != len(group):
            raise TakenOver()
        outcome = kind.publish(batch.source, items, batch)
        refused += [(numbers[key[:200]], Problem(kind.key, CONFLICT)) for key in outcome.conflicts]
        RowProblem.objects.bulk_create(
            RowProblem(batch=batch, number=number, field=problem.field, **problem.as_json())
            for number, problem in refused
        )
        _count(batch, outcome, conflicts=len({number for number, _problem in refused}))
        note_progress(run, done=len(group))
    return time.monotonic() - began


def _read(kind: ImportKind, group: list[StagedRow]) -> tuple[list[Any], list[tuple[int, Problem]]]:
    """The records of a group, and what no longer fits: a channel may be gone since staging."""
    read = kind.reader()
    items: list[Any] = []
    problems: list[tuple[int, Problem]] = []
    for row in group:
        try:
            items.append(read(json.loads(row.reveal())))
        except Refused as refused:
            problems += [(row.number, problem) for problem in refused.problems]
    return items, problems


def _count(batch: Batch, outcome: Published, *, conflicts: int) -> None:
    changed: dict[str, Any] = {
        "published_rows": F("published_rows") + len(outcome.new),
        "known_rows": F("known_rows") + len(outcome.known),
        "conflict_rows": F("conflict_rows") + conflicts,
    }
    if not Batch.objects.filter(pk=batch.pk, **OPEN).update(**changed):
        raise TakenOver()


@transaction.atomic
def _finish_batch(batch: Batch, run: Run | None) -> None:
    """Everything is in: show it, record the one audit row, tell the app that took it."""
    if not Batch.objects.filter(pk=batch.pk, **OPEN).update(finished_at=now()):
        return
    batch.refresh_from_db()
    counts = {
        "rows": batch.staged_rows,
        "published": batch.published_rows,
        "known": batch.known_rows,
        "problems": batch.problem_rows,
    }
    after = {**counts, "sha256": batch.file_sha256}
    record(batch.accepted_by or batch.created_by, "imports.finished", batch, after=after)
    kind = kind_named(batch.kind)
    if kind.finished:
        later(kind.finished, queue="long", batch_id=batch.pk)
    later("imports.clear", batch_id=batch.pk)
    if run is not None:
        finish_run(run, counts=counts)
