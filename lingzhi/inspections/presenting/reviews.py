"""A score as the workbench and its reader see it: section by section, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.contacts.models import Contact
from lingzhi.core.languages import joined
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.backing import Backing, clauses_behind
from lingzhi.inspections.services.scoring import Pins, Place
from lingzhi.inspections.wording.sheets import FAMILIES
from lingzhi_engine.sheet import (
    Given,
    Item,
    Need,
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
    quotes: tuple[tuple[int, str], ...]
    photos: tuple[int, ...]
    takes_photos: bool
    clauses: tuple[Backing, ...]
    earned: str
    most: str
    is_asked: bool
    is_na: bool
    is_failed: bool | None
    missing: tuple[str, ...]
    proposed: str
    differs: bool
    is_open: bool
    said: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    items: tuple[ShownItem, ...]
    is_failed: bool


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet with its answers and what they come to."""

    score: Score
    sections: tuple[ShownSection, ...]
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands by one answer: pins as they are written, words, photos, clauses behind it."""

    places: tuple[Place, ...]
    quotes: tuple[tuple[int, str], ...]
    photos: tuple[int, ...]
    clauses: tuple[Backing, ...]


def shown_review(
    review: Review, answers: Mapping[str, Any] | None = None, pins: Pins | None = None
) -> ShownSheet:
    """The review under its own version of the sheet.

    `answers` and `pins` where others than those kept are to be shown.
    """
    sheet = review.version.read()
    given = read_answers(sheet, review.answers if answers is None else answers)
    beside = _beside(review, _kept_pins(review) if pins is None else pins)
    return _shown(sheet, given, beside, read_answers(sheet, review.proposed))


def shown_sheet(
    sheet: Sheet,
    given: Mapping[str, Given],
    pins: Mapping[str, list[int]],
    proposed: Mapping[str, Given],
) -> ShownSheet:
    """Answers under a sheet, the turns cited for them, and what the rules had proposed."""
    beside = {
        code: _Beside(tuple(turns), tuple((turn, "") for turn in turns), (), ())
        for code, turns in pins.items()
    }
    return _shown(sheet, given, beside, proposed)


def _shown(
    sheet: Sheet,
    given: Mapping[str, Given],
    beside: Mapping[str, _Beside],
    proposed: Mapping[str, Given],
) -> ShownSheet:
    found = score(sheet, given)
    sections = tuple(_section(one, found, beside, proposed) for one in found.sections)
    lines = [line for one in found.sections for line in one.items if line.is_asked]
    left = {one.item for one in found.missing if one.what == "answer"}
    return ShownSheet(found, sections, len(lines) - len(left), len(lines))


def item_of(review: Review, code: str) -> Item | None:
    """An item of the sheet by its code."""
    return next((one for one in review.version.read().items if one.code == code), None)


def _kept_pins(review: Review) -> dict[str, list[Place]]:
    pins: dict[str, list[Place]] = {}
    for pin in review.pins.all():
        place = (pin.turn, pin.start, pin.end) if pin.end else pin.turn
        pins.setdefault(pin.item, []).append(place)
    return pins


def _beside(review: Review, pins: Pins) -> dict[str, _Beside]:
    """What stands by each answer; texts are read only where words are pinned."""
    turns = {place[0] for places in pins.values() for place in places if isinstance(place, tuple)}
    rows = review.contact.turns.filter(seq__in=turns) if turns else []
    texts = {turn.seq: turn.text for turn in rows}
    clauses = clauses_behind(review.version.read(), review.unit)
    photos: dict[str, list[int]] = {}
    for pk, item in review.photos.values_list("pk", "item"):
        photos.setdefault(item, []).append(pk)
    return {
        code: _Beside(
            tuple(pins.get(code, ())),
            tuple(_quote(place, texts) for place in pins.get(code, ())),
            tuple(photos.get(code, ())),
            tuple(clauses.get(code, ())),
        )
        for code in {*pins, *photos, *clauses}
    }


def _quote(place: Place, texts: Mapping[int, str]) -> tuple[int, str]:
    """The turn, and the words of it that are meant; all of them are no words."""
    if isinstance(place, int):
        return place, ""
    turn, start, end = place
    return turn, texts.get(turn, "")[start:end]


def _written(place: Place) -> str:
    return str(place) if isinstance(place, int) else "{}:{}-{}".format(*place)


def shown_answers(sheet: Sheet, answers: Mapping[str, Any]) -> tuple[ShownSection, ...]:
    """A sheet with some answers, where it is about no conversation."""
    found = score(sheet, read_answers(sheet, answers))
    return tuple(_section(one, found, {}, {}) for one in found.sections)


def _section(
    section: ScoredSection,
    found: Score,
    beside: Mapping[str, _Beside],
    proposed: Mapping[str, Given],
) -> ShownSection:
    missing: dict[str, list[str]] = {}
    for one in found.missing:
        missing.setdefault(one.item, []).append(_missing(one.what))
    items = tuple(
        _item(
            line, tuple(missing.get(line.item.code, ())),
            beside.get(line.item.code, _Beside((), (), (), ())), proposed.get(line.item.code),
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
    line: ScoredItem, missing: tuple[str, ...], beside: _Beside, proposed: Given | None
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
        turns=", ".join(map(_written, beside.places)),
        pins=tuple(turn for turn, _words in beside.quotes),
        quotes=beside.quotes,
        photos=beside.photos,
        takes_photos=item.photo is not Need.NEVER,
        clauses=beside.clauses,
        earned=number_in_words(line.earned),
        most=number_in_words(item.points),
        is_asked=line.is_asked,
        is_na=given.is_na,
        is_failed=line.is_failed,
        missing=missing,
        proposed=answer_in_words(item, proposed) if proposed else "",
        differs=bool(proposed and given.is_answered and core_of(proposed) != core_of(given)),
        is_open=not given.is_answered,
        said=answer_in_words(item, given),
        marks=tuple(_marks(item)),
    )


def core_of(given: Given) -> tuple[Any, bool]:
    """What was answered, without what stands beside it."""
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
    return joined(titles)


def number_in_words(value: Fraction) -> str:
    """Whole numbers without a point, others to a hundredth."""
    return str(int(value)) if value.denominator == 1 else f"{float(value):.2f}".rstrip("0")


def marks_of(review: Review, contact: Contact) -> dict[int, list[Mark]]:
    """What is pinned, marked: turns as a whole, or the words that are meant."""
    pins = list(review.pins.all())
    turns = contact.turns.filter(seq__in={pin.turn for pin in pins}) if pins else []
    lengths = {turn.seq: len(turn.text) for turn in turns}
    marks: dict[int, list[Mark]] = {}
    for pin in pins:
        mark = Mark(pin.start, pin.end or lengths.get(pin.turn, 0), "flow")
        marks.setdefault(pin.turn, []).append(mark)
    return marks
