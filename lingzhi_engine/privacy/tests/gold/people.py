"""Addresses and names of invented people."""

import random
from collections.abc import Iterator
from pathlib import Path

from lingzhi_engine.privacy.tests.gold.case import Case
from lingzhi_engine.privacy.words import words

_LISTS = Path(__file__).parent / "lists"
_DISTRICTS = words("districts", _LISTS)
_ROADS = words("roads", _LISTS)
_ESTATES = words("estates", _LISTS)
_TOWNS = words("towns", _LISTS)
_VILLAGES = words("villages", _LISTS)
_SURNAMES = words("common_surnames", _LISTS)
_RARE = words("rare_surnames", _LISTS)
_GIVEN = words("given_names", _LISTS)
_TITLES = words("titles", _LISTS)
_ASKS = words("address_sentences", _LISTS)
_TITLED = words("title_sentences", _LISTS)
_INTRODUCED = words("introductions", _LISTS)
_HANZI = "零一二三四五六七八九"


def _numeral(rng: random.Random, low: int, high: int, *, spoken: bool) -> str:
    number = str(rng.randint(low, high))
    return "".join(_HANZI[int(d)] for d in number) if spoken else number


def _door(rng: random.Random, *, spoken: bool) -> str:
    building, unit = _numeral(rng, 1, 30, spoken=spoken), _numeral(rng, 1, 4, spoken=spoken)
    room = _numeral(rng, 1, 25, spoken=spoken) + "0" * (not spoken) + "零" * spoken
    room += _numeral(rng, 1, 4, spoken=spoken)
    shapes = [
        f"{building}幢{unit}单元{room}室",
        f"{building}栋{room}",
        f"{building}号楼{unit}单元{room}",
    ]
    shapes += [f"{building}栋{unit}单元{room}号", f"{building}座{room}室"]
    if not spoken:
        shapes += [f"{building}-{unit}-{room}", f"{building} 幢 {room} 室", f"A座{room}室"]
    return rng.choice(shapes)


def _street(rng: random.Random, *, spoken: bool) -> str:
    road, number = rng.choice(_ROADS), _numeral(rng, 1, 999, spoken=spoken)
    shapes = [f"{road}{number}号", f"{road}{number}号{_door(rng, spoken=spoken)}"]
    shapes += [f"{road}{number}号{rng.choice(_ESTATES)}{_door(rng, spoken=spoken)}"]
    shapes += [
        f"{road}{number}弄{_numeral(rng, 1, 60, spoken=spoken)}号"
        + f"{_numeral(rng, 101, 999, spoken=spoken)}室"
    ]
    return rng.choice(shapes)


def address(rng: random.Random) -> str:
    province, city, district = rng.choice(_DISTRICTS).split("|")
    spoken = rng.random() < 0.25
    town = rng.choice(["", "", rng.choice(_TOWNS)])
    local = rng.choice(
        [_street(rng, spoken=spoken)] * 3
        + [town + rng.choice(_ESTATES) + _door(rng, spoken=spoken)] * 2
        + [rng.choice(_TOWNS) + rng.choice(_VILLAGES) + _numeral(rng, 1, 99, spoken=spoken) + "号"]
    )
    heads = [
        f"{province}{city}市{district}",
        f"{city}市{district}",
        f"{city}{district}",
        district,
        "",
    ]
    return rng.choice(heads) + local


def addresses(rng: random.Random) -> Iterator[Case]:
    """1,000 sentences with an address."""
    for _ in range(1000):
        words = address(rng)
        head, _, tail = rng.choice(_ASKS).partition("{}")
        yield Case(f"{head}{words}{tail}", "address", len(head), len(head) + len(words), words)


def names(rng: random.Random) -> Iterator[Case]:
    """1,000 sentences with a name before a title or after an introduction.

    A full name is marked without its title, a bare surname together with it (王先生).
    """
    for _ in range(1000):
        surname = rng.choice(_RARE) if rng.random() < 0.3 else rng.choice(_SURNAMES)
        full = surname + rng.choice(_GIVEN)
        if rng.random() < 0.5:
            title, named = rng.choice(_TITLES), rng.choice([surname, surname, full])
            head, _, tail = rng.choice(_TITLED).partition("{}")
            text, words = f"{head}{named}{title}{tail}", named
            end = len(head) + len(named) + (len(title) if named == surname else 0)
        else:
            head, _, tail = rng.choice(_INTRODUCED).partition("{}")
            text, words, end = f"{head}{full}{tail}", full, len(head) + len(full)
        yield Case(text, "name", len(head), end, words)
