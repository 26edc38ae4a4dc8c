"""Words of cases and goods beside what the dictionaries say of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingzhi.cases.models import Case, DictionaryEntry, DictionaryKind, Goods
from lingzhi.cases.queries.dictionaries import Asked, looked_up
from lingzhi.cases.services.dictionaries import OF_CASES, OF_GOODS


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of a list with what it belongs to, as far as that is known."""

    entry: DictionaryEntry
    parent: DictionaryEntry | None


@dataclass(frozen=True, slots=True)
class Word:
    """What was written down, the entry it means, and whether a dictionary that is kept does not
    know it."""

    text: str
    entry: DictionaryEntry | None
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class ShownGoods:
    """Goods of a complaint with their words, by field."""

    goods: Goods
    words: Mapping[str, Word]


def shown_entries(rows: Iterable[DictionaryEntry]) -> list[ShownEntry]:
    """The entries of a page."""
    found = list(rows)
    parents = looked_up(_parent_of(one) for one in found)
    return [ShownEntry(one, parents.get(_parent_of(one))) for one in found]


def _parent_of(entry: DictionaryEntry) -> Asked:
    return DictionaryEntry.PARENTS[DictionaryKind(entry.kind)], entry.parent


def offered_name(entry: DictionaryEntry, text: str) -> str:
    """The name in a list of suggestions. Browsers hide what does not hold the text that was typed:
    an entry found by its sound says the sound."""
    said = f"{entry.code} {entry.name}".lower()
    return entry.name if text.lower() in said else f"{entry.name} · {text}"


def shown_goods(rows: Iterable[Goods]) -> list[ShownGoods]:
    """The goods of a complaint."""
    found = list(rows)
    known = looked_up(
        (kind, getattr(one, name)) for one in found for name, kind in OF_GOODS.items()
    )
    return [ShownGoods(one, _words(one, OF_GOODS, known)) for one in found]


def words_of(case: Case) -> Mapping[str, Word]:
    """Fault code and area of a case."""
    known = looked_up((kind, getattr(case, name)) for name, kind in OF_CASES.items())
    return _words(case, OF_CASES, known)


def _words(
    row: Case | Goods, fields: Mapping[str, DictionaryKind],
    known: Mapping[Asked, DictionaryEntry | None],
) -> dict[str, Word]:  # fmt: skip
    words: dict[str, Word] = {}
    for name, kind in fields.items():
        asked = (kind, getattr(row, name))
        entry = known.get(asked)
        words[name] = Word(asked[1], entry, asked in known and entry is None)
    return words
