"""CrossWOZ (Zhu and others, 2020): Chinese dialogues between a visitor and a guide, without times.

The files are zip archives with one JSON object `{dialogue id: {"messages": [...]}}`; `usr` is the
customer, `sys` the service side.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROLES = {"usr": "customer", "sys": "agent"}


def records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """One chat record a dialogue, numbered in the order of the file."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
        dialogues = json.load(file)
    for number, (key, dialogue) in enumerate(dialogues.items(), start=1):
        yield (
            number,
            {
                "external_id": key,
                "channel": "chat",
                "direction": "in",
                "meta": {"type": dialogue.get("type", "")},
                "turns": [
                    {"role": ROLES[message["role"]], "text": message["content"]}
                    for message in dialogue["messages"]
                ],
            },
        )
