"""A score sheet from data (JSON, YAML, the editor, an Excel file): every problem named at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from .fields import TITLE, Fields
from .model import (
    WITH_ANSWERS,
    Answer,
    Family,
    Fill,
    Item,
    ItemKind,
    Need,
    Section,
    SectionKind,
    Sheet,
    Shown,
    Veto,
)
from .problems import InvalidSheet, Problem

MOST_ITEMS = 1000


def read_sheet(data: object) -> Sheet:
    """The sheet that ``data`` describes. Raises InvalidSheet with every problem."""
    problems: list[Problem] = []
    if not isinstance(data, Mapping):
        raise InvalidSheet([Problem("not_a_mapping")])
    fields = Fields(data, "", problems)
    sheet = Sheet(
        title=fields.text("title", longest=TITLE, is_required=True),
        full=_or(fields.number("full", low=1), Fraction(100)),
        start=fields.number("start", low=0),
        passes_at=fields.number("passes_at", low=0),
        excels_at=fields.number("excels_at", low=0),
        veto_score=_or(fields.number("veto_score", low=0), Fraction(0)),
        fails_after=fields.whole("fails_after"),
        sections=_sections(fields),
    )
    fields.done()
    _check_sums(sheet, fields)
    if problems:
        raise InvalidSheet(problems)
    return sheet


def _or(value: Fraction | None, default: Fraction) -> Fraction:
    return default if value is None else value


def _sections(fields: Fields) -> tuple[Section, ...]:
    taken: set[str] = set()
    items: dict[str, Item] = {}
    sections = tuple(_section(one, taken, items) for one in fields.inside("sections"))
    if not sections:
        fields.note("missing", "sections")
    elif not any(item.is_scored for item in items.values()) and items:
        fields.note("no_scored_items")
    if len(items) > MOST_ITEMS:
        fields.note("too_large", "sections", maximum=MOST_ITEMS)
    return sections


def _section(fields: Fields, taken: set[str], items: dict[str, Item]) -> Section:
    kind = fields.choice("kind", SectionKind, SectionKind.RATED)
    section = Section(
        code=fields.code(taken),
        title=fields.text("title", longest=TITLE, is_required=True),
        kind=kind,
        items=tuple(_item(one, kind, items) for one in fields.inside("items")),
        weight=fields.number("weight", low=0),
        fails_after=fields.whole("fails_after"),
    )
    if not section.items:
        fields.note("no_items")
    if section.weight is not None and kind is not SectionKind.RATED:
        fields.note("weight_elsewhere", "weight")
    fields.done()
    return section


def _item(fields: Fields, section: SectionKind, items: dict[str, Item]) -> Item:
    kind = fields.choice("kind", ItemKind, ItemKind.CHOICE)
    answers = _answers(fields, kind)
    family = fields.get("family")
    item = Item(
        code=fields.code(set(items)),
        title=fields.text("title", longest=500, is_required=True),
        kind=kind,
        guidance=fields.text("guidance"),
        points=_or(fields.number("points"), Fraction(0)),
        cap=fields.number("cap"),
        answers=answers,
        low=fields.number("low"),
        high=fields.number("high"),
        step=fields.number("step", low=0),
        fails_below=fields.number("fails_below"),
        unit=fields.text("unit", longest=40),
        veto=fields.choice("veto", Veto, Veto.NONE),
        family=fields.choice("family", Family, Family.CUSTOMER) if family else None,
        allows_na=fields.flag("allows_na"),
        is_optional=fields.flag("is_optional"),
        comment=fields.choice("comment", Need, Need.NEVER),
        evidence=fields.choice("evidence", Need, Need.NEVER),
        photo=fields.choice("photo", Need, Need.NEVER),
        causes=fields.texts("causes"),
        clauses=fields.texts("clauses"),
        shown=_shown(fields, items),
    )
    item = replace(item, fill=_fill(fields, item))
    fields.done()
    _check_item(fields, item, section)
    items[item.code or f"?{len(items)}"] = item
    return item


def _answers(fields: Fields, kind: ItemKind) -> tuple[Answer, ...]:
    taken: set[str] = set()
    found = []
    for inner in fields.inside("answers"):
        share = _or(inner.number("share", low=0, high=1), Fraction(0))
        found.append(
            Answer(
                code=inner.code(taken),
                title=inner.text("title", longest=TITLE, is_required=True),
                share=share,
                is_failed=inner.flag("is_failed", default=kind is ItemKind.CHOICE and share == 0),
            )
        )
        inner.done()
    return tuple(found)


def _shown(fields: Fields, items: Mapping[str, Item]) -> Shown | None:
    """On what an item hangs: only on a choice before it, so that nothing goes in circles."""
    inner = fields.within("shown")
    if inner is None:
        return None
    name, answers = inner.text("item", is_required=True), inner.texts("answers")
    before = items.get(name)
    if before is None or before.kind is not ItemKind.CHOICE:
        inner.note("shown_unknown", "item", name=name)
    else:
        for one in answers:
            if before.answer(one) is None:
                inner.note("shown_answer", "answers", item=name, name=one)
    if not answers:
        inner.note("missing", "answers")
    inner.done()
    return Shown(name, answers)


def _fill(fields: Fields, item: Item) -> Fill | None:
    inner = fields.within("fill")
    if inner is None:
        return None
    fill = Fill(inner.texts("rules"), inner.text("hit"), inner.text("miss"))
    if not fill.rules:
        inner.note("missing", "rules")
    if item.kind is ItemKind.CHOICE:
        for name, code in (("hit", fill.hit), ("miss", fill.miss)):
            if code and item.answer(code) is None:
                inner.note("fill_answer", name, name=code)
        if not fill.hit and not fill.miss:
            inner.note("missing", "hit")
    elif item.kind is not ItemKind.COUNT:
        inner.note("fill_kind")
    inner.done()
    return fill


def _check_item(fields: Fields, item: Item, section: SectionKind) -> None:
    if item.kind in WITH_ANSWERS:
        if len(item.answers) < 2:
            fields.note("few_answers", "answers")
        elif item.points and not any(one.share == 1 for one in item.answers):
            fields.note("no_best_answer", "answers")
    _check_range(fields, item)
    if not item.is_scored:
        return
    is_counted = section is SectionKind.COUNTED
    if is_counted != (item.kind is ItemKind.COUNT):
        fields.note("counted_needs_count" if is_counted else "count_needs_counted", "kind")
    elif is_counted and item.points == 0:
        fields.note("points_zero", "points")
    elif not is_counted and item.points < 0:
        fields.note("points_not_positive", "points")
    if item.cap is not None and item.cap * item.points <= 0:
        fields.note("cap_direction", "cap")


def _check_range(fields: Fields, item: Item) -> None:
    if item.kind is ItemKind.SCALE:
        for name, value in (("low", item.low), ("high", item.high)):
            if value is None:
                fields.note("missing", name)
    elif item.kind is ItemKind.MEASURE and item.low is None and item.high is None:
        fields.note("needs_a_limit", "low")
    if item.low is not None and item.high is not None and item.low >= item.high:
        fields.note("ends_reversed", "low")


def _check_sums(sheet: Sheet, fields: Fields) -> None:
    """Weights, else points, must make up the full mark; the refusal names the sum."""
    rated = sheet.rated
    if rated and sheet.start is not None:
        fields.note("start_with_rated", "start")
    if None not in (sheet.passes_at, sheet.excels_at) and sheet.excels_at < sheet.passes_at:  # type: ignore[operator]
        fields.note("lines_reversed", "excels_at")
    if not rated:
        return
    if not sheet.is_weighted:
        points = sum((section.points for section in rated), Fraction(0))
        if points != sheet.full:
            fields.note("points_sum", "sections", sum=_plain(points), full=_plain(sheet.full))
        return
    for section in rated:
        if section.weight is None:
            fields.problems.append(Problem("weight_missing", f"sections.{section.code}.weight"))
        elif section.weight and not section.points:
            fields.problems.append(Problem("no_scored_items", f"sections.{section.code}"))
    weights = sum((section.weight or Fraction(0) for section in rated), Fraction(0))
    if weights != sheet.full:
        fields.note("weights_sum", "sections", sum=_plain(weights), full=_plain(sheet.full))


def _plain(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):g}"
