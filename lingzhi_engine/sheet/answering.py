"""What was answered: read from data, written back, and proposed by what the rules found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .fields import Fields, number_of
from .model import NOTHING, WITH_NUMBER, Answers, Given, Item, ItemKind, Sheet, Value
from .problems import InvalidSheet, Problem

MOST_TIMES = 1000


def read_answers(sheet: Sheet, data: object) -> dict[str, Given]:
    """The answers in ``data``, by the code of the item. Raises InvalidSheet with every problem.

    An item without an answer may be missing; whether that matters is the score's question.
    """
    problems: list[Problem] = []
    if not isinstance(data, Mapping):
        raise InvalidSheet([Problem("not_a_mapping")])
    items = {item.code: item for item in sheet.items}
    found: dict[str, Given] = {}
    for code, given in data.items():
        if code not in items:
            problems.append(Problem("unknown_item", str(code), {"name": str(code)}))
        elif not isinstance(given, Mapping):
            problems.append(Problem("not_a_mapping", str(code)))
        else:
            found[code] = _given(Fields(given, str(code), problems), items[code])
    if problems:
        raise InvalidSheet(problems)
    return {code: given for code, given in found.items() if given != NOTHING}


def _given(fields: Fields, item: Item) -> Given:
    is_na = fields.flag("is_na")
    if is_na and not item.allows_na:
        fields.note("na_not_allowed")
    given = Given(
        value=_value(fields, item),
        is_na=is_na,
        comment=fields.text("comment"),
        causes=fields.texts("causes"),
        evidence=fields.whole("evidence") or 0,
        photos=fields.whole("photos") or 0,
    )
    for cause in given.causes:
        if cause not in item.causes:
            fields.note("unknown_cause", "causes", name=cause)
    fields.done()
    return given


def _value(fields: Fields, item: Item) -> Value | None:
    if item.kind is ItemKind.MULTI:
        chosen = fields.texts("value")
        for code in chosen:
            _known(fields, item, code)
        return chosen or None
    if item.kind in WITH_NUMBER:
        return _number(fields, item)
    text = fields.text("value")
    if text and item.kind is ItemKind.CHOICE:
        _known(fields, item, text)
    if text and item.kind is ItemKind.DATE and not _is_date(text):
        fields.note("not_a_date", "value")
    return text or None


def _known(fields: Fields, item: Item, code: str) -> None:
    if item.answer(code) is None:
        fields.note("unknown_answer", "value", name=code)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(fields: Fields, item: Item) -> Fraction | None:
    value = fields.get("value")
    if value is None:
        return None
    number = number_of(value)
    if number is None:
        fields.note("wrong_type", "value", expected="a number")
        return None
    low, high = (item.low, item.high) if item.kind is ItemKind.SCALE else (None, None)
    if item.kind is ItemKind.COUNT:
        low, high = Fraction(0), Fraction(MOST_TIMES)
        if number.denominator != 1:
            fields.note("wrong_type", "value", expected="a whole number")
    if low is not None and number < low:
        fields.note("too_small", "value", minimum=float(low))
    if high is not None and number > high:
        fields.note("too_large", "value", maximum=float(high))
    is_stepped = item.kind is ItemKind.SCALE and item.step and low is not None
    if is_stepped and ((number - low) / item.step).denominator != 1:  # type: ignore[operator]
        fields.note("off_step", "value", low=float(low), step=float(item.step))  # type: ignore[arg-type]
    return number


def as_data(answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers as JSON that `read_answers` reads; what says nothing is left out."""
    return {code: _as_data(given) for code, given in answers.items()}


def _as_data(given: Given) -> dict[str, Any]:
    value: Any = given.value
    if isinstance(value, Fraction):
        value = int(value) if value.denominator == 1 else float(value)
    elif isinstance(value, tuple):
        value = list(value)
    beside = {
        "is_na": given.is_na,
        "comment": given.comment,
        "causes": list(given.causes),
        "evidence": given.evidence,
        "photos": given.photos,
    }
    written = {name: one for name, one in beside.items() if one}
    return written if value is None else {"value": value, **written}


def proposed(
    sheet: Sheet, verdicts: Mapping[str, str], places: Mapping[str, int]
) -> dict[str, Given]:
    """What the rules answer: ``verdicts`` (hit, miss, na, unknown) and ``places`` found, by rule.

    One hit is a hit. Without one, all must have missed: where one is unknown nothing is proposed,
    and where none applied the item does not apply, if it may.
    """
    found = {item.code: _proposed(item, verdicts, places) for item in sheet.items if item.fill}
    return {code: given for code, given in found.items() if given is not None}


def _proposed(item: Item, verdicts: Mapping[str, str], places: Mapping[str, int]) -> Given | None:
    if item.fill is None:
        return None
    said = {rule: verdicts.get(rule, "unknown") for rule in item.fill.rules}
    is_hit, is_unknown = "hit" in said.values(), "unknown" in said.values()
    if is_unknown and (item.kind is ItemKind.COUNT or not is_hit):
        return None
    if item.kind is ItemKind.COUNT:
        times = sum(max(1, places.get(rule, 1)) for rule in said if said[rule] == "hit")
        return Given(Fraction(min(times, MOST_TIMES)))
    if set(said.values()) == {"na"}:
        return Given(is_na=True) if item.allows_na else None
    answer = item.fill.hit if is_hit else item.fill.miss
    return Given(answer) if answer else None
