"""The numbers that stand before headings and articles, and how deep each kind lies."""

import re
from dataclasses import dataclass

from lingzhi.rulebook.regulation_text.numerals import HAN, narrow

_N = rf"(?:\d{{1,4}}|[{HAN}]{{1,6}})"
_CJK = r"[\u3400-\u9fff“「『（(【]"

# Ranks order the kinds; the decimal kind (1.1) goes deeper with every point.
PART, CHAPTER, SECTION, ARTICLE, HAN_COMMA, HAN_PAREN, DECIMAL, ARABIC_PAREN, RING, LETTER = range(
    0, 100, 10
)

_KINDS = (
    (PART, rf"第{_N}[编編]|第{_N}部分|附[件录錄]{_N}?(?=[\s:：]|$)"),
    (CHAPTER, rf"第{_N}章"),
    (SECTION, rf"第{_N}[节節]"),
    (ARTICLE, rf"第{_N}[条條](?:之{_N})?(?!规定|所列|所述|第|和|至|、)"),
    (HAN_COMMA, rf"[{HAN}]{{1,4}}(?=[、.])"),
    (HAN_PAREN, rf"[（(][{HAN}]{{1,4}}[）)]"),
    (DECIMAL, r"\d{1,3}(?:\.\d{1,3}){1,5}(?=[\s、.]|" + _CJK + r")(?!\.?\d)"),
    (DECIMAL, r"\d{1,3}(?=[、.](?!\d))|\d{1,2}(?= +" + _CJK + ")"),
    (ARABIC_PAREN, r"[（(]\d{1,3}[）)]|\d{1,3}(?=[）)])"),
    (RING, "[①-⑳]"),
    (LETTER, r"[A-Za-z](?=[.、）)])"),
)
_PATTERNS = tuple((rank, re.compile(pattern, re.IGNORECASE)) for rank, pattern in _KINDS)
# Several numbers in a row before a space, as we print them ourselves: 第一章第二节, 一（一）1
_TOKEN = rf"(?:第{_N}[章节節条條]|[{HAN}]{{1,4}}|[（(][{HAN}]{{1,4}}[）)]|[（(]?\d{{1,3}}[）)]?)"
_COMPOSITE = re.compile(rf"{_TOKEN}{{2,5}}(?=\s)")
_LAST = (
    (CHAPTER, "章$"), (SECTION, "[节節]$"), (ARTICLE, "[条條]$"), (HAN_COMMA, rf"[{HAN}]$"),
    (HAN_PAREN, rf"[{HAN}][）)]$"), (ARABIC_PAREN, r"\d[）)]$"), (DECIMAL, r"\d$"),
)  # fmt: skip
_UNITS = re.compile(
    "(?:个|分|秒|小时|天|日|月|年|元|名|人|次|声|条|%)"
    "| +(?:分钟|秒|小时|天内|日内|个工作日|个月|元|%)"
)
_BARE = re.compile(r"\d{1,3}(?= +\D)")
_AFTER = re.compile(r"[\s、.，．:：）)]*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text with its printed number taken off. `rank` says which numbers lie inside which."""

    number: str
    rank: int
    text: str
    is_whole: bool = False  # the number already holds those above it, like 2.1 or 一（一）


def numbered(text: str, *, is_heading: bool = False) -> Numbered | None:
    """The number at the start of a line, None where there is none.

    In a heading a number with nothing but a space behind it counts: 2 Standards.
    """
    line = narrow(text).strip()
    if is_heading and (bare := _BARE.match(line)):
        return _cut(text, line, bare, rank=DECIMAL, is_whole=False)
    composite = _COMPOSITE.match(line)
    for rank, pattern in _PATTERNS:
        found = pattern.match(line)
        if found is None or (rank == DECIMAL and _UNITS.match(line, found.end())):
            continue
        if composite and composite.end() > found.end():
            return _cut(text, line, composite, rank=_rank_of(composite.group()), is_whole=True)
        depth = found.group().count(".") if rank == DECIMAL else 0
        return _cut(text, line, found, rank=rank + depth, is_whole=depth > 0)
    return None


def _rank_of(number: str) -> int:
    return next(rank for rank, pattern in _LAST if re.search(pattern, number))


def _cut(text: str, line: str, found: re.Match[str], *, rank: int, is_whole: bool) -> Numbered:
    gap = _AFTER.match(line, found.end())
    rest = text.strip()[gap.end() if gap else found.end() :]
    number = found.group().replace("(", "（").replace(")", "）")
    return Numbered(number, rank, rest, is_whole)
