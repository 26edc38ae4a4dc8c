"""What answers come to: the one way in which a score is computed and its rows are made."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lingzhi.contacts.counting import days_of
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import Review, ReviewItem
from lingzhi.inspections.wording.sheets import in_words
from lingzhi.kpis.services import mark_days
from lingzhi_engine.sheet import Given, InvalidSheet, Score, ScoredItem, as_data, read_answers
from lingzhi_engine.sheet import Sheet as ReadSheet

Place = int | tuple[int, int, int]  # a whole turn, or a turn with its first and last character
Pins = Mapping[str, Sequence[Place]]


def turns_of(places: Sequence[Place]) -> set[int]:
    """The turns in which some places lie."""
    return {place if isinstance(place, int) else place[0] for place in places}


def given_of(
    sheet: ReadSheet,
    answers: Mapping[str, Any],
    pins: Pins,
    photos: Mapping[str, int] | None = None,
) -> dict[str, Given]:
    """The answers as the sheet reads them, each with the number of its pins and photos.

    Raises BadInput that names every answer that does not fit its item.
    """
    counted = {code: {**one, **_counts(code, pins, photos or {})} for code, one in answers.items()}
    try:
        return read_answers(sheet, counted)
    except InvalidSheet as invalid:
        sentences = "\n".join(in_words(problem) for problem in invalid.problems)
        raise BadInput(sentences, field="answers") from invalid


def _counts(code: str, pins: Pins, photos: Mapping[str, int]) -> dict[str, int]:
    """How much stands by an answer; what is nothing is left out."""
    found = {"evidence": len(pins.get(code, ())), "photos": photos.get(code, 0)}
    return {name: number for name, number in found.items() if number}


def results_of(found: Score) -> dict[str, Any]:
    """The columns of a review that follow from its score."""
    return {
        "value": found.value,
        "without_veto": found.without_veto,
        "is_vetoed": found.is_vetoed,
        "is_passed": found.is_passed,
        "is_excellent": found.is_excellent,
        "families": {family.value: failed for family, failed in found.families.items()},
    }


def items_of(review: Review, found: Score) -> list[ReviewItem]:
    """One row for each item that was asked, not yet stored."""
    return [
        _item(review, section.section.code, line)
        for section in found.sections
        for line in section.items
        if line.is_asked
    ]


def mark_counted(review: Review) -> None:
    """Have the figures of the conversation's day, and of today's work, counted anew."""
    mark_days([*days_of(Contact.objects.filter(pk=review.contact_id)), today()])


def _item(review: Review, section: str, line: ScoredItem) -> ReviewItem:
    written = as_data({line.item.code: line.given}).get(line.item.code, {})
    suggested = review.proposed.get(line.item.code, {})
    return ReviewItem(
        review=review,
        section=section,
        item=line.item.code,
        value=_short(written.get("value")),
        proposed="na" if suggested.get("is_na") else _short(suggested.get("value")),
        earned=_decimal(line.earned),
        most=_decimal(line.most),
        is_na=line.given.is_na,
        is_failed=line.is_failed,
        family=line.item.family.value if line.item.family else "",
    )


def _short(value: Any) -> str:
    return "" if value is None else str(",".join(value) if isinstance(value, list) else value)[:100]


def _decimal(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"))
