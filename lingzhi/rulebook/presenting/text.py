"""The text of a version or a pack, chapter by chapter, with its figures and controls."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.models import Version, in_language
from lingzhi.rulebook.packs import Content, Piece, Resolved, content_of, pieces, resolve
from lingzhi.rulebook.packs.wording import say_value

HAN = re.compile("[一-鿿]")
FORCES: dict[str, str | Promise] = {
    "statement": _("Statement"),
    "must": _("Must"),
    "should": _("Should"),
    "may": _("May"),
}
TOUCHES: dict[str, str | Promise] = {
    "pay": _("pay"),
    "discipline": _("discipline"),
    "working_time": _("working time"),
}
MARKS: dict[str, str | Promise] = {
    "normative": _("normative"),
    "example": _("example"),
    "placeholder": _("set here"),
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of a control in words, and where it comes from."""

    label: str | Promise
    value: str
    mark: str | Promise

    @property
    def tongue(self) -> str:
        """`zh` for Chinese words on a page of another language: phrases, names of posts."""
        is_chinese = (get_language() or "").startswith("zh")
        return "" if is_chinese or not HAN.search(self.value) else "zh"


@dataclass(frozen=True, slots=True)
class ShownControl:
    """A control: what kind, whether an app runs it, and its values."""

    key: str
    kind: str | Promise
    title: str
    values: list[ShownValue]
    runs: bool
    waits_for: str


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its sentence in pieces, so that figures stand out."""

    number: str
    heading: str
    force: str
    force_label: str | Promise
    words: list[Piece]
    controls: list[ShownControl]
    touches: list[str | Promise]
    requirements: tuple[str, ...]
    waits_for: str

    @property
    def is_enforced(self) -> bool:
        return any(control.runs for control in self.controls)


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A heading and its clauses."""

    number: str
    heading: str
    clauses: list[ShownClause] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """1 for a chapter, 2 for a section of it."""
        return self.number.count(".") + 1


@dataclass(frozen=True, slots=True)
class ShownPack:
    """A pack as it is offered: its head, its chapters, and how much of it can run today."""

    content: Content
    title: str
    chapters: list[ShownChapter]
    clauses: int
    running: int
    waiting: int
    open_figures: int


def shown_chapters(version: Version) -> list[ShownChapter]:
    return chapters_of(content_of(version.body), version.answers)


def shown_pack(body: dict[str, Any]) -> ShownPack:
    content = content_of(body)
    chapters = chapters_of(content, {})
    clauses = [clause for chapter in chapters for clause in chapter.clauses]
    controls = [control for clause in clauses for control in clause.controls]
    running = sum(control.runs for control in controls)
    return ShownPack(
        content=content,
        title=_said(content.title),
        chapters=chapters,
        clauses=len(clauses),
        running=running,
        waiting=len(controls) - running,
        open_figures=sum(len(one.missing) for one in resolve(content, {})),
    )


def chapters_of(content: Content, answers: Any) -> list[ShownChapter]:
    """Headings open chapters; clauses before the first heading stand in one without a name."""
    resolved: dict[str, list[Resolved]] = {}
    for one in resolve(content, answers):
        resolved.setdefault(one.clause.number, []).append(one)
    chapters: list[ShownChapter] = []
    for clause in content.clauses:
        if clause.force == "heading" or not chapters:
            is_heading = clause.force == "heading"
            chapters.append(
                ShownChapter(
                    clause.number if is_heading else "", clause.heading if is_heading else ""
                )
            )
        if clause.force != "heading":
            chapters[-1].clauses.append(_clause(clause, content, answers, resolved))
    return chapters


def _clause(
    clause: Any, content: Content, answers: Any, resolved: dict[str, list[Resolved]]
) -> ShownClause:
    return ShownClause(
        number=clause.number,
        heading=clause.heading,
        force=clause.force,
        force_label=FORCES.get(clause.force, clause.force),
        words=pieces(clause.words, content, answers),
        controls=shown_controls(resolved.get(clause.number, ())),
        touches=[TOUCHES.get(one, one) for one in clause.touches],
        requirements=clause.requirements,
        waits_for=_said(clause.waits_for),
    )


def shown_controls(resolved: Iterable[Resolved]) -> list[ShownControl]:
    return [_control(one) for one in resolved]


def _control(one: Resolved) -> ShownControl:
    kind = control_kinds().get(one.control.kind)
    return ShownControl(
        key=one.control.key,
        kind=kind.label if kind else one.control.kind,
        title=one.control.words,
        values=list(_values(one)),
        runs=bool(kind and kind.runs),
        waits_for=kind.waits_for if kind else "",
    )


def _values(one: Resolved) -> Iterable[ShownValue]:
    kind = control_kinds().get(one.control.kind)
    for param in kind.params if kind else ():
        if param.name in one.values:
            mark = MARKS.get(one.marks.get(param.name, ""), "")
            yield ShownValue(param.label, say_value(one.control, param.name, one.values), mark)
        elif param.name in one.missing:
            yield ShownValue(param.label, str(_("to be set")), MARKS["placeholder"])


def named_controls(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The controls of a clause of a body: key, title, kind in words."""
    kinds = control_kinds()
    return [
        {
            "key": one["key"],
            "title": in_language(one.get("title") or {}),
            "kind": kinds[one["kind"]].label if one["kind"] in kinds else one["kind"],
        }
        for one in row.get("controls") or ()
    ]


def _said(texts: Any) -> str:
    return in_language(dict(texts)) if texts else ""
