"""Records that other systems keep about a conversation: the tables and what their fields mean.

A conversation carries them under ``related``, by table. A table that is not there is not known; an
empty one says there is nothing. Points in time are ISO 8601, UTC where no zone is given; fields
that are not known are left out or ``None``. Whoever fills a table may add fields of its own.

``history``
    Earlier contacts of the same customer (联络历史), the present one aside, 90 days back: ``id``;
    ``at``, when it began; ``channel``; ``direction``; ``subject``, what it was about (业务类型), in
    the words or codes of the conversation's own metadata; ``agent``; ``team``; ``outcome``;
    ``resolved``, true or false.
``complaints``
    Complaints of the same customer (投诉记录): ``id``; ``at``, when it was made; ``subject``;
    ``channel``; ``upheld`` (属实), true or false; ``closed_at``.
``tickets``
    Tickets opened out of the conversation (工单): ``id``; ``type``, the category, a path parted by
    ``/``; ``text``, what was written down; any further field with its value, such as ``amount`` in
    yuan or ``phone``; ``opened_at``; ``due_at``; ``done_at``; ``as_of``, when the record was read.
``promises``
    What was promised in the conversation, as registered (承诺登记): ``id``; ``text``; ``made_at``;
    ``due_at``; ``done_at``; ``kept``, true or false where somebody decided it; ``as_of``.
``surveys``
    Answers to questions about the contact (满意度评价): ``id``; ``at``; ``dimension``, what was
    asked; ``score``; ``low`` and ``high``, the ends of its scale.
``clocks``
    Time limits that ran for the conversation or its case (时限): ``id``; ``kind``; ``started_at``;
    ``due_at``; ``done_at``; ``as_of``; ``over_ms``, milliseconds beyond the limit by the calendar
    of the clock, negative when inside; ``breached``, true or false.
``screen``
    What was done on the agent's screen (屏幕事件): ``at_ms``, milliseconds since the conversation
    began; ``event``, its name; ``value``.
``knowledge``
    What the answers had to be drawn from (知识条目): ``id``; ``title``; ``text``; where the entry
    answers one question, ``question``, or a list of ways to ask it, and ``answer``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from .fields import number
from .moments import moment

Record: TypeAlias = Mapping[str, Any]


def time_of(record: Record, field: str) -> datetime | None:
    """The point in time in ``field``; ``None`` when there is none or it cannot be read."""
    value = record.get(field)
    return None if value in (None, "") else moment(value)


def figure_of(record: Record, field: str) -> float | None:
    """The number in ``field``; ``None`` when there is none."""
    return number(record.get(field))


def name_of(record: Record, place: int) -> str:
    """How evidence names the record: its ``id``, else its place in the table."""
    return str(record.get("id") or f"#{place}")


def milliseconds(later: datetime, earlier: datetime) -> float:
    """From ``earlier`` to ``later``."""
    return (later - earlier).total_seconds() * 1000
