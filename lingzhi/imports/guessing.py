"""What a file's columns probably mean: fields, heading, date writings, the file's own words."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from lingzhi.core.intake import Field, ImportKind
from lingzhi.imports.formats.tables import Cells, heading, is_empty
from lingzhi.imports.records import LIST, OTHERS, knows, picked

HEADING_WITHIN = 20
MAX_WORDS = 12
WHOLE = ("meta", "metadata", "extra")  # objects that are further data as they are

# Writings that `readers` cannot tell apart or do not try, with an example of each.
DATE_PATTERNS = (
    ("%d/%m/%Y %H:%M:%S", "20/11/2026 14:03:07"),
    ("%d/%m/%Y %H:%M", "20/11/2026 14:03"),
    ("%m/%d/%Y %H:%M:%S", "11/20/2026 14:03:07"),
    ("%m/%d/%Y %H:%M", "11/20/2026 14:03"),
    ("%m/%d/%y %H:%M", "11/20/26 14:03"),
    ("%d.%m.%Y %H:%M:%S", "20.11.2026 14:03:07"),
    ("%d.%m.%Y %H:%M", "20.11.2026 14:03"),
    ("%d-%m-%Y %H:%M:%S", "20-11-2026 14:03:07"),
    ("%m/%d/%Y %I:%M:%S %p", "11/20/2026 2:03:07 PM"),
    ("%m/%d/%Y %I:%M %p", "11/20/2026 2:03 PM"),
    ("%d/%m/%Y", "20/11/2026"),
    ("%m/%d/%Y", "11/20/2026"),
)


def guess_columns(kind: ImportKind, header: list[str]) -> dict[str, str]:
    """For each field the column that usually holds it: `{field: column}`."""
    found = _guess(kind.fields, _by_form(_tops(header)))
    items = [
        name for name in header if found.get("turns") and name.startswith(found["turns"] + LIST)
    ]
    rest = items or [name for name in header if name not in found.values()]
    return found | _guess(kind.turn_fields, _by_form(rest))


def guess_shape(kind: ImportKind, columns: dict[str, str]) -> str:
    """One row a turn where there are columns for speaker and words and none for all turns."""
    needed = {one.name for one in kind.turn_fields if one.is_required}
    return "turns" if needed and needed <= columns.keys() and "turns" not in columns else "records"


def _guess(fields: Iterable[Field], by_form: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in fields:
        for word in (one.name, *one.synonyms, str(one.label)):
            column = by_form.get(_form(word))
            if column is not None and column not in found.values():
                found[one.name] = column
                break
    return found


def _tops(header: list[str]) -> list[str]:
    """Columns of records, without those of the items of a list."""
    return [name for name in header if LIST not in name]


def _by_form(names: Sequence[str]) -> dict[str, str]:
    """Columns by what they may be called: `call.agent.no` is no, agent.no and call.agent.no;
    `sentences[].speaker` is speaker. Of two alike the first counts.
    """
    found: dict[str, str] = {}
    for parts in (3, 2, 1):
        for name in reversed(names):
            called = (name.partition(LIST)[2] or name).split(".")[-parts:]
            found[_form("".join(called))] = name
    return found


def _form(name: str) -> str:
    plain = unicodedata.normalize("NFKC", str(name)).lower()
    return "".join(letter for letter in plain if letter.isalnum())


def guess_heading(kind: ImportKind, lines: Sequence[Cells], known: Collection[str] = ()) -> int:
    """Which of the first rows is the heading: the one that names most fields, from 1 on.

    Columns that are `known` from the last file count too. Where none names any, it is the first
    that has more than one cell: titles stand alone.
    """
    names = [heading(cells) for cells in lines[:HEADING_WITHIN]]
    scores = [
        (len(guess_columns(kind, header)) + len({*header} & {*known}), number)
        for number, header in enumerate(names, start=1)
    ]
    best, at = max(scores, key=lambda score: (score[0], -score[1]), default=(0, 1))
    if best:
        return at
    filled = (sum(not is_empty(cell) for cell in cells) for cells in lines[:HEADING_WITHIN])
    return next((number for number, count in enumerate(filled, start=1) if count > 1), 1)


def columns_of(rows: Iterable[dict[str, Any]]) -> list[str]:
    """The names of all columns, of nested data as paths, of lists of objects with their items."""
    found: dict[str, None] = {}
    for row in rows:
        _collect(row, "", found, depth=4)
    return list(found)


def _collect(row: dict[str, Any], before: str, found: dict[str, None], depth: int) -> None:
    for name, value in row.items():
        path = f"{before}{name}"
        if not name:
            continue
        if isinstance(value, dict) and value and depth:
            if name in WHOLE:
                found[path] = None
            _collect(value, f"{path}.", found, depth - 1)
            continue
        found[path] = None
        if isinstance(value, list) and value and isinstance(value[0], dict) and LIST not in before:
            for item in value[:20]:
                if isinstance(item, dict):
                    _collect(item, f"{path}{LIST}", found, depth - 1)


def values_at(rows: Iterable[dict[str, Any]], path: str) -> list[Any]:
    """What stands in a column, without empty cells; of a list's items, what stands in each."""
    top, is_list, inner = path.partition(LIST)
    found: list[Any] = []
    for row in rows:
        value = picked(row, top)
        if is_list:
            items = value if isinstance(value, list) else []
            found += [picked(item, inner) for item in items if isinstance(item, dict)]
        else:
            found.append(value)
    return [value for value in found if value is not None and not is_empty(value)]


def guess_dates(one: Field, values: list[Any]) -> str:
    """The pattern that reads all values where the field by itself cannot; "" where it can."""
    texts = [value.strip() for value in values if isinstance(value, str)][:500]
    if not texts or all(map(knows(one), texts)):
        return ""
    return next((p for p, _example in DATE_PATTERNS if all(_fits(t, p) for t in texts)), "")


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007 only whether it can be read
    except ValueError:
        return False
    return True


def strange_words(one: Field, values: list[Any], words: dict[str, str]) -> list[str]:
    """The file's words that mean none of the field's values by themselves, the frequent first."""
    counts: dict[str, int] = {}
    words_in = one.words_in or (lambda value: [str(value).strip()])
    for word in chain.from_iterable(map(words_in, values)):
        counts[word] = counts.get(word, 0) + 1
    is_known = knows(one)
    found = [word for word in counts if not is_known(word)]
    known = [word for word in words if word not in found and word != OTHERS]
    return [*sorted(found, key=lambda word: -counts[word])[:MAX_WORDS], *known]
