"""Words of a turn with a little of what stands around them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.contacts.models import Turn
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.models import Finding

AROUND = 14  # characters shown before and behind the words


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in the conversation: characters `start`…`end` of turn `turn`, and how it reads.

    A place without words (a silence before a turn) has start = end = 0 and shows the turn.
    """

    turn: int
    at: str
    start: int
    end: int
    text: str
    marks: list[Mark]
    note: str = ""


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The evidence with places that overlap joined: two ways to find the same words are one."""
    found: list[Finding] = []
    for one in findings:
        last = found[-1] if found else None
        if last is not None and _overlap(last, one):
            found[-1] = Finding(
                turn=last.turn,
                start=last.start,
                end=max(last.end or 0, one.end or 0),
                reason=last.reason,
                detail=last.detail,
            )
        else:
            found.append(one)
    return found


def _overlap(last: Finding, one: Finding) -> bool:
    if last.turn is None or last.turn != one.turn or None in (last.end, one.start):
        return False
    return (one.start or 0) < (last.end or 0)


def quote_of(turn: Turn, finding: Finding, note: str = "", *, tone: str = "flow") -> Quote:
    """The masked words of a finding; offsets fit because masking keeps the length."""
    if finding.start is None or finding.end is None:
        text = turn.text[: 3 * AROUND]
        return Quote(turn.seq, clock(turn.start_ms), 0, 0, _cut(text, turn.text, 0), [], note)
    begin = max(0, finding.start - AROUND)
    behind = min(len(turn.text), finding.end + AROUND)
    text = _cut(turn.text[begin:behind], turn.text, begin)
    shift = begin - (1 if begin else 0)
    mark = Mark(finding.start - shift, finding.end - shift, tone)
    return Quote(turn.seq, clock(turn.start_ms), finding.start, finding.end, text, [mark], note)


def _cut(part: str, whole: str, begin: int) -> str:
    """`part` with dots where something was left out."""
    before = "…" if begin else ""
    return before + part + ("…" if begin + len(part) < len(whole) else "")


def clock(milliseconds: int | None) -> str:
    """`01:05` from the start of the conversation; empty where the time is not known."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes:02d}:{seconds:02d}"
