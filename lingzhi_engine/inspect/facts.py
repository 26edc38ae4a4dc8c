"""Facts people tell and repeat: how they are said, how repeated, and what is the same fact.

Numbers may be said in words; a name is told as 我姓王 and repeated as 王先生; an amount of 三百块
is 300 元, the third of May 5月3日 or 2026-05-03.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lingzhi_engine.privacy.words import words

from .entities import ENTITIES, SPOKEN, digits
from .fold import fold
from .quantities import number

_D = "[0-9" + "".join(SPOKEN) + "]"
_P = r"[ 、\-—]?"  # no comma: behind it another number may begin
_ONE = "".join(sorted({*words("surnames"), *words("everyday_surnames")}))
_SURNAME = f"(?:{'|'.join(words('compound_surnames'))}|[{_ONE}])"
_CALLED = "我姓|贵姓|敝姓|免贵姓|本人姓|我叫|名字叫|名字是|姓名是|户主姓"
_TITLES = "先生|女士|小姐|太太|老师|经理|总监|医生|律师|阿姨|叔叔|同志|师傅|大哥|大姐"
_AROUND_NAME = re.compile(f"^(?:{_CALLED})|(?:{_TITLES})$")
_DATE = re.compile(
    r"(?:(?:[0-9零〇一二三四五六七八九]{2,4}年)?([0-9一二三四五六七八九十]{1,3})月"
    r"([0-9一二三四五六七八九十]{1,3})[日号]?|(?:[0-9]{4}[-/.])?([0-9]{1,2})[-/.]([0-9]{1,2})(?:\b.*)?)"
)
_NUMBER = rf"(?<!{_D})(?:{_D}{_P}){{3,24}}{_D}(?!{_P}{_D})(?![元块年月日])"


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact: expressions for telling it and for repeating it, and its ``value``.

    ``value`` makes words one text for one fact. ``ends`` says whether its last signs may stand
    for it, as the last four digits do for a number.
    """

    said: str
    repeated: str
    value: Callable[[str], str]
    ends: bool = False


def _amount(text: str) -> str:
    plain = re.sub(r"[\s,，¥￥元钱]", "", fold(text))
    times = 10_000.0 if plain.endswith("万") and not plain[:-1].endswith("块") else 1.0
    found = number(plain.rstrip("块").removesuffix("万") if times > 1 else plain.rstrip("块"))
    return plain if found is None else f"{found * times:.2f}"


def _date(text: str) -> str:
    plain = re.sub(r"\s", "", fold(text))
    found = _DATE.fullmatch(plain)
    if found is None:
        return plain
    month, day = (number(part) for part in (found[1] or found[3], found[2] or found[4]))
    return plain if month is None or day is None else f"{month:g}-{day:g}"


def _name(text: str) -> str:
    return _AROUND_NAME.sub("", fold(text))


def _place(text: str) -> str:
    return digits(text).replace("号院", "号").replace("幢", "栋")


def _plain(text: str) -> str:
    return re.sub(r"[\s·.\-]", "", fold(text)) if "@" not in text else fold(text)


_ADDRESS = (
    rf"[\u4e00-\u9fff]{{2}}(?:路|街|大道|巷|胡同|弄)(?:{_D}|十|百){{1,5}}(?:号院|号|弄)"
    r"|[\u4e00-\u9fff]{2}(?:小区|花园|大厦|公寓|新村|家园|广场|雅苑)"
    rf"|(?:{_D}|十){{1,4}}(?:号楼|栋|幢|单元)|{_D}{{3,4}}(?:室|房)"
)
_VALUES: Mapping[str, Callable[[str], str]] = {
    "amount": _amount,
    "date": _date,
    "email": _plain,
    "plate": _plain,
}

FACTS: Mapping[str, Fact] = {
    "number": Fact(_NUMBER, _NUMBER, digits, ends=True),
    "name": Fact(f"(?:{_CALLED}){_SURNAME}", f"{_SURNAME}(?:{_TITLES})", _name),
    "address": Fact(_ADDRESS, _ADDRESS, _place),
    **{
        kind: Fact(looks, looks, _VALUES.get(kind, digits), ends=kind not in _VALUES)
        for kind, looks in ((name, one.pattern(spoken=True)) for name, one in ENTITIES.items())
    },
}


def last_digits(count: int) -> str:
    """The expression of a number of ``count`` digits or more that is no part of a longer one."""
    last = rf"(?:{_D}|[xX](?![A-Za-z0-9]))"  # an identity number may end with X
    return rf"(?<!{_D})(?:{_D}{_P}){{{count - 1},24}}{last}(?!{_P}{_D})(?![元块年月日])"


def value_of(kind: str, text: str, ends: int | None = None) -> str:
    """What ``text`` means as a fact of ``kind``; its last ``ends`` digits where these will do."""
    fact = FACTS.get(kind)
    if fact is None:
        return kind  # one of the words of the rule: whichever way it is said
    value = fact.value(text)
    return value[-ends:] if ends and fact.ends else value


def stand_ins(kind: str, text: str, ends: int | None = None) -> tuple[str, ...]:
    """The values that tell ``text`` again: its own, and its last ``ends`` digits or more of them.

    The digits must be a whole number of their own: another number with the same end is no stand-in.
    """
    value = value_of(kind, text)
    if not ends or kind not in FACTS or not FACTS[kind].ends:
        return (value,)
    return tuple(value[-count:] for count in range(min(ends, len(value)), len(value) + 1))
