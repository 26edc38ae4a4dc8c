"""What operators come down to: a few kinds of question, each with its exact meaning.

``reference`` answers them slowly and plainly, ``judge`` answers them for whole batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .expression import Expr
from .pattern.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several ways of saying one thing: a turn says it when any of ``patterns`` is found.

    ``roles`` says whose turns count, the scope's own when empty. With ``check``, a match counts
    only if the entity check of that name accepts its words.
    """

    patterns: tuple[Pattern, ...]
    roles: tuple[str, ...] = ()
    name: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """Enough of ``groups`` found: ``needed`` different ones and ``min_hits`` matches in all.

    Counted in the whole scope, or within single turns when ``per_turn``; a turn in which one of
    ``exclude`` is found does not count. ``negated`` turns the answer round.
    """

    groups: tuple[Phrases, ...]
    needed: int = 1
    min_hits: int = 1
    per_turn: bool = False
    negated: bool = False
    exclude: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLogic:
    """``expr`` over words found or not found, in the scope or ``per_turn``."""

    expr: Expr
    words: tuple[tuple[str, Pattern], ...]
    per_turn: bool = True


@dataclass(frozen=True, slots=True)
class Near:
    """A match of ``a`` and a match of ``b`` no farther apart than ``distance``.

    ``unit`` chars: characters between them in one turn; turns: turns of anybody from one to the
    other; seconds: from the end of the earlier turn to the start of the later, 0 in one turn.
    ``ordered``: ``b`` begins where ``a`` ends or later.
    """

    a: Phrases
    b: Phrases
    distance: float
    unit: str
    ordered: bool = False


ROUNDING = 0.005  # so that 2 of 3 parts reach a coverage written as 0.67


@dataclass(frozen=True, slots=True)
class Script:
    """At least the share ``coverage`` of ``parts`` was said, one behind another if ``ordered``."""

    parts: tuple[Phrases, ...]
    coverage: float = 1.0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """All of ``steps`` were said, each behind the one before.

    Neighbours may be ``max_turns`` turns of anybody apart and ``max_seconds`` from the end of one
    turn to the start of the next.
    """

    steps: tuple[Phrases, ...]
    max_turns: int | None = None
    max_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class IfThen:
    """After ``trigger`` comes ``duty`` (before it, or on ``either`` side).

    ``turns`` counts turns of the duty's roles beyond the trigger's own turn, ``seconds`` from the
    end of the trigger's turn to the start of the duty's. In the trigger's own turn a duty counts
    unless ``same_turn`` is false. ``which`` triggers need it: every, first or any. Without a
    trigger the answer is na.
    """

    trigger: Phrases
    duty: Phrases
    side: str = "after"
    turns: int | None = None
    seconds: float | None = None
    which: str = "every"
    same_turn: bool = True


@dataclass(frozen=True, slots=True)
class Repeat:
    """``nth`` or more turns that repeat an earlier one.

    A turn repeats when one of the ``look_back`` turns before it (0: all) is similar: the Dice
    coefficient of the pairs of neighbouring letters, punctuation aside, reaches ``similarity``.
    Earlier turns are those of the same role, or of the others with ``other``. Turns of fewer than
    ``min_length`` letters or with a match of ``excludes`` neither repeat nor are repeated.
    """

    look_back: int = 0
    similarity: float = 0.9
    nth: int = 1
    min_length: int = 6
    excludes: tuple[Pattern, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """The number of ``what`` (turns or chars) in the scope lies in ``low``..``high``."""

    what: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """``min_count`` or more silences of ``low`` to ``high`` milliseconds.

    A silence lasts from the latest end so far to the start of a turn in the scope; with
    ``from_start`` also from the beginning to the first turn. ``after_roles`` are those who spoke
    last; a match of ``excused_by`` in that last turn excuses it.
    """

    low: float | None = None
    high: float | None = None
    min_count: int = 1
    after_roles: tuple[str, ...] = ()
    other_role: bool | None = None
    excused_by: tuple[Pattern, ...] = ()
    from_start: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """The time the scope's roles take to answer lies in ``low``..``high`` milliseconds.

    ``measure`` answer: from the beginning to their first turn; first: their first reply; adjacent:
    any one reply; average and percentile: over all replies. A reply is a turn right behind a turn
    of somebody else (of ``to_roles``), its time runs from that turn's end to its start, at least 0.
    """

    measure: str
    low: float | None = None
    high: float | None = None
    to_roles: tuple[str, ...] = ()
    percentile: float = 0.9


@dataclass(frozen=True, slots=True)
class Duration:
    """The conversation lasts ``low``..``high`` milliseconds.

    From its start to its end where both are known, else to the end of its last turn.
    """

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Letters a minute of speaking (语速) lie in ``low``..``high``.

    Over all turns in the scope together, or in any one turn if ``per_turn``; turns of fewer than
    ``min_chars`` letters do not count.
    """

    low: float | None = None
    high: float | None = None
    per_turn: bool = False
    min_chars: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the conversation passes ``test`` against ``values``.

    ``name`` is looked up in the metadata (dots lead inside), then among the conversation's own
    fields. A field that is missing, ``None`` or empty text is unknown, except to the tests
    ``empty`` and ``not_empty``.
    """

    name: str
    test: str
    values: tuple[object, ...] = ()
    pattern: Pattern | None = None


Spec: TypeAlias = (
    Find
    | WordLogic
    | Near
    | Script
    | Steps
    | IfThen
    | Repeat
    | Amount
    | Silence
    | Response
    | Duration
    | Rate
    | Field
)
