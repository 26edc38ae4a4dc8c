"""Which days of facts are right, and where their files lie."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from lingzhi.reports.facts import FactTable
from lingzhi.reports.models import FactFile


def facts_folder() -> Path:
    """Where the files of facts lie."""
    return Path(settings.DATA_DIR) / "facts"


def stale_days(table: FactTable) -> list[tuple[date, str | None]]:
    """The days to write anew with what they are at now, the newest first; None: to be removed."""
    wanted = {day: f"{table.edition}.{version}" for day, version in table.versions().items()}
    found: list[tuple[date, str | None]] = []
    for row in FactFile.objects.filter(facts=table.code):
        version = wanted.pop(row.day, None)
        if version is None or version != row.version or not _is_there(row):
            found.append((row.day, version))
    found += wanted.items()
    return sorted(found, reverse=True, key=lambda item: item[0])


def files_of(table: FactTable, first: date, last: date) -> tuple[list[Path], datetime | None]:
    """The files of these days, and when the oldest of them was written."""
    rows = FactFile.objects.filter(facts=table.code, day__gte=first, day__lte=last)
    readable = rows.filter(version__startswith=f"{table.edition}.").exclude(path="")
    kept = [row for row in readable if _is_there(row)]
    oldest = min((row.written_at for row in kept), default=None)
    return [facts_folder() / row.path for row in kept], oldest


def known_days(table: FactTable) -> tuple[date, date] | None:
    """The first and the last day that has facts."""
    rows = FactFile.objects.filter(facts=table.code, rows__gt=0).order_by("day")
    first, last = rows.first(), rows.last()
    return (first.day, last.day) if first and last else None


def _is_there(row: FactFile) -> bool:
    return not row.path or (facts_folder() / row.path).exists()
