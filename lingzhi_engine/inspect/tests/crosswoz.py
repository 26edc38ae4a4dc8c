"""The CrossWOZ sample as conversations: ``usr`` is the customer, ``sys`` the agent."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "data/crosswoz"
ROLES = {"usr": "customer", "sys": "agent"}


@cache
def conversations() -> tuple[dict[str, Any], ...]:
    """All thousand, named by file and number."""
    found: list[dict[str, Any]] = []
    for name in ("val", "test"):
        with zipfile.ZipFile(FOLDER / f"{name}.json.zip") as archive:
            dialogues = json.loads(archive.read(f"{name}.json"))
        found += [_conversation(f"{name}-{key}", d["messages"]) for key, d in dialogues.items()]
    return tuple(found)


def _conversation(name: str, messages: list[dict[str, Any]]) -> dict[str, Any]:
    turns = [{"role": ROLES[m["role"]], "text": m["content"]} for m in messages]
    return {"id": name, "channel": "chat", "turns": turns}
