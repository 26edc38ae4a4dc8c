"""Keeping the list of cited standards, and answering who contests a citation."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Contest, Reference, ReferenceUse
from lingzhi.governance.queries.references import curators
from lingzhi.notifications.services import settle_matter, tell

UNCHECKED = Reference.State.UNCHECKED


class AnsweredAlready(DomainError):
    message = _("This was answered already.")


@transaction.atomic
def keep_reference(row: Reference, *, by: User) -> Reference:
    """New or changed. Whoever says how valid it is has checked it today. Raises BadInput."""
    if row.state == Reference.State.REPLACED and not row.replaced_by.strip():
        raise BadInput(_("Say by which standard it was replaced."), field="replaced_by")
    is_checked = row.state != UNCHECKED
    row.checked_on, row.checked_by = (today(), by) if is_checked else (None, None)
    row.save()
    after = {"number": row.number, "title": row.title, "state": row.state}
    record(by, "governance.reference_kept", row, after=after)
    return row


@transaction.atomic
def keep_use(use: ReferenceUse, *, by: User) -> ReferenceUse:
    """Where it is cited, or which process answers it. Raises BadInput."""
    same = ReferenceUse.objects.filter(
        reference=use.reference, kind=use.kind, where=use.where, words=use.words
    )
    if same.exists():
        raise BadInput(_("This is written down already."), field="where")
    use.save()
    after = {"kind": use.kind, "where": use.where, "words": use.words}
    record(by, "governance.reference_used", use.reference, after=after)
    return use


@transaction.atomic
def remove_use(use: ReferenceUse, *, by: User) -> None:
    """It was written down by mistake, or no longer holds."""
    before = {"kind": use.kind, "where": use.where, "words": use.words}
    record(by, "governance.reference_unused", use.reference, before=before)
    use.delete()


@transaction.atomic
def contest(reference: Reference, words: str, *, by: User) -> Contest:
    """A reader says what is wrong; who keeps the references has a to-do. Raises BadInput."""
    if not words.strip():
        raise BadInput(_("Write it down."), field="words")
    row = Contest.objects.create(
        reference=reference, words=words.strip(), contested_at=now(), contested_by=by
    )
    tell(curators(), _("A citation is contested"), body=reference.number, url=_url(reference),
         is_todo=True, matter=_matter(row))  # fmt: skip
    record(by, "governance.reference_contested", reference, after={"contest": row.pk})
    return row


@transaction.atomic
def answer_contest(row: Contest, words: str, *, by: User) -> None:
    """Say what was found; who contested hears of it. Raises BadInput, AnsweredAlready."""
    if not words.strip():
        raise BadInput(_("Write it down."), field="words")
    given = {"answer": words.strip(), "answered_at": now(), "answered_by": by}
    if not Contest.objects.filter(pk=row.pk, answered_at=None).update(**given):
        raise AnsweredAlready()
    settle_matter(_matter(row))
    tell([row.contested_by], _("What you contested was answered"), body=row.reference.number,
         url=_url(row.reference))  # fmt: skip
    record(by, "governance.contest_answered", row.reference, after={"contest": row.pk})


def _matter(row: Contest) -> str:
    return f"governance.contest/{row.pk}"


def _url(reference: Reference) -> str:
    return reverse("governance:reference", args=[reference.pk])
