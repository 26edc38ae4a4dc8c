"""Findings as lines of JSON: the same versions over the same data give the same bytes."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Finding

CHUNK = 1000
COLUMNS = (
    "inspection__contact_id", "version__rule__code", "version__number", "verdict",
    "turn", "start", "end", "value", "threshold", "confidence", "reason", "detail",
)  # fmt: skip
NAMES = (
    "rule", "version", "verdict",
    "turn", "start", "end", "value", "threshold", "confidence", "reason", "detail",
)  # fmt: skip


def finding_lines(contacts: QuerySet[Contact]) -> Iterator[str]:
    """One line for each piece of evidence and each unknown in the latest judgements of `contacts`.

    Sorted by source and number of the conversation, then rule and version, then place. Without
    ids, run and time of this database, and without the words themselves. Sorted here and not in
    the database, whose order of texts depends on its language.
    """
    found = contacts.order_by().values_list("source__code", "external_id", "pk")
    ordered = sorted(found)
    for begin in range(0, len(ordered), CHUNK):
        yield from _lines_of(ordered[begin : begin + CHUNK])


def _lines_of(contacts: list[tuple[str, str, int]]) -> Iterator[str]:
    rows: dict[int, list[tuple[Any, ...]]] = {key: [] for _source, _number, key in contacts}
    latest = Finding.objects.filter(inspection__contact__in=rows, inspection__is_latest=True)
    for contact, *finding in latest.order_by().values_list(*COLUMNS):
        rows[contact].append(tuple(finding))
    for source, number, key in contacts:
        for finding in sorted(rows[key], key=_place):
            yield _line({"source": source, "conversation": number}, finding)


def _place(finding: tuple[Any, ...]) -> tuple[Any, ...]:
    """Known values before unknown ones, so that None is never compared with a number."""
    return tuple((value is None, value if value is not None else 0) for value in finding)


def _line(head: dict[str, str], finding: tuple[Any, ...]) -> str:
    known = {
        name: value
        for name, value in zip(NAMES, finding, strict=True)
        if value is not None and value != ""
    }
    return json.dumps({**head, **known}, ensure_ascii=False, separators=(",", ":")) + "\n"
