"""Templates of reports (报告模板): drafted, tried on real days, put in force by a second act."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.reports.layouts import Content, check, shipped
from lingzhi.reports.models import Layout
from lingzhi.reports.queries.layouts import draft_of, layout_in_force
from lingzhi_engine.privacy import mask

MOST = 500


class DraftIsThere(DomainError):
    message = _("A draft of this template is there already: go on with it, or drop it.")


class NoDraftAnyMore(DomainError):
    message = _("This is no draft any more.")


class ChangedMeanwhile(DomainError):
    message = _("Somebody else changed the draft meanwhile. Look at it again.")


class IsAsShipped(DomainError):
    message = _("Reports of this kind look as they are shipped already.")


@transaction.atomic
def begin_layout(kind: str, *, source: Layout | None = None, by: User) -> Layout:
    """A draft to be changed: a copy of `source`, of the version in force, or of what is shipped.

    Going back to an earlier version begins here, too. Raises DraftIsThere.
    """
    if draft_of(kind) is not None:
        raise DraftIsThere()
    source = source or layout_in_force(kind)
    newest = Layout.objects.filter(kind=kind).aggregate(newest=Max("number"))["newest"] or 0
    try:
        with transaction.atomic():
            draft = Layout.objects.create(
                kind=kind, number=newest + 1, made_at=now(), made_by=by,
                content=source.content if source else shipped(kind),
            )  # fmt: skip
    except IntegrityError:
        raise DraftIsThere() from None
    after = {"kind": kind, "version": draft.number, "from": source.number if source else None}
    record(by, "reports.template_begun", draft, after=after)
    return draft


@transaction.atomic
def keep_layout(draft: Layout, content: Content, *, seen: int, by: User) -> None:
    """What the draft holds from now on; `seen` is the revision that was changed.

    Personal data in titles and paragraphs are masked. Raises BadInput, ChangedMeanwhile,
    NoDraftAnyMore.
    """
    kept = {"sections": [_masked(one) for one in content["sections"]]}
    check(draft.kind, kept)
    rows = Layout.objects.filter(pk=draft.pk, in_force_at=None, dropped_at=None)
    if not rows.filter(revision=seen).update(content=kept, revision=F("revision") + 1):
        raise ChangedMeanwhile() if rows.exists() else NoDraftAnyMore()
    after = {"kind": draft.kind, "version": draft.number, "sha256": digest_of(kept)}
    record(by, "reports.template_kept", draft, after=after)


def _masked(one: Content) -> dict[str, Any]:
    return {**one, "title": mask(one["title"]), "text": mask(one["text"])}


@transaction.atomic
def put_layout_in_force(draft: Layout, *, seen: int, reason: str, by: User) -> None:
    """Reports made from now on have it; those that are there keep theirs, in every edition.

    `seen` is the revision that was looked at. Raises BadInput, ChangedMeanwhile, NoDraftAnyMore.
    """
    words = _demanded(reason)
    check(draft.kind, draft.content, is_final=True)
    moment = now()
    before = layout_in_force(draft.kind)
    if before is not None:
        Layout.objects.filter(pk=before.pk).update(ended_at=moment)
    rows = Layout.objects.filter(pk=draft.pk, in_force_at=None, dropped_at=None)
    given = {"in_force_at": moment, "in_force_by": by, "reason": words}
    if not rows.filter(revision=seen).update(**given):
        raise ChangedMeanwhile() if rows.exists() else NoDraftAnyMore()
    after = {"kind": draft.kind, "version": draft.number, "sha256": digest_of(draft.content)}
    earlier = {"version": before.number if before else None}
    record(by, "reports.template_in_force", draft, before=earlier, after=after, reason=words)


@transaction.atomic
def drop_layout(draft: Layout, *, by: User) -> None:
    """The draft is not wanted. Raises NoDraftAnyMore."""
    rows = Layout.objects.filter(pk=draft.pk, in_force_at=None, dropped_at=None)
    if not rows.update(dropped_at=now()):
        raise NoDraftAnyMore()
    after = {"kind": draft.kind, "version": draft.number}
    record(by, "reports.template_dropped", draft, after=after)


@transaction.atomic
def reset_layout(kind: str, *, reason: str, by: User) -> None:
    """Reports made from now on look as they are shipped. Raises BadInput, IsAsShipped."""
    words = _demanded(reason)
    held = layout_in_force(kind)
    if held is None or not Layout.objects.filter(pk=held.pk, ended_at=None).update(ended_at=now()):
        raise IsAsShipped()
    after = {"kind": kind, "version": held.number}
    record(by, "reports.template_reset", held, after=after, reason=words)


def _demanded(reason: str) -> str:
    words = mask(reason.strip())[:MOST]
    if not words:
        raise BadInput(_("Say why."), field="reason")
    return words
