"""From the columns of a file to the fields of a record, as the mapping says.

`columns` gives for a field the name of its column, or a path such as `call.agent.id` in nested
data. Turns that stand as a list in one record are picked with `sentences[].speaker`.

`options`: `shape` records | turns; `defaults` {field: value where the cell is empty}; `words`
{field: {the file's word: our value, "*": every other word}}; `dates` {field: strptime pattern};
`unit` ms | s of the times of turns; `keep` [columns to keep as further data].
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lingzhi.core.intake import Field, ImportKind, Problem, Record
from lingzhi.imports.formats import BROKEN, Row
from lingzhi.imports.gathering import gathered

Numbered = tuple[int, Record | Problem]
TURN = "turn_"
LIST = "[]."
OTHERS = "*"
MILLISECONDS = ("start_ms", "end_ms")


def records(
    kind: ImportKind, rows: Iterator[Row], columns: dict[str, str], options: dict[str, Any]
) -> Iterator[Numbered]:
    """Records with the number of their (first) row; a row that cannot be read gives a Problem."""
    mapped = _Mapped(kind, columns, options)
    if options.get("shape") == "turns":
        key = columns.get(kind.key, "")
        for number, members in gathered(rows, lambda row: picked(row, key)):
            yield number, mapped.from_turns(members)
    else:
        for number, row in rows:
            yield number, mapped.from_row(row)


class _Mapped:
    """One mapping, applied to row after row."""

    def __init__(self, kind: ImportKind, columns: dict[str, str], options: dict[str, Any]) -> None:
        self.fields = [one for one in kind.fields if one.name in columns]
        self.turn_fields = [one for one in kind.turn_fields if one.name in columns]
        self.columns = columns
        self.defaults = {k: v for k, v in options.get("defaults", {}).items() if v != ""}
        self.words = options.get("words", {})
        self.known = {
            one.name: knows(one)
            for one in (*self.fields, *self.turn_fields)
            if one.name in self.words
        }
        self.dates = options.get("dates", {})
        self.keep = options.get("keep", [])
        self.factor = 1000 if options.get("unit") == "s" else 1

    def from_row(self, row: dict[str, Any]) -> Record | Problem:
        if BROKEN in row:
            problem: Problem = row[BROKEN]
            return problem
        record = self._facts([row])
        if isinstance(record.get("turns"), list) and self.turn_fields:
            record["turns"] = self._listed(record["turns"])
        return record

    def from_turns(self, members: list[dict[str, Any]]) -> Record | Problem:
        """The turns are the rows; a fact of the whole stands in the first row that has it."""
        broken = next((row[BROKEN] for row in members if BROKEN in row), None)
        if broken is not None:
            problem: Problem = broken
            return problem
        record = self._facts(members)
        record["turns"] = [
            self._turn({one.name: picked(row, self.columns[one.name]) for one in self.turn_fields})
            for row in members
        ]
        return record

    def _facts(self, rows: list[dict[str, Any]]) -> Record:
        record: Record = dict(self.defaults)
        for one in self.fields:
            for row in rows:
                value = self._value(one, picked(row, self.columns[one.name]))
                if value is not None and value != "":
                    record[one.name] = value
                    break
        kept = {name: rows[0][name] for name in self.keep if rows[0].get(name) not in (None, "")}
        if kept:
            record["meta"] = dict(record.get("meta") or {}) | kept
        return record

    def _listed(self, items: list[Any]) -> list[Any]:
        """Objects of a list as turns; anything else as it is, for the reader to refuse."""
        paths = {
            one.name: self.columns[one.name].partition(LIST)[2] or self.columns[one.name]
            for one in self.turn_fields
        }
        return [
            self._turn({name: picked(item, path) for name, path in paths.items()})
            if isinstance(item, dict)
            else item
            for item in items
        ]

    def _turn(self, given: dict[str, Any]) -> Record:
        turn = {}
        for one in self.turn_fields:
            name = one.name.removeprefix(TURN)
            value = self._value(one, given[one.name])
            turn[name] = _times(value, self.factor) if name in MILLISECONDS else value
        return turn

    def _value(self, one: Field, value: Any) -> Any:
        if one.name in self.words and one.with_words is not None:
            return one.with_words(value, self.words[one.name])
        if one.name in self.words:
            value = _worded(value, self.words[one.name], self.known[one.name])
        return dated(value, self.dates[one.name]) if one.name in self.dates else value


def _worded(value: Any, words: dict[str, str], is_known: Callable[[Any], bool]) -> Any:
    """Our value for the file's word; `*` takes the words that are neither listed nor known."""
    word = "" if value is None else str(value).strip()
    if word in words:
        return words[word]
    if OTHERS in words and word and not is_known(word):
        return words[OTHERS]
    return value


def knows(one: Field) -> Callable[[Any], bool]:
    """Whether a value, or a word within it, is understood as it is; choices are looked up once."""
    read_one = one.word_of or one.read
    allowed = None if one.choices is None else {code for code, _label in one.choices()}

    def is_known(value: Any) -> bool:
        try:
            read = read_one(value)
        except ValueError:
            return False
        return allowed is None or read in allowed

    return is_known


def dated(value: Any, pattern: str) -> Any:
    """A time that is written by `pattern` in ISO 8601; anything else as it is."""
    if not pattern or not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), pattern).isoformat()  # noqa: DTZ007 local as read
    except ValueError:
        return value


def _times(value: Any, factor: int) -> Any:
    try:
        return float(value) * factor if factor != 1 and not isinstance(value, bool) else value
    except (TypeError, ValueError):
        return value


def picked(row: dict[str, Any], path: str) -> Any:
    """The value at a path such as `call.agent.id`; None where it ends early."""
    if path in row:
        return row[path]
    value: Any = row
    for part in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value
