"""Linking and merging is for who works on both cases."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, case_to_work
from lingzhi.cases.models import Case, CaseLink, CaseMerge


def link_to_end(user: User, pk: int) -> CaseLink:
    """A living link of a case that this person works on."""
    link = CaseLink.objects.select_related("case", "other").filter(pk=pk, ended_at=None).first()
    if link is None:
        raise Http404
    _works_on_either(user, link.case, link.other)
    return link


def merge_to_undo(user: User, pk: int) -> CaseMerge:
    """A merge into a case that this person works on."""
    merge = CaseMerge.objects.select_related("merged", "kept").filter(pk=pk, undone_at=None).first()
    if merge is None:
        raise Http404
    case_to_work(user, merge.kept_id)
    return merge


def _works_on_either(user: User, case: Case, other: Case) -> None:
    case_to_read(user, case.pk)
    try:
        case_to_work(user, case.pk)
    except PermissionDenied:
        case_to_work(user, other.pk)
