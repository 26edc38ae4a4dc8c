"""The event log of a ServiceNow incident desk (UCI Machine Learning Repository, data set 498).

One row is one change of an incident, its rows stand together; times are day/month/year, `?` is what
is not known. The file is the published zip, or the CSV in it. What we read into it:

* the caller was told the result when the incident was resolved, and closing it days later without
  a new complaint is "no objection" (the desk closes by itself what nobody objects to);
* `-100` is no state: the row is kept as a change that says none;
* each unit by which `reassignment_count` grew is a reassignment, and likewise `reopen_count`;
* the limit is that of `rule.yaml` beside the data, by the last priority.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseEvent
from lingzhi.cases.services.bringing import REASSIGNED, REOPENED
from lingzhi.imports.formats import Unreadable

KINDS = {
    "New": "open", "Active": "open", "Awaiting User Info": "waiting", "Awaiting Vendor": "waiting",
    "Awaiting Problem": "waiting", "Awaiting Evidence": "waiting", "Resolved": "solved",
    "Closed": "closed",
}  # fmt: skip
PRIORITIES = {"1 - Critical": 1, "2 - High": 1, "3 - Moderate": 2, "4 - Low": 3}
NEEDED = {
    "number", "incident_state", "reassignment_count", "reopen_count", "made_sla", "opened_at",
    "sys_updated_at", "priority", "assignment_group", "assigned_to", "resolved_at", "closed_at",
}  # fmt: skip
MOST_UNPACKED = 200 * 1024 * 1024
Row = dict[str, str]


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """One record an incident, numbered in the order of the file. Raises Unreadable."""
    hours = _hours()
    for number, (_key, rows) in enumerate(groupby(_rows(path), itemgetter("number")), start=1):
        yield number, record_of(list(rows), hours)


def _hours() -> dict[str, int]:
    """The limits by priority that stand beside the data."""
    rule = settings.BASE_DIR / "data" / "uci_incident_event_log" / "rule.yaml"
    found: dict[str, int] = yaml.safe_load(rule.read_text("utf-8"))["hours"]
    return found


def _rows(path: Path) -> Iterator[Row]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield from _read(file)
        return
    with zipfile.ZipFile(path) as archive:
        tables = [one for one in archive.infolist() if one.filename.endswith(".csv")]
        if len(tables) != 1 or tables[0].file_size > MOST_UNPACKED:
            raise Unreadable(_("This is not the event log of an incident desk."))
        with archive.open(tables[0]) as file:
            yield from _read(file)


def _read(file: Any) -> Iterator[Row]:
    try:
        table = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""))
        if not set(table.fieldnames or ()) >= NEEDED:
            raise Unreadable(_("This is not the event log of an incident desk."))
        yield from table
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as problem:
        raise Unreadable(_("This is not the event log of an incident desk.")) from problem


def record_of(rows: list[Row], hours: dict[str, int]) -> dict[str, Any]:
    """An incident from its rows, with its life cycle."""
    first, last = rows[0], rows[-1]
    state = _state(rows)
    resolved, closed = _time(last["resolved_at"]), _time(last["closed_at"])
    return {
        "number": last["number"],
        "title": _title(last),
        "type": "technical",
        "state": state,
        "opened_at": _time(first["opened_at"]),
        "solved_at": (resolved or closed) if state in ("solved", "closed") else None,
        "told_at": (resolved or closed) if state in ("solved", "closed") else None,
        "closed_at": closed if state == "closed" else None,
        "satisfaction": "accepted" if state == "closed" else None,
        "priority": PRIORITIES.get(last["priority"], 2),
        "reassigned": last["reassignment_count"],
        "reopened": last["reopen_count"],
        "limit_hours": hours.get(last["priority"]),
        "kept_limit": last["made_sla"],
        "history": list(_history(rows)),
    }


def _state(rows: Iterable[Row]) -> str:
    """What the last row means that names a state."""
    known = [KINDS[row["incident_state"]] for row in rows if row["incident_state"] in KINDS]
    return known[-1] if known else "open"


def _title(row: Row) -> str:
    parts = (row.get("category", ""), row.get("subcategory", ""), row.get("u_symptom", ""))
    return " · ".join(part for part in parts if part and part != "?") or row["number"]


def _history(rows: list[Row]) -> Iterator[dict[str, Any]]:
    kinds = CaseEvent.Kind
    state, moved, again = "", 0, 0
    for number, row in enumerate(rows):
        now_is = KINDS.get(row["incident_state"], state)
        reopens = int(row["reopen_count"]) - again
        if number == 0:
            kind = kinds.OPENED
        elif reopens > 0:
            kind = kinds.REOPENED
        else:
            kind = kinds.MOVED if now_is != state else kinds.NOTED
        yield _line(row, kind, now_is, row["incident_state"])
        for _more in range(reopens - (kind == kinds.REOPENED)):
            yield _line(row, kinds.REOPENED, now_is, REOPENED)
        for _each in range(int(row["reassignment_count"]) - moved):
            yield _line(row, kinds.ASSIGNED, "", REASSIGNED)
        state = now_is
        moved = max(moved, int(row["reassignment_count"]))
        again = max(again, int(row["reopen_count"]))


def _line(row: Row, kind: str, state: str, mark: str) -> dict[str, Any]:
    who = ", ".join(row[name] for name in ("assignment_group", "assigned_to") if row[name] != "?")
    told = {"kind": str(kind), "at": _time(row["sys_updated_at"]), "text": who}
    return told | {"state": state, "mark": mark}


def _time(written: str) -> str | None:
    """Its time as ISO 8601 in the organisation's zone; the log names no zone."""
    if written == "?":
        return None
    found = datetime.strptime(written, "%d/%m/%Y %H:%M")  # noqa: DTZ007 the zone is added here
    return timezone.make_aware(found).isoformat()
