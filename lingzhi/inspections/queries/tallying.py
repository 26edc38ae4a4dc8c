"""Adding up what rules found in conversations, by day, team, agent and channel."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import Exists, OuterRef, QuerySet

from lingzhi.contacts.days import day_of_moment
from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import Finding, Review
from lingzhi.inspections.queries.columns import Columns
from lingzhi.inspections.queries.verdicts import (
    HIT,
    MISS,
    NA,
    UNKNOWN,
    Letters,
    Verdicts,
    verdicts_of,
)

LETTERS = (HIT, MISS, NA, UNKNOWN)
AT_ONCE = 20_000  # conversations: what is added up at once stays in the memory of a small machine
PLACE = ("started_at", "unit_id", "agent_id", "channel_id")
BYTE, WORD = np.dtype("u1"), np.dtype("<u4")
Numbers = npt.NDArray[np.unsignedinteger[Any]]
Reason = tuple[int, str, str]  # rule, code, detail


class Key(NamedTuple):
    """What one cell is about; UNDATED is the day of contacts without a time."""

    day: date
    unit_id: int | None
    agent_id: int | None
    channel_id: int


@dataclass(slots=True)
class Cell:
    """How many contacts, how many of them judged by rules and scored by people, and what the
    rules said: columns by letters.
    """

    talks: int = 0
    unanswered: int = 0
    inspected: int = 0
    scored: int = 0
    numbers: Numbers | None = None


def cells_of(contacts: QuerySet[Contact], columns: Columns) -> dict[Key, Cell]:
    """The contacts added up. Calls that nobody answered are only counted."""
    cells: dict[Key, Cell] = defaultdict(Cell)
    rows = contacts.order_by().values_list(*PLACE, "turn_count", Exists(scores_of_one()))
    for *place, turns, is_scored in rows.iterator(chunk_size=5000):
        cell = cells[_key(*place)]
        cell.talks += turns > 0
        cell.unanswered += turns == 0
        cell.scored += is_scored
    verdicts = verdicts_of(contacts, tuple(f"contact__{one}" for one in PLACE), columns.in_force)
    for key, number, numbers in _added(verdicts, columns):
        cell = cells[key]
        cell.inspected += number
        cell.numbers = numbers if cell.numbers is None else cell.numbers + numbers
    return dict(cells)


def scores_of_one() -> QuerySet[Review]:
    """What people gave to the contact of the row outside."""
    return Review.objects.filter(contact=OuterRef("pk")).exclude(state=Review.State.DRAFT)


def _key(started_at: Any, *others: Any) -> Key:
    return Key(day_of_moment(started_at), *others)


def _added(verdicts: Verdicts, columns: Columns) -> Iterator[tuple[Key, int, Numbers]]:
    keys = [_key(*values) for values in zip(*verdicts.keys.values(), strict=True)]
    for start in range(0, len(keys), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        places: dict[Key, int] = {}
        codes = np.array([places.setdefault(key, len(places)) for key in keys[part]])
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(places)))
        letters = _by_column(verdicts.letters[part][order], columns)
        sums = [
            np.add.reduceat(letters == letter, starts, axis=0, dtype=np.uint32)
            for letter in LETTERS
        ]
        numbers = np.stack(sums, axis=2)
        sizes = np.bincount(codes, minlength=len(places)).tolist()
        for key, at in places.items():
            yield key, sizes[at], numbers[at]


def _by_column(letters: Letters, columns: Columns) -> Letters:
    """A letter for each rule and each group: hit, else miss, else unknown, else na."""
    groups = np.full((len(letters), columns.membership.shape[1]), NA, np.uint8)
    for letter in (UNKNOWN, MISS, HIT):
        groups[(letters == letter).astype(np.float32) @ columns.membership > 0] = letter
    return np.concatenate([letters, groups], axis=1)


def packed(numbers: Numbers) -> bytes:
    """The numbers of a cell as `DayTally` keeps them: a byte each where none needs more."""
    return numbers.astype(BYTE if numbers.max(initial=0) < 256 else WORD).tobytes()


def unpacked(cells: list[bytes], columns: int) -> Numbers:
    """Cells by columns by letters, of what `packed` made."""
    shape = (len(cells), columns, len(LETTERS))
    size = columns * len(LETTERS)
    if all(len(cell) == size for cell in cells):
        return np.frombuffer(b"".join(cells), BYTE).reshape(shape)
    wide = (np.frombuffer(cell, BYTE if len(cell) == size else WORD) for cell in cells)
    return np.concatenate([cell.astype(WORD) for cell in wide]).reshape(shape)


def unknown_findings(contacts: QuerySet[Contact], columns: Columns) -> QuerySet[Finding]:
    """Why rules in force could not be judged in the latest judgements."""
    rules = [version.rule_id for version in columns.versions]
    return Finding.objects.filter(
        version__rule_id__in=rules,
        verdict=Finding.Verdict.UNKNOWN,
        inspection__is_latest=True,
        inspection__contact__in=contacts.order_by(),
    ).order_by()


def reasons_by_cell(contacts: QuerySet[Contact], columns: Columns) -> dict[Key, str]:
    """The reasons of each cell as `DayTally.reasons` keeps them."""
    place = (f"inspection__contact__{one}" for one in PLACE)
    rows = unknown_findings(contacts, columns).values_list(
        *place, "version__rule_id", "reason", "detail"
    )
    found: dict[Key, Counter[Reason]] = defaultdict(Counter)
    for *key, rule, reason, detail in rows.iterator(chunk_size=5000):
        found[_key(*key)][rule, reason, detail] += 1
    return {
        key: json.dumps([[*reason, n] for reason, n in counted.items()], ensure_ascii=False)
        for key, counted in found.items()
    }
