"""A score as the workbench and its reader see it: section by section, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.contacts.models import Contact
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.models import Review
from lingzhi.inspections.wording.sheets import FAMILIES
from lingzhi_engine.sheet import (
    Given,
    Item,
    Score,
    ScoredItem,
    ScoredSection,
    Sheet,
    Veto,
    as_data,
    read_answers,
    score,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen; `key` is the digit that chooses it."""

    code: str
    title: str
    key: str
    is_chosen: bool
    is_failed: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item with what was answered and what is still missing."""

    item: Item
    choices: tuple[Choice, ...]
    value: Any
    comment: str
    causes: tuple[tuple[str, bool], ...]
    turns: str
    pins: tuple[int, ...]
    earned: str
    most: str
    is_asked: bool
    is_na: bool
    is_failed: bool | None
    missing: tuple[str, ...]
    proposed: str
    differs: bool
    said: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    items: tuple[ShownItem, ...]
    is_failed: bool


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A score with everything that is shown about it."""

    review: Review
    score: Score
    sections: tuple[ShownSection, ...]
    answered: int
    asked: int


def shown_review(review: Review, answers: Mapping[str, Any] | None = None) -> ShownReview:
    """The review under its own version of the sheet; `answers` where others are to be tried."""
    sheet = review.version.read()
    given = read_answers(sheet, review.answers if answers is None else answers)
    found = score(sheet, given)
    pins: dict[str, list[int]] = {}
    for pin in review.pins.all():
        pins.setdefault(pin.item, []).append(pin.turn)
    proposed = read_answers(sheet, review.proposed)
    sections = tuple(_section(one, found, pins, proposed) for one in found.sections)
    lines = [line for one in found.sections for line in one.items if line.is_asked]
    left = {one.item for one in found.missing if one.what == "answer"}
    return ShownReview(review, found, sections, len(lines) - len(left), len(lines))


def shown_answers(sheet: Sheet, answers: Mapping[str, Any]) -> tuple[ShownSection, ...]:
    """A sheet with some answers, where it is about no conversation."""
    found = score(sheet, read_answers(sheet, answers))
    return tuple(_section(one, found, {}, {}) for one in found.sections)


def _section(
    section: ScoredSection,
    found: Score,
    pins: Mapping[str, list[int]],
    proposed: Mapping[str, Given],
) -> ShownSection:
    missing: dict[str, list[str]] = {}
    for one in found.missing:
        missing.setdefault(one.item, []).append(_missing(one.what))
    items = tuple(
        _item(
            line, tuple(missing.get(line.item.code, ())), pins.get(line.item.code, []),
            proposed.get(line.item.code),
        )
        for line in section.items
    )  # fmt: skip
    return ShownSection(section.section.title, items, section.is_failed)


def _missing(what: str) -> str:
    return {
        "answer": _("not answered yet"),
        "comment": _("needs a comment"),
        "evidence": _("needs evidence"),
        "photo": _("needs a photo"),
        "cause": _("needs a cause"),
    }[what]


def _item(
    line: ScoredItem, missing: tuple[str, ...], pins: list[int], proposed: Given | None
) -> ShownItem:
    item, given = line.item, line.given
    written = as_data({item.code: given}).get(item.code, {})
    chosen = given.value if isinstance(given.value, tuple) else (given.value,)
    choices = tuple(
        Choice(one.code, one.title, str(at) if at < 10 else "", one.code in chosen, one.is_failed)
        for at, one in enumerate(item.answers, start=1)
    )
    return ShownItem(
        item=item,
        choices=choices,
        value=written.get("value", ""),
        comment=given.comment,
        causes=tuple((cause, cause in given.causes) for cause in item.causes),
        turns=", ".join(map(str, pins)),
        pins=tuple(pins),
        earned=number_in_words(line.earned),
        most=number_in_words(item.points),
        is_asked=line.is_asked,
        is_na=given.is_na,
        is_failed=line.is_failed,
        missing=missing,
        proposed=answer_in_words(item, proposed) if proposed else "",
        differs=bool(proposed and given.is_answered and _core(proposed) != _core(given)),
        said=answer_in_words(item, given),
        marks=tuple(_marks(item)),
    )


def _core(given: Given) -> tuple[Any, bool]:
    return given.value, given.is_na


def _marks(item: Item) -> list[tuple[str, str]]:
    marks = []
    if item.veto is Veto.SHEET:
        marks.append((_("veto"), "bad"))
    elif item.veto is Veto.SECTION:
        marks.append((_("veto of the section"), "warn"))
    if item.family:
        marks.append((str(FAMILIES[item.family.value]), "flow"))
    return marks


def answer_in_words(item: Item, given: Given) -> str:
    """What was answered, as people say it."""
    if given.is_na:
        return _("does not apply")
    if given.value is None:
        return "–"
    if isinstance(given.value, Fraction):
        return f"{number_in_words(given.value)} {item.unit}".strip()
    codes = given.value if isinstance(given.value, tuple) else (given.value,)
    titles = [one.title if (one := item.answer(code)) else code for code in codes]
    return "、".join(titles)


def number_in_words(value: Fraction) -> str:
    """Whole numbers without a point, others to a hundredth."""
    return str(int(value)) if value.denominator == 1 else f"{float(value):.2f}".rstrip("0")


def marks_of(review: Review, contact: Contact) -> dict[int, list[Mark]]:
    """The pinned turns, marked as a whole."""
    pinned = {pin.turn for pin in review.pins.all()}
    turns = contact.turns.filter(seq__in=pinned) if pinned else []
    return {turn.seq: [Mark(0, len(turn.text), "flow")] for turn in turns}
