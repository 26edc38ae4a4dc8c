"""What a template of a report may hold (报告模板): sections, what of them is shown, named facts.

A template is data: `{"sections": [{"section", "title", "text", "parts", "codes"}]}`. In its
paragraphs stands nothing but text and names of facts in braces; no other sign means anything, so
nothing that somebody writes there is ever carried out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import BadInput
from lingzhi.kpis.dictionary import indicators
from lingzhi.reports.kinds import KINDS, kind_of
from lingzhi.reports.models import SECTIONS, Plan

Content = Mapping[str, Any]
Words = str | Promise
TEXT, POINTS, RETURNED = "text", "points", "returned"
MOST, LONGEST, TITLE = 20, 3000, 80  # sections; letters of the paragraphs and of a title
# The order of documents as they are shipped.
ORDER = ("points", "returned", "service", "figures", "inspection", "problems", "trend", "cases",
         "measures", "directions")  # fmt: skip
WITHOUT_TALKS = ("service", "figures")  # what needs no conversations of the unit
OWN = {Plan.Kind.REVIEW: POINTS, Plan.Kind.RETURNED: RETURNED}  # people decide on it
PARTS: Mapping[str, Mapping[str, Words]] = {
    "inspection": {
        "figures": _("Indicators of inspection"),
        "rates": _("Share of bad conversations"),
        "items": _("Items that fail most"),
    },
    "cases": {"bad": _("Typical problems"), "good": _("Good examples")},
    "trend": {"chart": _("Chart"), "table": _("Table")},
    "service": {
        "counts": _("Cases and complaints"),
        "shares": _("In time, and what customers say to it"),
        "types": _("Cases by type"),
        "causes": _("Complaints by cause"),
    },
}
TALKS = "talks"
NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A fact that a paragraph may name; `section` is whose figures it is taken from."""

    code: str
    label: Words
    section: str = ""


NAMED: Mapping[str, Named] = {
    one.code: one
    for one in (
        Named("unit", _("the unit")),
        Named("days", _("the days it is about")),
        Named("days_before", _("the days it is compared with")),
        Named("contacts", _("conversations"), TALKS),
        Named("contacts_before", _("conversations in the period before"), TALKS),
        Named("inspected", _("share of conversations that were inspected"), TALKS),
        Named("unanswered", _("calls that nobody answered"), TALKS),
        Named("targets_met", _("how many targets are met"), "figures"),
        Named("targets_missed", _("indicators that missed their target"), "figures"),
        Named("bad_share", _("share of bad conversations, corrected"), "inspection"),
        Named("problems", _("how many rules were broken, the ten heaviest at most"), "problems"),
        Named("first_problem", _("the heaviest problem"), "problems"),
        Named("first_problem_share", _("how often it was found"), "problems"),
        Named("more_often", _("problems more often than before"), "problems"),
        Named("less_often", _("problems less often than before"), "problems"),
        Named("days_above", _("days above the limit of chance"), "trend"),
        Named("measures_better", _("earlier measures whose problem became less"), "measures"),
        Named("directions", _("how many directions are given"), "directions"),
        Named("points", _("points found by rule"), POINTS),
        Named("matters", _("matters that customers brought up"), RETURNED),
        Named("cases", _("cases registered"), "service"),
        Named("cases_before", _("cases registered in the period before"), "service"),
        Named("cases_solved", _("cases solved"), "service"),
        Named("cases_open", _("cases open at the end"), "service"),
        Named("complaints", _("complaints registered"), "service"),
        Named("complaints_before", _("complaints registered in the period before"), "service"),
        Named("late_share", _("time limits missed"), "service"),
    )
}


def sections_for(kind: str) -> dict[str, Words]:
    """The sections a template of this kind may show; points only where people decide on them."""
    own = OWN.get(Plan.Kind(kind), "")
    talks = KINDS[kind].of_talks
    return {
        name: SECTIONS[name]
        for name in ORDER
        if name == own or (name not in OWN.values() and (talks or name in WITHOUT_TALKS))
    }


def facts_for(kind: str) -> list[Named]:
    """The facts that paragraphs of this kind may name, indicators included."""
    sections = sections_for(kind)
    talks = KINDS[kind].of_talks
    found = [
        one
        for one in NAMED.values()
        if not one.section or one.section in sections or (one.section == TALKS and talks)
    ]
    return found + [Named(code, entry.name, "figures") for code, entry in indicators().items()]


def shipped(kind: str) -> dict[str, Any]:
    """The template that comes with the program: the usual sections, untitled, whole."""
    usual = KINDS[kind].sections
    return {"sections": [a_section(name) for name in ORDER if name in usual]}


def a_section(name: str) -> dict[str, Any]:
    return {
        "section": name, "title": "", "text": "", "parts": list(PARTS.get(name, ())), "codes": [],
    }  # fmt: skip


def wanted(plan: Plan, content: Content | None) -> list[str]:
    """The sections of a report of `plan`, in their order; own paragraphs are no section.

    The template says which. A plan that names its own sections, other than the usual ones, keeps
    just these; one that a clause asks for keeps its sections besides those of the template.
    """
    asked = [name for name in SECTIONS if name in (plan.sections or kind_of(plan).sections)]
    if content is None:
        return asked
    listed = [one["section"] for one in content["sections"] if one["section"] != TEXT]
    if set(asked) != set(kind_of(plan).sections):
        listed = [name for name in listed if name in asked]
        return listed + [name for name in asked if name not in listed]
    if plan.control_id is not None:
        return listed + [name for name in asked if name not in listed]
    return listed


def names_in(text: str) -> Iterator[str]:
    """What stands in braces."""
    return (one[1] for one in NAME.finditer(text))


def check(kind: str, content: Content, *, is_final: bool = False) -> None:
    """Raises BadInput naming the field: `title`, `text`, `parts`, `codes` or `section`, and the
    `row` of the section, from 0 on. A draft may lack words that are still to be written.
    """
    rows: Sequence[Content] = content["sections"]
    if not rows:
        raise BadInput(_("A template has at least one section."), field="section")
    if len(rows) > MOST:
        raise BadInput(_("A template has at most 20 sections."), field="section")
    own, names = OWN.get(Plan.Kind(kind), ""), [one["section"] for one in rows]
    if own and own not in names:
        words = _("The section “%(name)s” stays: people decide on what stands there.")
        raise BadInput(words % {"name": SECTIONS[own]}, field="section")
    for row, one in enumerate(rows):
        _check_section(kind, one, row, names)
        _check_text(kind, one, row, names)
        if is_final and one["section"] == TEXT and not one["text"].strip():
            raise BadInput(_("This paragraph has no words yet."), field="text", row=row)


def _check_section(kind: str, one: Content, row: int, names: Sequence[str]) -> None:
    name = one["section"]
    if name != TEXT and name not in sections_for(kind):
        raise BadInput(_("Reports of this kind have no such section."), field="section", row=row)
    if name != TEXT and names.count(name) > 1:
        raise BadInput(_("A section stands once."), field="section", row=row)
    if len(one["title"]) > TITLE:
        raise BadInput(_("80 characters at most."), field="title", row=row)
    parts = PARTS.get(name, {})
    if parts and not one["parts"]:
        words = _("Tick what it shows, or leave the section out.")
        raise BadInput(words, field="parts", row=row)
    if set(one["parts"]) - set(parts):
        raise BadInput(_("This section does not show that."), field="parts", row=row)
    if set(one["codes"]) - (set(indicators()) if name == "figures" else set()):
        raise BadInput(_("There is no such indicator."), field="codes", row=row)


def _check_text(kind: str, one: Content, row: int, names: Sequence[str]) -> None:
    """Only known facts, of sections that the report has; and no brace without its other half."""
    text = one["text"]
    if len(text) > LONGEST:
        raise BadInput(_("3,000 characters at most."), field="text", row=row)
    known = {fact.code: fact for fact in facts_for(kind)}
    for name in names_in(text):
        if name not in known:
            unknown = _("No fact of this report is called “%(name)s”.") % {"name": name}
            raise BadInput(unknown, field="text", row=row)
        if not _is_there(known[name].section, names):
            said = {"name": name, "section": SECTIONS[known[name].section]}
            missing = _("“%(name)s” needs the section “%(section)s”.") % said
            raise BadInput(missing, field="text", row=row)
    if set(NAME.sub("", text)) & set("{}"):
        alone = _("A brace stands alone: braces only hold the name of a fact.")
        raise BadInput(alone, field="text", row=row)


def _is_there(section: str, names: Iterable[str]) -> bool:
    """Indicators stand among the figures or in the section about inspection."""
    if section in ("", TALKS):
        return True
    return bool({"figures", "inspection"} & set(names) if section == "figures" else
                {section} & set(names))  # fmt: skip
