"""Rows that belong together, wherever they stand in the file.

Chat systems often export one row a message, in the order of time over all conversations. The rows
wait in a private temporary database of SQLite that is unlinked as soon as it is opened, so that
a file of any size takes little memory and leaves nothing behind.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from lingzhi.core.intake import Problem
from lingzhi.imports.formats import BROKEN, Row

Group = tuple[int, list[dict[str, Any]]]

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE waiting (number INTEGER PRIMARY KEY, key TEXT NOT NULL, row TEXT NOT NULL);
"""
IN_ORDER = """
SELECT MIN(number) OVER (PARTITION BY key) AS first, number, row FROM waiting ORDER BY first, number
"""


def gathered(rows: Iterator[Row], key_of: Callable[[dict[str, Any]], Any]) -> Iterator[Group]:
    """Rows with the same key, with the number of the first, in the order of their first rows.

    A row that cannot be read or has no key stays alone.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as pile:
        pile.executescript(SCHEMA)
        pile.execute("BEGIN")
        pile.executemany("INSERT INTO waiting VALUES (?, ?, ?)", _prepared(rows, key_of))
        in_order = pile.execute(IN_ORDER)
        for first, members in groupby(in_order, key=lambda found: found[0]):
            yield first, [_restored(json.loads(row)) for _first, _number, row in members]


def _prepared(
    rows: Iterator[Row], key_of: Callable[[dict[str, Any]], Any]
) -> Iterator[tuple[int, str, str]]:
    for number, row in rows:
        key = None if BROKEN in row else key_of(row)
        name = f"={str(key).strip()}" if key not in (None, "") else f"#{number}"
        yield number, json.dumps(name), json.dumps(_kept(row), default=str)


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """A Problem is no JSON: its parts are."""
    if BROKEN not in row:
        return row
    problem: Problem = row[BROKEN]
    return {BROKEN: problem.as_json()}


def _restored(row: dict[str, Any]) -> dict[str, Any]:
    if BROKEN not in row:
        return row
    return {BROKEN: Problem("", **row[BROKEN])}
