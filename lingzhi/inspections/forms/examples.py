"""Example conversations as text: one turn a line, an empty line between two conversations.

    {channel: phone, ended_by: agent}
    客服：您好
    客户@4000-6000：喂

The line in braces holds facts; names that are none of a conversation's own are further data.
"""

import re
from typing import Any

import yaml
from django.utils.translation import gettext as _

from lingzhi.contacts.speakers import role_of
from lingzhi.core.intake import Wrong
from lingzhi.inspections.rule_text import Unreadable, read_yaml

IN_CHINESE = {"agent": "客服", "customer": "客户", "bot": "机器人", "system": "系统"}
LINE = re.compile(r"(?P<who>[^\s:：@{]{1,12})\s*(?P<times>@\d+-\d+)?\s*[:：]\s?(?P<text>.*)", re.S)
OWN = (
    "channel", "direction", "agent", "team", "outcome", "started_at", "ended_at", "related",
)  # fmt: skip


class BadExample(ValueError):
    """A line that cannot be read; says which."""


def text_of(examples: list[Any], *, chinese: bool) -> str:
    """Examples of a rule as text, with speakers in Chinese or in English."""
    return "\n\n".join("\n".join(_lines(example, chinese)) for example in examples or [])


def _lines(example: Any, chinese: bool) -> list[str]:
    turns = example.get("turns") if isinstance(example, dict) else example
    head = _facts_line(example) if isinstance(example, dict) else []
    return [*head, *(_turn_line(turn, chinese) for turn in turns or [])]


def _facts_line(example: dict[str, Any]) -> list[str]:
    facts = {key: value for key, value in example.items() if key not in ("turns", "meta")}
    facts |= example.get("meta") or {}
    return [_braces(facts)] if facts else []


def _braces(data: dict[str, Any]) -> str:
    written: str = yaml.safe_dump(
        data, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
    )
    return written.strip()


def _turn_line(turn: Any, chinese: bool) -> str:
    found = LINE.fullmatch(turn) if isinstance(turn, str) else None
    if found is None:
        return _braces(turn) if isinstance(turn, dict) else str(turn)
    who = found["who"]
    if chinese and who in IN_CHINESE:
        return f"{IN_CHINESE[who]}{found['times'] or ''}：{_one_line(found['text'])}"
    return f"{who}{found['times'] or ''}: {_one_line(found['text'])}"


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def read_examples(text: str) -> list[Any]:
    """Examples as rule files write them. Raises BadExample with the line that cannot be read."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [_read_block(block.splitlines()) for block in blocks if block.strip()]


def _read_block(lines: list[str]) -> Any:
    facts: dict[str, Any] = {}
    turns: list[Any] = []
    for line in lines:
        if line.lstrip().startswith("{"):
            data = _read_braces(line)
            if "text" in data:
                turns.append(data)
            else:
                facts |= data
        else:
            turns.append(read_turn(line))
    return {**_sorted_facts(facts), "turns": turns} if facts else turns


def _read_braces(line: str) -> dict[str, Any]:
    try:
        data = read_yaml(line)
    except Unreadable as problem:
        raise BadExample(f"{line.strip()} — {problem}") from problem
    if not isinstance(data, dict):
        raise BadExample(line.strip())
    return data


def _sorted_facts(facts: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in facts.items() if key in OWN}
    meta = {key: value for key, value in facts.items() if key not in OWN}
    return {**own, "meta": meta} if meta else own


def read_turn(line: str) -> str:
    """One line as `agent@0-3000: 您好`."""
    found = LINE.fullmatch(line.strip())
    if found is None:
        raise _nobody(line)
    try:
        role = role_of(found["who"])
    except Wrong as stranger:
        raise _nobody(line) from stranger
    return f"{role}{found['times'] or ''}: {found['text']}"


def _nobody(line: str) -> BadExample:
    return BadExample(_("Nobody is said to speak: %(line)s") % {"line": line.strip()[:60]})
