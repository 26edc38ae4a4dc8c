"""Reading transcripts and chat exports that are text: `客服：您好`, a line a turn.

Times may stand before or after the speaker, and speaker and time on a line of their own above the
words. What stands before a colon is a speaker only when it is one of the usual words or named by
the mapping: `地址：西湖区` continues the turn before it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.speakers import role_of
from lingzhi.core.intake import Wrong
from lingzhi.core.readers import moment

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS
OTHERS = "*"

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
class Spoken:
    """One turn of a text; `at` where its time is a date and time of day."""

    role: str
    text: str
    start_ms: int | None = None
    at: datetime | None = None


def spoken_lines(text: str, speakers: Mapping[str, str]) -> list[Spoken]:
    """The turns of a text; a line that names no speaker continues the turn before it.

    `speakers` gives the role of names (`*` of every other name). Raises Wrong where somebody
    seems to speak whom nobody knows: the words of one side must not be taken for the other's.
    """
    turns: list[Spoken] = []
    strangers = False
    for line in text.splitlines():
        parts = _parts(line)
        role = _role(parts["who"], speakers) if parts else None
        if parts and role:
            turns.append(_turn(role, parts))
        elif line.strip() and turns:
            strangers = strangers or bool(parts)
            last = turns[-1]
            turns[-1] = replace(last, text=f"{last.text}\n{line.strip()}".strip())
        elif line.strip():
            raise Wrong(_("The transcript does not say who speaks in its first line."))
    if strangers and len({turn.role for turn in turns}) == 1:
        raise Wrong(_("Only one side speaks; other names before a colon are not known."))
    return _from_first(turns)


def speakers_in(raw: Any) -> list[str]:
    """What stands where speakers stand in a text, line by line."""
    if not isinstance(raw, str):
        return []
    found = (_parts(line) for line in raw.splitlines())
    return [parts["who"] for parts in found if parts]


def with_speakers(raw: Any, speakers: Mapping[str, str]) -> Any:
    """A text together with the roles of its speakers, as `read_turns` takes it."""
    return {"lines": raw, "speakers": dict(speakers)} if isinstance(raw, str) else raw


def names_speaker(text: str) -> bool:
    """Whether the first line says who speaks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    parts = _parts(first)
    return parts is not None and _role(parts["who"], {}) is not None


def _parts(line: str) -> dict[str, str] | None:
    """Speaker, time and words of a line that may begin a turn."""
    match = HEAD.match(line) or LINE.match(line)
    if match is None:
        return None
    found = match.groupdict()
    written = found["before"] or found["after"] or ""
    if "text" not in found and not written:
        return None
    return {"who": found["who"], "written": written, "text": found.get("text") or ""}


def _role(who: str, speakers: Mapping[str, str]) -> str | None:
    if who in speakers:
        return speakers[who]
    try:
        return role_of(who)
    except Wrong:
        return speakers.get(OTHERS)


def _turn(role: str, parts: dict[str, str]) -> Spoken:
    written = parts["written"]
    if re.match(_DAY, written):
        return Spoken(role, parts["text"], at=moment(re.sub(r"日\s*", "日 ", written)))
    return Spoken(role, parts["text"], _clock_ms(written))


def _from_first(turns: list[Spoken]) -> list[Spoken]:
    """Times of day (14:03:07) instead of times from the start: counted from the first turn."""
    times = [turn.start_ms for turn in turns if turn.start_ms is not None]
    if not times or times[0] < HOUR_MS:
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
