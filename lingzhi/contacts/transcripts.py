"""Reading turns: a list of objects, or the text of a chat export or transcript."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingzhi.contacts.models import Turn
from lingzhi.contacts.readers import milliseconds, moment, plain
from lingzhi.core.intake import Wrong

MAX_TURNS = 5000
MAX_CHARACTERS = 20_000
T = TypeVar("T")
DAY_MS = 24 * 3600 * 1000

WORDS = {
    "agent": (
        "agent", "坐席", "座席", "客服", "客服人员", "人工客服", "sys", "staff", "operator", "人工",
        "服务人员", "话务员", "接线员", "客服代表", "客服专员",
    ),
    "customer": (
        "customer", "客户", "用户", "顾客", "usr", "user", "买家", "访客", "来电人", "client",
        "visitor", "市民", "消费者", "caller",
    ),
    "bot": ("bot", "机器人", "智能客服", "robot", "机器人客服"),
    "system": ("system", "系统", "系统消息", "notice", "系统提示"),
}  # fmt: skip
ROLES = {word: role for role, words in WORDS.items() for word in words}

_DAY = r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)"
# Atomic: 10:00:05 is never read as 10:00, a colon and the words "05".
_WHEN = rf"(?>(?:{_DAY}\s*)?(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}})"
_BEFORE, _AFTER = rf"(?P<before>{_WHEN})", rf"(?P<after>{_WHEN})"
_OPEN, _CLOSE = r"[\[(（【]?", r"[\])）】]?"
_WHO = r"(?P<who>[^\s:：\[\]()（）【】]{1,12})"
# 客服：您好 · [00:05] 客服: 您好 · 客服(10:00:05)：您好
LINE = re.compile(
    rf"^\s*(?:{_OPEN}{_BEFORE}{_CLOSE}\s*)?{_WHO}\s*(?:{_OPEN}{_AFTER}{_CLOSE}\s*)?[:：]\s*"
    r"(?P<text>.*)$"
)
# A line of its own above the words: 客服 2026-11-20 10:00:05
HEAD = re.compile(rf"^\s*(?:{_BEFORE}\s+)?{_WHO}(?:\s+{_AFTER})?\s*$")


@dataclass(frozen=True, slots=True)
class DeliveredTurn:
    """What one side said. Times count from the start of the conversation; `at` is the time of
    day that a chat system wrote beside it, from which `start_ms` is worked out; `masked` the words
    without personal data, where they were masked ahead of the transaction that writes them.
    """

    role: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    at: datetime | None = None
    masked: str | None = None


def read_turns(raw: Any) -> list[DeliveredTurn]:
    """Turns from a list of `{role, text, start_ms, end_ms, at}` or from lines `客服：您好`.

    A line that names no speaker continues the turn before it. Turns come in the order of their
    times where every one of them has a time: recognition delivers one channel after the other,
    chat systems the newest first.
    """
    found = _from_lines(plain(raw)) if isinstance(raw, str) else _from_list(raw)
    if len(found) > MAX_TURNS:
        raise Wrong(_("A conversation may have at most %(limit)d turns."), limit=MAX_TURNS)
    return _in_order(found)


def counted_from(turns: list[DeliveredTurn], start: datetime | None) -> list[DeliveredTurn]:
    """Turns with times of day as milliseconds from `start`, or from the first of them where the
    start is not known or lies after it.
    """
    times = [turn.at for turn in turns if turn.at is not None]
    if not times:
        return turns
    first = min(times)
    base = start if start is not None and start <= first else first
    return [
        replace(turn, start_ms=round((turn.at - base).total_seconds() * 1000), at=None)
        if turn.at is not None
        else turn
        for turn in turns
    ]


def role_of(raw: Any) -> str:
    """The role that a word of the source stands for; 坐席1001 is read as 坐席."""
    word = plain(raw).lower()
    role = ROLES.get(word) or ROLES.get(word.rstrip("0123456789 -_#"))
    if role is None:
        raise Wrong(_("The speaker is not known."))
    return role


def _in_order(turns: list[DeliveredTurn]) -> list[DeliveredTurn]:
    if all(turn.at is not None for turn in turns):
        newest_first = len(turns) > 1 and turns[0].at > turns[-1].at  # type: ignore[operator]
        ordered = turns[::-1] if newest_first else turns
        return sorted(ordered, key=lambda turn: turn.at)  # type: ignore[arg-type,return-value]
    if all(turn.start_ms is not None for turn in turns):
        return sorted(turns, key=lambda turn: turn.start_ms or 0)
    return turns


def _from_list(raw: Any) -> list[DeliveredTurn]:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise Wrong(_("The turns must be a list of objects with role and text."))
    return [_turn(number, one) for number, one in enumerate(raw, start=1)]


def _turn(number: int, one: dict[str, Any]) -> DeliveredTurn:
    try:
        return _read_turn(one)
    except Wrong as wrong:
        wrong.turn = number
        raise


def _read_turn(one: dict[str, Any]) -> DeliveredTurn:
    start, end = _known(one, "start_ms", milliseconds), _known(one, "end_ms", milliseconds)
    if start is not None and end is not None and end < start:
        raise Wrong(_("A turn ends before it starts."))
    return DeliveredTurn(
        role_of(one.get("role") or ""),
        _said(one.get("text") or ""),
        start,
        end,
        _known(one, "at", moment),
    )


def _known(one: dict[str, Any], name: str, read: Callable[[Any], T]) -> T | None:
    return None if one.get(name) in (None, "") else read(one[name])


def _said(raw: Any) -> str:
    said = plain(raw)
    if len(said) > MAX_CHARACTERS:
        raise Wrong(_("A turn may have at most %(limit)d characters."), limit=MAX_CHARACTERS)
    return said


def _from_lines(raw: str) -> list[DeliveredTurn]:
    turns: list[DeliveredTurn] = []
    for line in raw.splitlines():
        begun = _begun(line)
        if begun is not None:
            turns.append(begun)
        elif line.strip() and turns:
            last = turns[-1]
            turns[-1] = replace(last, text=_said(f"{last.text}\n{line.strip()}".strip()))
        elif line.strip():
            raise Wrong(_("The transcript does not say who speaks in its first line."))
    return _from_first(turns)


def _begun(line: str) -> DeliveredTurn | None:
    """The turn that this line begins; None when it continues one."""
    match = HEAD.match(line) or LINE.match(line)
    parts = match.groupdict() if match else {}
    written = parts.get("before") or parts.get("after") or ""
    if not parts or ("text" not in parts and not written):
        return None
    try:
        role = role_of(parts["who"])
    except Wrong:
        return None
    said = _said(parts.get("text") or "")
    if re.match(_DAY, written):
        return DeliveredTurn(role, said, at=moment(re.sub(r"日\s*", "日 ", written)))
    return DeliveredTurn(role, said, _clock_ms(written))


def _from_first(turns: list[DeliveredTurn]) -> list[DeliveredTurn]:
    """Times of day (14:03:07) instead of times from the start: counted from the first turn."""
    times = [turn.start_ms for turn in turns if turn.start_ms is not None]
    if not times or min(times) < 3600 * 1000:
        return turns
    return [
        turn
        if turn.start_ms is None
        else replace(turn, start_ms=(turn.start_ms - times[0]) % DAY_MS)
        for turn in turns
    ]


def _clock_ms(time: str) -> int | None:
    """`01:05` or `1:01:05` as milliseconds."""
    if not time:
        return None
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total * 1000


def shown_turns(turns: list[DeliveredTurn]) -> str:
    """The beginning of a conversation, for a preview of what will be read."""
    labels = dict(Turn.Speaker.choices)
    first = [f"{labels[turn.role]}: {turn.text}" for turn in turns[:3]]
    rest = len(turns) - len(first)
    more = ngettext("… %(count)d more", "… %(count)d more", rest) % {"count": rest}
    return "\n".join([*first, more] if rest else first)
