"""What differs between two versions, in words and in values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import ClauseBody, Content, content_of, pieces, resolve, say_value
from lingzhi.rulebook.packs.resolving import Answers, Resolved

SAME, GONE, NEW = "same", "gone", "new"
# What is read as one: a figure, a word of letters, otherwise each character, as Chinese is written.
READ_AS_ONE = re.compile(r"\d+(?:[.,:]\d+)*%?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a text: `op` is same, gone or new."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One value of a control before and after, as people say it; empty where there was none."""

    key: str
    figure: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that differs; `kind` is added, removed or changed."""

    number: str
    kind: str
    old: ClauseBody | None
    new: ClauseBody | None
    words: list[Change]
    figures: list[FigureChange]


@dataclass(frozen=True)
class _Read:
    """A version laid out for comparing."""

    content: Content
    answers: Answers
    controls: Mapping[str, list[Resolved]]

    def words(self, clause: ClauseBody | None) -> str:
        if clause is None:
            return ""
        return "".join(piece.text for piece in pieces(clause.words, self.content, self.answers))

    def values(self, clause: ClauseBody | None) -> dict[tuple[str, str], str]:
        """Every value of the clause's controls as people say it, by control and name."""
        found = {}
        for one in self.controls.get(clause.number, ()) if clause else ():
            names = [name for name in one.values if not name.endswith("_unit")]
            found[one.control.key, "kind"] = one.control.kind
            for name in names:
                found[one.control.key, name] = say_value(one.control, name, one.values)
        return found


def diff(old: Version | None, new: Version) -> list[ClauseChange]:
    """Every clause that differs between two versions, in the order of the new one.

    Without an old version everything is new. Clauses that are gone stand at the end.
    """
    before = _read(old.body, old.answers) if old else _read({}, {})
    after = _read(new.body, new.answers)
    gone = [row for row in before.content.clauses if after.content.clause(row.number) is None]
    pairs = [(before.content.clause(row.number), row) for row in after.content.clauses]
    return [
        change
        for pair in [*pairs, *((row, None) for row in gone)]
        for change in _changes(before, after, *pair)
    ]


def _read(body: dict[str, object], answers: Answers) -> _Read:
    content = content_of(body)
    controls: dict[str, list[Resolved]] = {}
    for one in resolve(content, answers):
        controls.setdefault(one.clause.number, []).append(one)
    return _Read(content, answers, controls)


def _changes(
    before: _Read, after: _Read, old: ClauseBody | None, new: ClauseBody | None
) -> Iterator[ClauseChange]:
    words = [
        *_headings(old, new),
        *diff_words(before.words(old), after.words(new)),
    ]
    figures = list(_figures(before.values(old), after.values(new)))
    kind = "added" if old is None else "removed" if new is None else "changed"
    is_other = old and new and (old.force, old.touches) != (new.force, new.touches)
    if kind != "changed" or is_other or figures or any(word.op != SAME for word in words):
        number = new.number if new else old.number if old else ""
        yield ClauseChange(number, kind, old, new, words, figures)


def _headings(old: ClauseBody | None, new: ClauseBody | None) -> list[Change]:
    """What the clause was and is called, on a line of its own; nothing where that is the same."""
    if old is None or new is None or old.heading == new.heading:
        return []
    return [*diff_words(old.heading, new.heading), Change(SAME, "\n")]


def _figures(
    old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> Iterator[FigureChange]:
    for key, name in dict.fromkeys([*old, *new]):
        before, after = old.get((key, name), ""), new.get((key, name), "")
        if before != after:
            yield FigureChange(key, name, before, after)


def diff_words(old: str, new: str) -> list[Change]:
    """The two texts in stretches, gone before new; joined by side they are the texts again."""
    left, right = READ_AS_ONE.findall(old), READ_AS_ONE.findall(new)
    found = []
    for op, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, came = "".join(left[i:j]), "".join(right[k:m])
        if op == "equal":
            found.append(Change(SAME, gone))
            continue
        found += [Change(GONE, gone)] if gone else []
        found += [Change(NEW, came)] if came else []
    return found
