"""CrossWOZ (Zhu and others, 2020): Chinese dialogues between a visitor and a guide, without times.

The files are zip archives with one JSON object `{dialogue id: {"messages": [...]}}`; `usr` is the
customer, `sys` the service side.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.imports.formats import Unreadable

ROLES = {"usr": "customer", "sys": "agent"}
MAX_UNPACKED = 200 * 1024 * 1024


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """One chat record a dialogue, numbered in the order of the file. Raises Unreadable."""
    for number, (key, dialogue) in enumerate(_dialogues(path).items(), start=1):
        yield number, _record(key, dialogue)


def _dialogues(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as archive:
            (entry,) = archive.infolist()
            if entry.file_size > MAX_UNPACKED:
                raise Unreadable(_("The archive unpacks to more than is allowed."))
            found = json.loads(archive.read(entry))
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        raise Unreadable(_("This is not a file of CrossWOZ.")) from problem
    if not isinstance(found, dict):
        raise Unreadable(_("This is not a file of CrossWOZ."))
    return found


def _record(key: str, dialogue: Any) -> dict[str, Any]:
    try:
        turns = [
            {"role": ROLES[message["role"]], "text": message["content"]}
            for message in dialogue["messages"]
        ]
        kind = dialogue.get("type", "")
    except (KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(_("This is not a file of CrossWOZ.")) from problem
    return {
        "external_id": key,
        "channel": "chat",
        "direction": "in",
        "meta": {"type": kind},
        "turns": turns,
    }
