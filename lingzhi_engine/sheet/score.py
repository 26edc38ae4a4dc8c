"""The score of a sheet: exact, explained item by item, the same for the same answers for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .model import (
    NOTHING,
    Answers,
    Family,
    Given,
    Item,
    ItemKind,
    Need,
    Section,
    SectionKind,
    Sheet,
    Veto,
)

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One item's part: ``earned`` of ``most`` points; ``is_failed`` is None where nothing is known.

    An item that is not asked, or does not apply, has 0 of 0.
    """

    item: Item
    given: Given
    is_asked: bool
    earned: Fraction
    most: Fraction
    is_failed: bool | None


@dataclass(frozen=True, slots=True)
class ScoredSection:
    """One section's part; ``is_failed`` when a veto or too many failed items bring it down."""

    section: Section
    items: tuple[ScoredItem, ...]
    is_failed: bool

    @property
    def most(self) -> Fraction:
        """The points that could be had where items that do not apply are left out."""
        return sum((one.most for one in self.items), Fraction(0))

    @property
    def gathered(self) -> Fraction:
        """What its items earned, whether or not the section failed."""
        return sum((one.earned for one in self.items), Fraction(0))

    @property
    def earned(self) -> Fraction:
        """What counts: a failed rated or bonus section gives nothing."""
        if self.is_failed and self.section.kind is not SectionKind.COUNTED:
            return Fraction(0)
        return self.gathered


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still to do at an item: an answer, a comment, evidence, a photo or a cause."""

    item: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """What a sheet gives.

    ``value`` is the score that counts, ``without_veto`` what it would be if nothing were vetoed or
    failed as a whole. Both are None while answers are missing or when no rated item applies.
    ``so_far`` is the same arithmetic over what is answered yet. ``families`` says of each family of
    critical errors whether it failed, None while unknown.
    """

    sections: tuple[ScoredSection, ...]
    value: Decimal | None
    without_veto: Decimal | None
    so_far: Decimal | None
    vetoed_by: tuple[str, ...]
    failed_sections: tuple[str, ...]
    families: Mapping[Family, bool | None]
    missing: tuple[Missing, ...]
    is_passed: bool | None
    is_excellent: bool | None

    @property
    def is_vetoed(self) -> bool:
        """Whether one item or too many failed sections brought the whole sheet down (一票否决)."""
        return bool(self.vetoed_by)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer."""
        return not self.missing


def score(sheet: Sheet, answers: Answers) -> Score:
    """The score of ``answers`` (by the code of the item); codes the sheet lacks are passed over."""
    asked = _asked(sheet, answers)
    sections = tuple(_section(section, answers, asked) for section in sheet.sections)
    lines = [line for section in sections for line in section.items]
    missing = tuple(_missing(lines))
    failed = tuple(one.section.code for one in sections if one.is_failed)
    vetoed_by = _vetoes(sheet, lines, failed)
    without = _total(sheet, sections, with_failures=False)
    so_far = _total(sheet, sections, with_failures=True)
    if vetoed_by and so_far is not None:
        so_far = sheet.veto_score
    is_known = not any(one.what == "answer" for one in missing)
    value = so_far if is_known else None
    return Score(
        sections=sections,
        value=_rounded(value),
        without_veto=_rounded(without if is_known else None),
        so_far=_rounded(so_far),
        vetoed_by=vetoed_by,
        failed_sections=failed,
        families=_families(lines),
        missing=missing,
        is_passed=_reaches(value, sheet.passes_at),
        is_excellent=_reaches(value, sheet.excels_at),
    )


def _asked(sheet: Sheet, answers: Answers) -> set[str]:
    """The items that are asked: an item hangs on an earlier one, which must be asked itself."""
    asked: set[str] = set()
    for item in sheet.items:
        if item.shown is None or (
            item.shown.item in asked
            and answers.get(item.shown.item, NOTHING).value in item.shown.answers
        ):
            asked.add(item.code)
    return asked


def _section(section: Section, answers: Answers, asked: set[str]) -> ScoredSection:
    lines = tuple(
        _line(section, item, answers.get(item.code, NOTHING), is_asked=item.code in asked)
        for item in section.items
    )
    failures = [line for line in lines if line.is_failed]
    is_failed = any(line.item.veto is not Veto.NONE for line in failures) or (
        section.fails_after is not None and len(failures) >= section.fails_after
    )
    return ScoredSection(section, lines, is_failed)


def _line(section: Section, item: Item, given: Given, *, is_asked: bool) -> ScoredItem:
    nothing = ScoredItem(item, given, is_asked, Fraction(0), Fraction(0), None)
    if not is_asked or given.is_na or not item.is_scored:
        return nothing
    if section.kind is SectionKind.COUNTED:
        times = _number(given)
        return ScoredItem(item, given, True, _counted(item, times), Fraction(0), times > 0)
    if not given.is_answered:
        return nothing
    share, is_failed = _share(item, given)
    return ScoredItem(item, given, True, share * item.points, item.points, is_failed)


def _number(given: Given) -> Fraction:
    return given.value if isinstance(given.value, Fraction) else Fraction(0)


def _counted(item: Item, times: Fraction) -> Fraction:
    points = item.points * times
    if item.cap is None:
        return points
    return max(points, item.cap) if item.points < 0 else min(points, item.cap)


def _share(item: Item, given: Given) -> tuple[Fraction, bool]:
    """The part of the points an answer gives (0-1), and whether the item failed."""
    number = _number(given)
    match item.kind:
        case ItemKind.SCALE:
            low, high = item.low or Fraction(0), item.high or Fraction(1)
            return (number - low) / (high - low), number < (
                item.fails_below if item.fails_below is not None else low
            )
        case ItemKind.MEASURE:
            is_inside = (item.low is None or number >= item.low) and (
                item.high is None or number <= item.high
            )
            return Fraction(is_inside), not is_inside
    chosen = given.value if isinstance(given.value, tuple) else (given.value,)
    known = [one for one in item.answers if one.code in chosen]
    share = sum((one.share for one in known), Fraction(0))
    return min(Fraction(1), share), any(one.is_failed for one in known)


def _vetoes(sheet: Sheet, lines: Iterable[ScoredItem], failed: tuple[str, ...]) -> tuple[str, ...]:
    """What brings the whole sheet down: items, or the sections of which too many failed."""
    items = tuple(
        line.item.code for line in lines if line.is_failed and line.item.veto is Veto.SHEET
    )
    if items or sheet.fails_after is None or len(failed) < sheet.fails_after:
        return items
    return failed


def _total(
    sheet: Sheet, sections: tuple[ScoredSection, ...], *, with_failures: bool
) -> Fraction | None:
    """The score; None when nothing rated applies. What does not apply is weighed out."""

    def earned(section: ScoredSection) -> Fraction:
        return section.earned if with_failures else section.gathered

    rated = [one for one in sections if one.section.kind is SectionKind.RATED]
    applying = [one for one in rated if one.most > 0]
    if rated and not applying:
        return None
    base = sheet.full if sheet.start is None else sheet.start
    if rated and sheet.is_weighted:
        weights = [one.section.weight or Fraction(0) for one in applying]
        parts = [w * earned(one) / one.most for w, one in zip(weights, applying, strict=True)]
        if not sum(weights):
            return None
        base = sum(parts, Fraction(0)) / sum(weights) * sheet.full
    elif rated:
        most = sum((one.most for one in applying), Fraction(0))
        base = sum((earned(one) for one in applying), Fraction(0)) / most * sheet.full
    others = [one for one in sections if one.section.kind is not SectionKind.RATED]
    return max(Fraction(0), base + sum((earned(one) for one in others), Fraction(0)))


def _families(lines: Iterable[ScoredItem]) -> dict[Family, bool | None]:
    known: dict[Family, list[bool | None]] = {}
    for line in lines:
        if line.item.family and line.is_asked and not line.given.is_na:
            known.setdefault(line.item.family, []).append(line.is_failed)
    return {
        family: True if True in found else None if None in found else False
        for family, found in known.items()
    }


def _missing(lines: Iterable[ScoredItem]) -> Iterator[Missing]:
    for line in lines:
        item, given = line.item, line.given
        if not line.is_asked or given.is_na:
            continue
        if not given.is_answered and item.kind is not ItemKind.COUNT:
            if not item.is_optional:
                yield Missing(item.code, "answer")
            continue
        is_failed = bool(line.is_failed)
        wanted = {
            "comment": _is_due(item.comment, is_failed=is_failed) and not given.comment.strip(),
            "evidence": _is_due(item.evidence, is_failed=is_failed) and not given.evidence,
            "photo": _is_due(item.photo, is_failed=is_failed) and not given.photos,
            "cause": bool(item.causes) and is_failed and not given.causes,
        }
        yield from (Missing(item.code, what) for what, is_due in wanted.items() if is_due)


def _is_due(need: Need, *, is_failed: bool) -> bool:
    return need is Need.ALWAYS or (need is Need.FAILED and is_failed)


def _reaches(value: Fraction | None, line: Fraction | None) -> bool | None:
    return None if value is None or line is None else value >= line


def _rounded(value: Fraction | None) -> Decimal | None:
    """To a hundredth, halves up (四舍五入), from the exact fraction."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)
