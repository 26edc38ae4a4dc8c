"""The validator of packs: names every problem at once, with its place."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.packs.checking_controls import ControlCheck
from lingzhi.rulebook.packs.problems import Findings, PackProblem
from lingzhi.rulebook.packs.wording import PLACE

HEAD = {
    "id", "edition", "title", "system", "applies_to", "purpose", "basis", "principles",
    "precedence", "interpreter", "terms", "extends", "uniform_across_channels", "ends_at",
    "slots", "quiz", "clauses",
}  # fmt: skip
CLAUSE = {"number", "title", "text", "force", "touches", "requirements", "waits_for", "controls"}
TOUCHES = ("pay", "discipline", "working_time")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NUMBER = re.compile(r"[^\s/]{1,20}")
REQUIREMENT = re.compile(r"[RIV]-([A-Z]{2}-)?\d{2}")
MOST_CLAUSES = 5000


def problems_of(
    body: Any, *, is_shipped: bool = False, files: Mapping[str, str] | None = None
) -> list[PackProblem]:
    """Everything that is wrong with a body; inheritance is merged already.

    `files` says where the head (under "") and each clause (under its number) comes from. A pack
    that comes with the program needs every text in both languages, one made here in one.
    """
    findings = Findings(files or {}, is_shipped=is_shipped)
    head = findings.mapping("", body)
    if head is None:
        return findings.problems
    _check_head(findings, head)
    clauses = findings.rows("clauses", head.get("clauses"))
    if not clauses:
        findings.add("clauses", _("There is no clause."))
    if len(clauses) > MOST_CLAUSES:
        findings.add("clauses", _("There are too many clauses."))
        return findings.problems
    controls = ControlCheck(findings)
    _check_numbers(findings, clauses)
    for row in clauses:
        _check_clause(findings, row, controls)
    _check_places(findings, clauses, controls.names)
    return findings.problems


def _check_head(findings: Findings, head: dict[str, Any]) -> None:
    findings.known("", head, HEAD)
    if not CODE.fullmatch(str(head.get("id", ""))):
        findings.add("id", _("Small letters, digits and dashes, 40 at most."))
    edition = head.get("edition", 1)
    if not isinstance(edition, int) or isinstance(edition, bool) or edition < 1:
        findings.add("edition", _("A whole number is needed."))
    needed = ("title", "applies_to", "purpose", "precedence") if findings.is_shipped else ("title",)
    for field in ("title", "applies_to", "purpose", "precedence", "interpreter"):
        if head.get(field) or field in needed:
            findings.texts(field, head.get(field))
    for field in ("basis", "principles"):
        for index, text in enumerate(findings.rows(field, head.get(field)), 1):
            findings.texts(f"{field}.{index}", text)
    _check_terms(findings, head.get("terms"))
    _check_slots(findings, head.get("slots"))
    _check_quiz(findings, head.get("quiz"))
    if head.get("ends_at"):
        ends = findings.mapping("ends_at", head["ends_at"]) or {}
        findings.texts("ends_at.note", ends.get("note"))


def _check_terms(findings: Findings, terms: Any) -> None:
    for name, word in (findings.mapping("terms", terms or {}) or {}).items():
        if not isinstance(word, str) or not word.strip():
            findings.add(f"terms.{name}", _("A text is needed."))


def _check_slots(findings: Findings, slots: Any) -> None:
    seen = set()
    for row in findings.rows("slots", slots):
        slot = findings.mapping("slots", row) or {}
        key = str(slot.get("key", ""))
        if not CODE.fullmatch(key) or key in seen:
            findings.add(f"slots.{key}", _("Each document needs a key of its own."))
        seen.add(key)
        findings.texts(f"slots.{key}.title", slot.get("title"))


def _check_quiz(findings: Findings, quiz: Any) -> None:
    for index, row in enumerate(findings.rows("quiz", quiz), 1):
        question = findings.mapping(f"quiz.{index}", row) or {}
        findings.texts(f"quiz.{index}.question", question.get("question"))
        options = findings.rows(f"quiz.{index}.options", question.get("options"))
        for option in options:
            findings.texts(f"quiz.{index}.options", option)
        right = question.get("right")
        is_place = isinstance(right, int) and 0 <= right < len(options)
        if not is_place or len(options) < 2:
            findings.add(
                f"quiz.{index}.right", _("Two options at least, and the right one's place")
            )


def _check_numbers(findings: Findings, clauses: list[Any]) -> None:
    seen: set[str] = set()
    for row in clauses:
        number = row.get("number") if isinstance(row, dict) else None
        if isinstance(number, str) and number in seen:
            findings.number = number
            findings.add("number", _("This number stands on two clauses."))
        seen.add(str(number))
    findings.number = ""


def _check_clause(findings: Findings, row: Any, controls: ControlCheck) -> None:
    clause = findings.mapping("clauses", row)
    if clause is None:
        return
    number = clause.get("number")
    findings.number = str(number or "")[:40]
    if not isinstance(number, str) or not NUMBER.fullmatch(number):
        findings.add("number", _("1 to 20 characters in quotes, without spaces or strokes."))
    findings.known("", clause, CLAUSE)
    force = clause.get("force")
    if force not in Clause.Force.values:
        findings.add("force", _("heading, statement, must, should or may"))
    if findings.is_shipped or force == Clause.Force.HEADING or clause.get("title"):
        findings.texts("title", clause.get("title"))  # articles of one's own may have none
    if force != Clause.Force.HEADING or clause.get("text"):
        findings.texts("text", clause.get("text"))
    if clause.get("waits_for"):
        findings.texts("waits_for", clause["waits_for"])
    _check_references(findings, clause)
    for control in findings.rows("controls", clause.get("controls")):
        controls.check(control)
    findings.number = ""


def _check_references(findings: Findings, clause: dict[str, Any]) -> None:
    for touched in findings.rows("touches", clause.get("touches")):
        if touched not in TOUCHES:
            findings.add("touches", _("pay, discipline or working_time"))
    for reference in findings.rows("requirements", clause.get("requirements")):
        if not isinstance(reference, str) or not REQUIREMENT.fullmatch(reference):
            findings.add("requirements", _("Not a reference: %(text)s") % {"text": reference})


def _check_places(
    findings: Findings, clauses: list[Any], names: Mapping[str, frozenset[str]]
) -> None:
    """Each `{control.figure}` in a text names a control of this pack and one of its parameters."""
    for row in clauses:
        texts = row.get("text") if isinstance(row, dict) else None
        if not isinstance(texts, Mapping):
            continue
        findings.number = str(row.get("number"))
        for place in sorted(
            {match for text in texts.values() for match in PLACE.findall(str(text))}
        ):
            if place[1] not in names.get(place[0], ()):
                message = _("No control gives %(place)s.") % {"place": ".".join(place)}
                findings.add("text", message)
    findings.number = ""
