"""Controlled documents: writing versions, approval, review, withdrawal, destruction."""

from collections.abc import Collection
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import discard_file, store_file
from lingzhi.governance.models import Document, DocumentReview, DocumentVersion, Reference
from lingzhi.governance.queries.documents import in_force, kept_until, versions_to_tell
from lingzhi.governance.queries.months import months_later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Clause

State = DocumentVersion.State
MATTER = "governance.document"
USUAL = ["leadership"]  # until the house sets its own chain
PURPOSE = "documents"


class DocumentIsElsewhere(DomainError):
    message = _("The state of the document does not allow this, or somebody was quicker.")


@transaction.atomic
def keep_document(
    document: Document, *, by: User, references: Collection[Reference] | None = None
) -> Document:
    """What is known of it, new or changed, and what it cites. Raises DocumentIsElsewhere."""
    if document.pk and not Document.objects.filter(pk=document.pk, withdrawn_at=None).exists():
        raise DocumentIsElsewhere()
    document.save()
    if references is not None:
        document.references.set(references)
    record(by, "governance.document_kept", document, after=facts_of(document))
    return document


@transaction.atomic
def add_version(
    document: Document, source: BinaryIO, *, name: str, change: str, from_on: Any, by: User
) -> DocumentVersion:
    """The draft of the next version with its file. Raises BadInput, DocumentIsElsewhere, NoRoom."""
    Document.objects.select_for_update().get(pk=document.pk)
    if document.withdrawn_at is not None:
        raise DocumentIsElsewhere()
    if document.versions.filter(state__in=[State.DRAFT, State.ASKED]).exists():
        raise BadInput(_("A next version is being written already."), field="file")
    last = document.versions.order_by("-number").first()
    if last is not None and not change.strip():
        raise BadInput(_("Say what changed."), field="change")
    stored = store_file(source, name=name, purpose=PURPOSE, by=by)
    version = DocumentVersion.objects.create(
        document=document, number=last.number + 1 if last else 1, file=stored, name=stored.name,
        sha256=stored.sha256, change=change.strip(), from_on=from_on, kept_at=now(), kept_by=by,
    )  # fmt: skip
    record(by, "governance.document_version_kept", document, after=content_of(version))
    return version


@transaction.atomic
def request_approval(version: DocumentVersion, *, by: User) -> Approval | None:
    """Put it before the chain of documents. Raises DocumentIsElsewhere."""
    _claim(version, State.DRAFT, state=State.ASKED)
    return ask(
        version, MATTER, title=str(version.document), url=url_of(version.document),
        content=content_of(version), job="governance.approve_document",
        arguments={"version_id": version.pk}, roles=chain_of(MATTER) or USUAL, by=by,
    )  # fmt: skip


@transaction.atomic
def put_in_force(version: DocumentVersion, approval: Approval) -> bool:
    """The last signature was given: it holds from its first day, never from one that was over when
    it was signed, and the version before it ends. False where it is not what was signed, waits no
    more, or its document was withdrawn meanwhile.
    """
    document = version.document
    if version.state != State.ASKED or not approval.covers(content_of(version)):
        return False
    if document.withdrawn_at is not None:
        return False
    signer = approval.signatures.latest("step").signed_by
    from_on = max(version.from_on, today())
    for before in document.versions.filter(state=State.APPROVED, ended_on=None):
        settle_matter(matter_of(before))
        _end(before, max(from_on, before.from_on))
    _claim(
        version, State.ASKED, state=State.APPROVED, from_on=from_on, approved_at=now(),
        approved_by=signer, review_on=months_later(from_on, document.every_months),
    )  # fmt: skip
    record(signer, "governance.document_approved", document,
           after={"version": version.number, "approval": approval.pk})  # fmt: skip
    tell([document.owner], _("A document that you answer for is in force"), body=str(document),
         url=url_of(document))  # fmt: skip
    return True


@transaction.atomic
def reopen(version: DocumentVersion, *, by: User) -> DocumentVersion:
    """A draft again after a refusal. Raises DocumentIsElsewhere."""
    subject = f"{version._meta.label_lower}/{version.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise DocumentIsElsewhere(_("Its approval is still open."))
    _claim(version, State.ASKED, state=State.DRAFT)
    record(by, "governance.document_reopened", version.document, after={"version": version.number})
    return version


@transaction.atomic
def drop(version: DocumentVersion, reason: str, *, by: User) -> DocumentVersion:
    """A draft is given up; its file stays with it. Raises BadInput, DocumentIsElsewhere."""
    why = _why(reason)
    _claim(version, State.DRAFT, state=State.DROPPED)
    record(by, "governance.document_dropped", version.document, reason=why,
           after={"version": version.number})  # fmt: skip
    return version


@transaction.atomic
def review_document(
    version: DocumentVersion, outcome: str, reason: str, *, by: User
) -> DocumentVersion:
    """Looked at again: it stays, or is to be changed; the next review is due a period later.

    Raises BadInput, DocumentIsElsewhere.
    """
    why, due_on = _why(reason), version.review_on
    following = months_later(today(), version.document.every_months)
    rows = in_force(today()).filter(pk=version.pk, review_on=due_on)
    if due_on is None or not rows.update(review_on=following, told_on=None):
        raise DocumentIsElsewhere()
    version.review_on, version.told_on = following, None
    DocumentReview.objects.create(
        version=version, due_on=due_on, outcome=outcome, reason=why, said_at=now(), said_by=by
    )
    settle_matter(matter_of(version))
    record(by, "governance.document_reviewed", version.document, after={"outcome": outcome},
           reason=why)  # fmt: skip
    return version


@transaction.atomic
def withdraw(document: Document, reason: str, *, by: User) -> Document:
    """It holds no more from today on, without another in its place.

    Raises BadInput, DocumentIsElsewhere.
    """
    why, moment = _why(reason), now()
    rows = Document.objects.filter(pk=document.pk, withdrawn_at=None)
    if document.versions.filter(state=State.ASKED).exists():
        raise DocumentIsElsewhere(_("Its approval is still open."))
    if not rows.update(withdrawn_at=moment, withdrawn_by=by, reason=why):
        raise DocumentIsElsewhere()
    document.versions.filter(state=State.DRAFT).update(state=State.DROPPED)
    for version in document.versions.filter(state=State.APPROVED, ended_on=None):
        settle_matter(matter_of(version))
        _end(version, max(today(), version.from_on))
    document.refresh_from_db()
    record(by, "governance.document_withdrawn", document, reason=why)
    return document


@transaction.atomic
def destroy_version(version: DocumentVersion, reason: str, *, by: User) -> DocumentVersion:
    """The file of what holds no more is destroyed once it was kept long enough; who, when, why, its
    name and SHA-256 stay. Raises BadInput, DocumentIsElsewhere.
    """
    why, until = _why(reason), kept_until(version)
    if until is None or until > today():
        raise DocumentIsElsewhere(_("It has to be kept still."))
    stored = version.file
    rows = DocumentVersion.objects.filter(pk=version.pk, destroyed_at=None)
    facts = {"destroyed_at": now(), "destroyed_by": by, "destroyed_because": why, "file": None}
    if stored is None or not rows.update(**facts):
        raise DocumentIsElsewhere()
    record(by, "governance.document_destroyed", version.document, reason=why,
           after={"version": version.number, "sha256": version.sha256})  # fmt: skip
    discard_file(stored, by=by)
    version.refresh_from_db()
    return version


@transaction.atomic
def link_clause(document: Document, clause: Clause, *, by: User) -> Document:
    """It writes this clause down."""
    document.clauses.add(clause)
    record(by, "governance.document_linked", document, after={"clause": clause.pk})
    return document


@transaction.atomic
def unlink_clause(document: Document, clause: Clause, *, by: User) -> Document:
    """It does not write this clause down."""
    document.clauses.remove(clause)
    record(by, "governance.document_unlinked", document, before={"clause": clause.pk})
    return document


def ask_owners() -> int:
    """Two weeks before a review is due it is a to-do of the owner; the number of people told."""
    told = 0
    for one in versions_to_tell(today()):
        with transaction.atomic():
            DocumentVersion.objects.filter(pk=one.pk).update(told_on=today())
            told += tell(
                [one.document.owner], _("A document is to be looked at again"),
                body=str(one.document), url=url_of(one.document), is_todo=True,
                matter=matter_of(one),
            )  # fmt: skip
    return told


def facts_of(document: Document) -> dict[str, Any]:
    """What stands in the log."""
    names = ("number", "title", "kind", "unit_id", "owner_id", "readers", "every_months",
             "keep_years")  # fmt: skip
    return {name: getattr(document, name) for name in names}


def content_of(version: DocumentVersion) -> dict[str, Any]:
    """What signatures are bound to: the very bytes, too."""
    return {
        "document": version.document_id, "title": version.document.title,
        "version": version.number, "sha256": version.sha256, "change": version.change,
        "from_on": str(version.from_on),
    }  # fmt: skip


def _end(version: DocumentVersion, on: Any) -> None:
    DocumentVersion.objects.filter(pk=version.pk).update(ended_on=on)


def _claim(version: DocumentVersion, state_now: str, /, **changes: Any) -> None:
    if not DocumentVersion.objects.filter(pk=version.pk, state=state_now).update(**changes):
        raise DocumentIsElsewhere()
    for name, value in changes.items():
        setattr(version, name, value)


def _why(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    return why


def url_of(document: Document) -> str:
    return reverse("governance:document", args=[document.pk])


def matter_of(version: DocumentVersion) -> str:
    return f"governance.document/{version.pk}"
