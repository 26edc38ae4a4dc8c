"""An act as people read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.audit.actions import name_of_action
from lingzhi.audit.models import Entry

COLUMNS = (
    "id",
    "at",
    "actor_label",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "reason",
    "address",
    "door",
    "request_id",
    "before",
    "after",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after the act."""

    name: str
    before: str
    after: str


def changes(entry: Entry) -> list[Change]:
    """Every value the act names, in the order of its writing."""
    names = dict.fromkeys([*entry.before, *entry.after])
    return [
        Change(name, _told(entry.before.get(name)), _told(entry.after.get(name))) for name in names
    ]


def export_header() -> list[str]:
    return [
        _("Number"),
        _("Time"),
        _("Who"),
        _("Action"),
        _("Kind of object"),
        _("Object number"),
        _("Object"),
        _("Reason"),
        _("Address"),
        _("Door"),
        _("Request"),
        _("Before"),
        _("After"),
    ]


def export_rows(rows: Any) -> Iterator[list[Any]]:
    """Rows of the export, values before and after as JSON."""
    for number, at, who, action, *plain, before, after in rows.values_list(*COLUMNS).iterator(
        2_000
    ):
        yield [number, at, who, name_of_action(action), *plain, _json(before), _json(after)]


def _told(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value not in ({}, None) else ""
