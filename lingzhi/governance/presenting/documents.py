"""Controlled documents as pages and the register say them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lingzhi.core.clock import today
from lingzhi.governance.models import Document, DocumentVersion
from lingzhi.governance.queries.documents import AHEAD, in_force, kept_until

State = DocumentVersion.State


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version, how it stands today, and from when it may be destroyed."""

    version: DocumentVersion
    words: str
    tone: str
    until: date | None


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with what holds of it, if anything does."""

    document: Document
    holds: DocumentVersion | None
    due: tuple[str, str] | None


def shown_documents(rows: Iterable[Document]) -> list[ShownDocument]:
    documents = list(rows)
    holding = {one.document_id: one for one in in_force(today()).filter(document__in=documents)}
    return [_shown(one, holding.get(one.pk)) for one in documents]


def _shown(document: Document, holds: DocumentVersion | None) -> ShownDocument:
    return ShownDocument(document, holds, said_due(holds.review_on if holds else None))


def said_due(review_on: date | None) -> tuple[str, str] | None:
    """What is said of a review that is due, with its tone."""
    if review_on is None or review_on > today() + AHEAD:
        return None
    return (_("Overdue"), "bad") if review_on < today() else (_("Review due"), "warn")


def shown_version(version: DocumentVersion) -> ShownVersion:
    words, tone = _standing(version)
    return ShownVersion(version, words, tone, kept_until(version))


def _standing(version: DocumentVersion) -> tuple[str, str]:
    if version.destroyed_at is not None:
        return _("Destroyed"), "unknown"
    if version.state != State.APPROVED:
        return str(version.get_state_display()), "warn" if version.state == State.ASKED else "plain"
    if version.holds_on(today()):
        return pgettext("of a document", "In force"), "good"
    if version.from_on > today():
        return pgettext("of a document", "In force later"), "flow"
    return pgettext("of a document", "In force no more"), "plain"


def register_header() -> list[str]:
    return [
        _("Number"), _("Title"), _("Kind of document"), _("Unit"), _("Person in charge"),
        _("Version"), _("In force from"), _("Next review"), _("Approved by"), "SHA-256",
    ]  # fmt: skip


def register_rows(documents: Sequence[ShownDocument]) -> Iterator[list[str]]:
    """The register, one line a document."""
    for one in documents:
        held, row = one.holds, one.document
        said = (
            [str(held.number), held.from_on.isoformat(), str(held.review_on or ""),
             held.approved_by.name if held.approved_by else "", held.sha256]
            if held else ["", "", "", "", ""]
        )  # fmt: skip
        yield [row.number, row.title, str(row.get_kind_display()), row.unit.name, row.owner.name,
               *said]  # fmt: skip
