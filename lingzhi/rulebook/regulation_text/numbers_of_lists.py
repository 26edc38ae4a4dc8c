"""The numbers that Word counts itself (自动编号): they are in numbering.xml, not in the text."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from lingzhi.rulebook.regulation_text.numerals import counted

_HAN = {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
        "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified"}  # fmt: skip
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
          (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and where it starts."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    is_legal: bool = False  # every number in it is written 1, 2, 3
    style: str = ""


@dataclass
class Lists:
    """The lists of a document, counting as the paragraphs come by."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # of an abstract list
    abstract: dict[str, str] = field(default_factory=dict)  # list -> abstract list
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    seen: set[str] = field(default_factory=set)

    def number_of(self, list_id: str, depth: int, style: str = "") -> str:
        """The next number of this list, "" for bullets and for lists that are not there."""
        key = self.abstract.get(list_id, "")
        levels = self.levels.get(key, {})
        depth = next((at for at, level in levels.items() if style and level.style == style), depth)
        if depth not in levels:
            return ""
        self._count(list_id, key, depth)
        level, counts = levels[depth], self.counts[key]
        if level.form in {"bullet", "none"}:
            return ""
        text = level.text
        for place in range(depth + 1):
            shown = levels.get(place, Level())
            form = "decimal" if level.is_legal else shown.form
            text = text.replace(f"%{place + 1}", written(counts.get(place, shown.start), form))
        return text

    def _count(self, list_id: str, key: str, depth: int) -> None:
        counts, levels = self.counts[key], self.levels[key]
        if list_id not in self.seen:
            self.seen.add(list_id)
            for place, start in self.restarts.get(list_id, {}).items():
                counts.pop(place, None)
                levels[place] = _started(levels.get(place, Level()), start)
        for place in range(depth):
            counts.setdefault(place, levels.get(place, Level()).start)
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [place for place in counts if place > depth]:
            del counts[deeper]


def _started(level: Level, start: int) -> Level:
    return Level(level.form, level.text, start, level.is_legal, level.style)


def written(number: int, form: str) -> str:
    """A count as Word writes it in a form of numbers.

    >>> written(12, "chineseCounting"), written(3, "lowerLetter"), written(4, "upperRoman")
    ('十二', 'c', 'IV')
    """
    if form in _HAN:
        return counted(number)
    if form.endswith("Letter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form.startswith("lower") else letter.upper()
    if form.endswith("Roman"):
        roman = _roman(number)
        return roman.lower() if form.startswith("lower") else roman
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return str(number).zfill(2) if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out


def lists_of(numbering: Any) -> Lists:
    """Read numbering.xml; None gives no lists."""
    lists = Lists()
    if numbering is None:
        return lists
    for abstract in numbering.iterchildren(qn("w:abstractNum")):
        key = abstract.get(qn("w:abstractNumId"), "")
        levels = (_level(one) for one in abstract.iterchildren(qn("w:lvl")))
        lists.levels[key] = dict(levels)
    for one in numbering.iterchildren(qn("w:num")):
        list_id = one.get(qn("w:numId"), "")
        lists.abstract[list_id] = _value(one, "w:abstractNumId")
        lists.restarts[list_id] = _restarts(one)
    return lists


def _restarts(one: Any) -> dict[int, int]:
    return {
        _whole(override.get(qn("w:ilvl")), 0): _whole(_value(override, "w:startOverride"), 1)
        for override in one.iterchildren(qn("w:lvlOverride"))
        if override.find(qn("w:startOverride")) is not None
    }


def _level(one: Any) -> tuple[int, Level]:
    legal = one.find(qn("w:isLgl"))
    level = Level(
        form=_value(one, "w:numFmt") or "decimal",
        text=_value(one, "w:lvlText"),
        start=_whole(_value(one, "w:start"), 1),
        is_legal=legal is not None and legal.get(qn("w:val"), "1") not in {"0", "false"},
        style=_value(one, "w:pStyle"),
    )
    return _whole(one.get(qn("w:ilvl")), 0), level


def _value(parent: Any, name: str) -> str:
    child = parent.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise
