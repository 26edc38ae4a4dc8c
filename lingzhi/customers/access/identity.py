"""Who may merge files, undo merges, and keep files apart."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.customers.access.files import MERGE, READ, require
from lingzhi.customers.models import Likeness, Merge


def merge_to_undo(user: User, pk: int) -> Merge:
    found = Merge.objects.select_related("kept", "merged").filter(pk=pk).first()
    if found is None or not user.can(READ):
        raise Http404
    require(user, MERGE)
    return found


def likeness_to_judge(user: User, pk: int) -> Likeness:
    found = Likeness.objects.select_related("first", "second").filter(pk=pk).first()
    if found is None or not user.can(READ):
        raise Http404
    require(user, MERGE)
    return found
