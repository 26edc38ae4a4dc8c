"""A score sheet for people to read, finished or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.languages import joined
from lingzhi.inspections.models import Rule, Sheet, SheetVersion
from lingzhi.inspections.services.sheets import problems_of
from lingzhi.inspections.sheet_editing import items_of, sections_of
from lingzhi.inspections.wording.sheets import (
    FAMILIES,
    ITEM_KINDS,
    NEEDS,
    SECTION_KINDS,
    VETOES,
    in_words,
    place_in_words,
)

State = SheetVersion.State


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line: `marks` are short words with their tone, `answers` what may be chosen."""

    code: str
    title: str
    points: Any
    answers: str
    guidance: str
    marks: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    code: str
    title: str
    kind: str
    weight: Any
    points: float
    is_rated: bool
    fails_after: Any
    items: tuple[ShownItem, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A version as it is read: what does not fit any part stands in `problems`."""

    version: SheetVersion
    sections: tuple[ShownSection, ...]
    problems: tuple[str, ...]
    problem_count: int
    item_count: int

    @property
    def is_ready(self) -> bool:
        """Whether it can be put into force."""
        return not self.problem_count


def shown_sheet(version: SheetVersion) -> ShownSheet:
    """A version with its problems, each beside what it is about."""
    problems = problems_of(version.content)
    by_place: dict[str, list[str]] = {}
    for problem in problems:
        by_place.setdefault(_about(problem.place), []).append(in_words(problem))
    titles = _titles_of_rules(version.content)
    sections = tuple(_section(one, by_place, titles) for one in sections_of(version.content))
    return ShownSheet(
        version=version,
        sections=sections,
        problems=tuple(by_place.get("", ())),
        problem_count=len(problems),
        item_count=sum(len(one.items) for one in sections),
    )


def _about(place: str) -> str:
    """The code of the item, else of the section, that a problem is about; "" for the sheet."""
    parts = place.split(".")
    if len(parts) >= 4 and parts[2] == "items":
        return parts[3]
    return parts[1] if len(parts) >= 2 and parts[0] == "sections" else ""


def _titles_of_rules(content: Mapping[str, Any]) -> dict[str, str]:
    """The titles of the rules that answer items, read once."""
    items = (item for section in sections_of(content) for item in items_of(section))
    codes = {code for item in items for code in (item.get("fill") or {}).get("rules") or []}
    rules = Rule.objects.filter(code__in=codes).prefetch_related("versions") if codes else []
    return {
        rule.code: next((one.title for one in rule.versions.all()), rule.code) for rule in rules
    }


def _section(
    section: dict[str, Any], problems: Mapping[str, list[str]], titles: Mapping[str, str]
) -> ShownSection:
    kind = section.get("kind", "rated")
    items = tuple(_item(one, problems, titles) for one in items_of(section))
    numbers = [one.points for one in items if isinstance(one.points, int | float)]
    return ShownSection(
        code=str(section.get("code", "")),
        title=str(section.get("title", "")),
        kind=str(SECTION_KINDS.get(kind, kind)),
        weight=section.get("weight"),
        points=sum(numbers),
        is_rated=kind == "rated",
        fails_after=section.get("fails_after"),
        items=items,
        problems=tuple(problems.get(str(section.get("code", "")), ())),
    )


def _item(
    item: dict[str, Any], problems: Mapping[str, list[str]], titles: Mapping[str, str]
) -> ShownItem:
    code = str(item.get("code", ""))
    return ShownItem(
        code=code,
        title=str(item.get("title", "")),
        points=item.get("points", 0),
        answers=answers_in_words(item),
        guidance=str(item.get("guidance", "")),
        marks=tuple(_marks(item)),
        notes=tuple(_notes(item, titles)),
        problems=tuple(problems.get(code, ())),
    )


def answers_in_words(item: Mapping[str, Any]) -> str:
    """What may be answered, in one line."""
    kind = item.get("kind", "choice")
    unit = f" {item['unit']}" if item.get("unit") else ""
    low, high = item.get("low"), item.get("high")
    if kind in ("choice", "multi"):
        return " / ".join(str(one.get("title", "")) for one in item.get("answers") or [])
    if kind == "scale":
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if kind == "measure" and low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": low, "high": high} + unit
    if kind == "measure":
        return (f"≥ {low}" if low is not None else f"≤ {high}") + unit
    return str(ITEM_KINDS.get(kind, kind))


def _marks(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if item.get("veto") == "sheet":
        yield _("veto"), "bad"
    elif item.get("veto") == "section":
        yield _("veto of the section"), "warn"
    if item.get("family") in FAMILIES:
        yield str(FAMILIES[item["family"]]), "flow"
    if item.get("allows_na"):
        yield _("may not apply"), "plain"
    if item.get("is_optional"):
        yield _("may be left out"), "plain"


def _notes(item: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    words = {
        "comment": _("Inspector’s comment"),
        "evidence": _("Evidence from the conversation"),
        "photo": _("Photo"),
    }
    for name, label in words.items():
        if item.get(name) in ("failed", "always"):
            yield _("%(what)s: %(when)s") % {"what": label, "when": NEEDS[item[name]]}
    if item.get("causes"):
        yield _("Causes: %(names)s") % {"names": joined(map(str, item["causes"]))}
    if item.get("cap") is not None:
        yield _("at most %(points)s in all") % {"points": item["cap"]}
    if item.get("clauses"):
        yield _("Clauses: %(names)s") % {"names": joined(map(str, item["clauses"]))}
    rules = (item.get("fill") or {}).get("rules") or []
    if rules:
        names = joined(titles.get(code, code) for code in rules)
        yield _("Answered by rules: %(names)s") % {"names": names}
    if item.get("shown"):
        yield _("Asked only after another answer")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One sheet of the list, with the version that counts most: in force, else the newest."""

    sheet: Sheet
    version: SheetVersion
    has_draft: bool


def shown_sheets() -> list[ShownLine]:
    """Every sheet: those in force first, by title."""
    lines = []
    for sheet in Sheet.objects.select_related("owner").prefetch_related("versions"):
        versions = list(sheet.versions.all())
        if not versions:
            continue
        active = next((one for one in versions if one.state == State.ACTIVE), versions[0])
        lines.append(ShownLine(sheet, active, any(one.state == State.DRAFT for one in versions)))
    return sorted(lines, key=lambda line: (line.version.state != State.ACTIVE, line.version.title))


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference between two versions: where, what was there, what is there now."""

    place: str
    before: str
    after: str


def difference_of(before: SheetVersion, after: SheetVersion) -> list[Changed]:
    """What changed, value by value, with the places in words."""
    old, new = dict(_flat(before.content)), dict(_flat(after.content))
    names = dict(_names(before.content)) | dict(_names(after.content))
    return [
        Changed(_place(key, names), _shown(old.get(key)), _shown(new.get(key)))
        for key in [*old, *(one for one in new if one not in old)]
        if old.get(key) != new.get(key)
    ]


def _flat(content: Mapping[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in content.items():
        if name in ("sections", "items") and isinstance(value, list):
            for one in value:
                yield from _flat(one, *path, str(one.get("code", "")))
        elif name != "code":
            yield (*path, name), value


def _names(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in sections_of(content):
        yield str(section.get("code")), str(section.get("title", ""))
        for item in items_of(section):
            yield str(item.get("code")), str(item.get("title", ""))


def _place(key: tuple[str, ...], names: Mapping[str, str]) -> str:
    parts = [names.get(part, part) for part in key[:-1]]
    return " › ".join([*parts, place_in_words(key[-1])])


CHOICES = {**ITEM_KINDS, **SECTION_KINDS, **VETOES, **FAMILIES, **NEEDS}


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return joined(_shown(one) for one in value)
    if isinstance(value, dict):
        if "title" in value:
            return f"{value['title']} = {float(value.get('share') or 0):.0%}"
        return "；".join(_shown(one) for one in value.values())
    return str(CHOICES.get(value, value)) if isinstance(value, str) else f"{value}"
