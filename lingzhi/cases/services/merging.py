"""Two files of one matter become one, and two again (合并工单)."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, CaseMerge
from lingzhi.cases.services.claiming import CaseChanged, claim, note_event
from lingzhi.cases.services.clocks import repeat_dues
from lingzhi.cases.services.opening import matter_of
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter


class MergedAlready(DomainError):
    message = _("This case was merged already.")


class TakenBackAlready(DomainError):
    message = _("This merge was taken back already.")


@transaction.atomic
def merge_cases(merged: Case, kept: Case, *, seen: int, reason: str, by: User) -> CaseMerge:
    """From now on only `kept` is worked on; `seen` is the revision of `merged` on the page.

    Both are of one customer. Raises BadInput for what cannot be one matter.
    """
    why = demanded(reason, 500, field="reason")
    _require_one_matter(merged, kept)
    was = merged.kind
    claim(merged, seen, kind=Case.Kind.MERGED)
    try:
        with transaction.atomic():
            merge = CaseMerge.objects.create(
                merged=merged, kept=kept, was=was, reason=why, made_at=now(), made_by=by
            )
    except IntegrityError as error:
        raise MergedAlready() from error
    note_event(merged, CaseEvent.Kind.MERGED, by=by, other=kept, text=why)
    note_event(kept, CaseEvent.Kind.MERGED, by=by, other=merged, text=why)
    settle_matter(matter_of(merged))
    repeat_dues(kept)
    record(by, "cases.merged", merged, after={"into": kept.number}, reason=why)
    kept.refresh_from_db()
    return merge


def _require_one_matter(merged: Case, kept: Case) -> None:
    if merged == kept or kept.is_merged or kept.is_closed or merged.is_closed:
        raise BadInput(_("Choose another case that is open."), field="other")
    if None not in (merged.customer_id, kept.customer_id) and merged.customer != kept.customer:
        raise BadInput(
            _("These are cases of two customers: link them as parts of one incident instead."),
            field="other",
        )
    if merged.absorbed.filter(undone_at=None).exists():
        raise BadInput(_("Other cases were merged into this one: merge the other way round."))
    if merged.hand_overs.filter(answered_at=None).exists():
        raise BadInput(_("The case is offered to another unit: wait for its answer."))


@transaction.atomic
def undo_merge(merge: CaseMerge, *, reason: str, by: User) -> None:
    """Two cases again: the merged one stands where it stood, its clocks where they stand now."""
    why = demanded(reason, 500, field="reason")
    claimed = CaseMerge.objects.filter(pk=merge.pk, undone_at=None)
    if not claimed.update(undone_at=now(), undone_by=by, undone_why=why):
        raise TakenBackAlready()
    merged, kept = merge.merged, merge.kept
    if kept.is_closed:
        raise BadInput(_("The case it was merged into is closed: reopen that first."))
    given_back = Case.objects.filter(pk=merged.pk, kind=Case.Kind.MERGED)
    if not given_back.update(kind=merge.was, revision=F("revision") + 1):
        raise CaseChanged()
    for case, other in ((merged, kept), (kept, merged)):
        note_event(case, CaseEvent.Kind.UNMERGED, by=by, other=other, text=why)
        repeat_dues(case)
    record(by, "cases.unmerged", merged, before={"into": kept.number}, reason=why)
    merged.refresh_from_db()
    kept.refresh_from_db()
