"""A version of a regulation as a document: everything that stands on paper, as PDF and Word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import Content, Resolved, content_of, pieces, resolve, said, say_value


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A clause with the adopted figures in its sentence. `level` 0 is no heading."""

    number: str
    title: str
    text: str
    level: int
    anchor: str

    @property
    def heading(self) -> str:
        """Number and title; a heading without a number has its title as number."""
        is_named = self.title and self.title.replace(" ", "") != self.number
        return f"{self.number}　{self.title}" if is_named else self.title or self.number

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n") if self.text else []


@dataclass(frozen=True, slots=True)
class PrintedControl:
    number: str
    title: str
    kind: str
    values: str
    is_enforced: bool


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    role: str
    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything that stands on the paper, in the reader's language."""

    title: str
    unit: str
    facts: list[tuple[str, str]]
    clauses: list[PrintedClause]
    controls: list[PrintedControl]
    signatures: list[PrintedSignature]
    file_name: str

    @property
    def headings(self) -> list[PrintedClause]:
        return [clause for clause in self.clauses if clause.level]


def printed(version: Version) -> Printed:
    """A version as it stands: needs its regulation, unit and approval."""
    content = content_of(version.body)
    return Printed(
        title=version.title,
        unit=version.regulation.unit.name,
        facts=[(label, text) for label, text in _facts(version, content) if text],
        clauses=list(_clauses(version, content)),
        controls=[_control(one) for one in resolve(content, version.answers)],
        signatures=_signatures(version),
        file_name=f"{version.regulation.pack}-v{version.number}",
    )


def _facts(version: Version, content: Content) -> Iterator[tuple[str, str]]:
    regulation = version.regulation
    yield _("Holds for"), regulation.unit.name
    yield _("Version"), str(version.number)
    yield _("State"), _state(version)
    yield _("In force from"), f"{version.effective_on:%Y-%m-%d}" if version.effective_on else ""
    yield _("In force until"), f"{version.ended_on:%Y-%m-%d}" if version.ended_on else ""
    yield _("Purpose"), content.purpose
    yield _("Applies to"), content.applies_to
    yield _("Basis"), _("; ").join(content.basis)
    yield _("Principles"), _("; ").join(content.principles)
    yield _("Precedence"), content.precedence
    yield _("Who interprets it"), regulation.interpreter or content.interpreter


def _state(version: Version) -> str:
    return {
        "draft": _("Draft"),
        "submitted": _("Waits for approval"),
        "reviewed": _("Reviewed"),
        "approved": _("Approved"),
        "effective": _("In force"),
        "withdrawn": _("No longer in force"),
    }[version.state_on(today())]


def _clauses(version: Version, content: Content) -> Iterator[PrintedClause]:
    for at, clause in enumerate(content.clauses):
        words = "".join(piece.text for piece in pieces(clause.words, content, version.answers))
        level = _level(clause.number) if clause.force == "heading" else 0
        anchor = f"v{version.pk}-{at}"
        yield PrintedClause(clause.number, clause.heading, words, level, anchor)


def _level(number: str) -> int:
    """How deep a heading lies: 第一章 1, 第一节 2, 2.1 2."""
    return 2 if number.endswith(("节", "節")) else min(number.count(".") + 1, 3)


def _control(one: Resolved) -> PrintedControl:
    kind = control_kinds().get(one.control.kind)
    values = [
        f"{param.label} {say_value(one.control, param.name, one.values)}"
        for param in (kind.params if kind else ())
        if param.name in one.values
    ]
    return PrintedControl(
        number=one.clause.number,
        title=said(one.control.title),
        kind=str(kind.label) if kind else one.control.kind,
        values=_("; ").join(values),
        is_enforced=bool(kind and kind.runs),
    )


def _signatures(version: Version) -> list[PrintedSignature]:
    """Who signed, in order; before anybody did, the places to sign on paper."""
    if version.approval is None:
        people = [(_("Drawn up by"), version.created_by.name), (_("Approved by"), "")]
        if version.approved_by is not None:
            people[1] = (_("Approved by"), version.approved_by.name)
        return [PrintedSignature(role, name, None) for role, name in people]
    signed = {one.step: one for one in version.approval.signatures.select_related("signed_by")}
    return [_signature(role, signed.get(at)) for at, role in enumerate(version.approval.roles)]


def _signature(role: str, signature: Any) -> PrintedSignature:
    label = str(ROLES[role].label) if role in ROLES else role
    if signature is None or not signature.is_agreed:
        return PrintedSignature(label, "", None)
    return PrintedSignature(label, signature.signed_by.name, signature.signed_at.date())
