"""From the columns of a file to the fields of a record."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lingzhi.core.intake import Field, ImportKind

Row = tuple[int, dict[str, Any]]


def guess_columns(kind: ImportKind, header: list[str]) -> dict[str, str]:
    """For each field the column that usually holds it: `{field: column}`."""
    by_form = {_form(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for one in (*kind.fields, *kind.turn_fields):
        for word in (one.name, str(one.label), *one.synonyms):
            column = by_form.get(_form(word))
            if column is not None and column not in found.values():
                found[one.name] = column
                break
    return found


def _form(name: str) -> str:
    plain = unicodedata.normalize("NFKC", str(name)).lower()
    return "".join(letter for letter in plain if letter.isalnum())


def records(
    kind: ImportKind, rows: Iterator[Row], columns: dict[str, Any], options: dict[str, Any]
) -> Iterator[Row]:
    """Records with the number of their (first) row. Columns that no field takes go to `meta`."""
    if options.get("shape") == "turns":
        return _by_turn(kind, rows, columns, options)
    return ((number, _record(kind.fields, row, columns, options)) for number, row in rows)


def _record(
    fields: tuple[Field, ...], row: dict[str, Any], columns: dict[str, Any], options: dict[str, Any]
) -> dict[str, Any]:
    if "" in row and len(row) == 1:
        return {"": row[""]}
    record = dict(options.get("defaults", {}))
    for one in fields:
        if one.name not in columns:
            continue
        value = picked(row, columns[one.name])
        words = options.get("words", {}).get(one.name, {})
        value = words.get(str(value).strip(), value) if words else value
        if value not in (None, ""):
            record[one.name] = value
    if options.get("keep_others") and any(one.name == "meta" for one in fields):
        used = {str(column).split(".")[0] for column in columns.values()}
        record["meta"] = {
            key: value
            for key, value in row.items()
            if key and key not in used and not isinstance(value, list | dict)
        } | dict(record.get("meta") or {})
    return record


def picked(row: dict[str, Any], path: Any) -> Any:
    """The value at a path such as `call.agent.id`; None where it ends early.

    A path may be an object for lists: `{"path": "words", "role": "spk", "text": "txt"}` gives a
    list of objects with these names; `unit` "s" turns seconds into milliseconds.
    """
    if isinstance(path, dict):
        return _list(row, path)
    if path in row:
        return row[path]
    value: Any = row
    for part in str(path).split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


def _list(row: dict[str, Any], path: dict[str, Any]) -> Any:
    items = picked(row, path["path"])
    if not isinstance(items, list):
        return items
    factor = 1000 if path.get("unit") == "s" else 1
    words = path.get("words", {})
    turns = []
    for item in items:
        turn = {name: picked(item, path[name]) for name in _TURN_PARTS if name in path}
        for name in ("start_ms", "end_ms"):
            if isinstance(turn.get(name), int | float):
                turn[name] = turn[name] * factor
        turn["role"] = words.get(str(turn.get("role")), turn.get("role"))
        turns.append(turn)
    return turns


_TURN_PARTS = ("role", "text", "start_ms", "end_ms")


def _by_turn(
    kind: ImportKind, rows: Iterator[Row], columns: dict[str, Any], options: dict[str, Any]
) -> Iterator[Row]:
    """Neighbouring rows with the same key are the turns of one record."""
    column = columns[kind.key]
    for _key, group in groupby(rows, key=lambda row: picked(row[1], column)):
        members = list(group)
        number, first = members[0]
        record = _record(kind.fields, first, columns, {**options, "keep_others": False})
        record["turns"] = [
            {
                one.name.removeprefix("turn_"): picked(row, columns[one.name])
                for one in kind.turn_fields
                if one.name in columns
            }
            for _number, row in members
        ]
        yield number, record
