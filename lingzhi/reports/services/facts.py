"""Keeping the facts: the files of days that changed are written anew, those of days gone removed.

What a file holds can be read again from the database at any time, so it is no part of a backup.
"""

import hashlib
import os
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.parquet as pq

from lingzhi.core.clock import now
from lingzhi.reports.facts import FACTS, FactTable
from lingzhi.reports.models import FactFile
from lingzhi.reports.queries.facts import facts_folder, stale_days

AT_MOST_SECONDS = 240  # what is left is written by the next run
FORGOTTEN_AFTER = 3600  # somebody may be reading a file that was written anew


def write_stale_facts(
    at_most: float = AT_MOST_SECONDS, *, tables: Iterable[FactTable] | None = None
) -> int:
    """Write the facts of days that changed, the newest first, of these tables or all; how many
    files were written."""
    deadline = time.monotonic() + at_most
    written = 0
    for table in FACTS.values() if tables is None else tables:
        for day, version in stale_days(table):
            if time.monotonic() > deadline:
                return written
            written += write_day(table, day, version)
    forget_files()
    return written


def write_day(table: FactTable, day: date, version: str | None) -> int:
    """Write one day. `version` was read before the rows, so what changes meanwhile makes the file
    stale at once; None: nothing is left of the day.
    """
    if version is None:
        FactFile.objects.filter(facts=table.code, day=day).delete()
        return 0
    rows = table.read(day)
    path, digest = _write(table, day, rows) if len(rows) else ("", "")
    FactFile.objects.update_or_create(
        facts=table.code,
        day=day,
        defaults={
            "version": version,
            "path": path,
            "rows": len(rows),
            "sha256": digest,
            "written_at": now(),
        },
    )
    return 1


def _write(table: FactTable, day: date, rows: pa.Table) -> tuple[str, str]:
    """The file is whole or not there: it gets its name when everything is on the disk."""
    folder = facts_folder() / table.code
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as draft:
        pq.write_table(rows, draft, compression="zstd")
        draft.flush()
        os.fsync(draft.fileno())
    digest = hashlib.sha256(Path(draft.name).read_bytes()).hexdigest()
    path = folder / f"{day:%Y%m%d}-{digest[:16]}.parquet"
    Path(draft.name).rename(path)
    return str(path.relative_to(facts_folder())), digest


def forget_files() -> None:
    """Remove files that no row names any more, an hour after they were written."""
    known = set(FactFile.objects.values_list("path", flat=True))
    for path in facts_folder().glob("*/*"):
        is_old = time.time() - path.stat().st_mtime > FORGOTTEN_AFTER
        if is_old and str(path.relative_to(facts_folder())) not in known:
            path.unlink(missing_ok=True)
