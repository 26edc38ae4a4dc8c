"""Reading turns: a list of objects, or the text of a chat export or transcript."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.readers import plain

MAX_TURNS = 5000
MAX_CHARACTERS = 20_000

WORDS = {
    "agent": ("agent", "坐席", "座席", "客服", "客服人员", "sys", "staff", "operator", "人工"),
    "customer": ("customer", "客户", "用户", "顾客", "usr", "user", "买家", "访客", "来电人"),
    "bot": ("bot", "机器人", "智能客服", "robot"),
    "system": ("system", "系统", "系统消息", "notice"),
}
ROLES = {word: role for role, words in WORDS.items() for word in words}

LINE = re.compile(
    r"^\s*(?:\[?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})\]?\s*)?(?P<who>[^\s:：]{1,12})\s*[:：]\s*(?P<text>.*)$"
)


@dataclass(frozen=True, slots=True)
class DeliveredTurn:
    role: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None


def read_turns(raw: Any) -> list[DeliveredTurn]:
    """Turns from a list of `{role, text, start_ms, end_ms}` or from lines `客服：您好`.

    A line that names no speaker continues the turn before it.
    """
    found = _from_lines(plain(raw)) if isinstance(raw, str) else _from_list(raw)
    if len(found) > MAX_TURNS:
        raise ValueError(
            _("A conversation may have at most %(limit)d turns.") % {"limit": MAX_TURNS}
        )
    return found


def role_of(raw: Any) -> str:
    """The role that a word of the source stands for."""
    role = ROLES.get(plain(raw).lower())
    if role is None:
        raise ValueError(_("The speaker “%(word)s” is not known.") % {"word": plain(raw)[:20]})
    return role


def _from_list(raw: Any) -> list[DeliveredTurn]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise ValueError(_("The turns must be a list of objects with role and text."))
    return [_turn(one) for one in raw]


def _turn(one: dict[str, Any]) -> DeliveredTurn:
    start, end = _milliseconds(one.get("start_ms")), _milliseconds(one.get("end_ms"))
    if start is not None and end is not None and end < start:
        raise ValueError(_("A turn ends before it starts."))
    return DeliveredTurn(role_of(one.get("role", "")), _said(one.get("text", "")), start, end)


def _said(raw: Any) -> str:
    said = plain(raw)
    if len(said) > MAX_CHARACTERS:
        raise ValueError(
            _("A turn may have at most %(limit)d characters.") % {"limit": MAX_CHARACTERS}
        )
    return said


def _milliseconds(raw: Any) -> int | None:
    if raw in (None, ""):
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw < 2**31:
        raise ValueError(_("Times of turns are milliseconds from the start, from 0 on."))
    return round(raw)


def _from_lines(raw: str) -> list[DeliveredTurn]:
    turns: list[DeliveredTurn] = []
    for line in raw.splitlines():
        match = LINE.match(line)
        role = ROLES.get(match["who"].lower()) if match else None
        if match and role:
            turns.append(DeliveredTurn(role, _said(match["text"]), _clock_ms(match["time"])))
        elif line.strip() and turns:
            last = turns[-1]
            joined = _said(f"{last.text}\n{line.strip()}")
            turns[-1] = DeliveredTurn(last.role, joined, last.start_ms, last.end_ms)
        elif line.strip():
            raise ValueError(_("The transcript does not say who speaks in its first line."))
    return turns


def _clock_ms(time: str | None) -> int | None:
    """`01:05` or `1:01:05` from the start, as milliseconds."""
    if not time:
        return None
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000
