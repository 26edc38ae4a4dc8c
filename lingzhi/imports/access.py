"""An import is seen by who brought it and by those who may run background work."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.core.intake import ImportKind
from lingzhi.imports.kinds import kind_named, kinds
from lingzhi.imports.models import Batch


def kinds_for(user: User) -> list[ImportKind]:
    """The kinds of records this person may bring in."""
    return [kind for kind in kinds().values() if user.can(kind.capability)]


def kind_to_import(user: User, code: str) -> ImportKind:
    kind = kind_named(code)
    if not user.can(kind.capability):
        raise PermissionDenied
    return kind


def visible_to(user: User) -> QuerySet[Batch]:
    """All imports for administrators of background work, one's own for others."""
    rows = Batch.objects.select_related("file", "created_by")
    return rows if user.can("jobs.read") else rows.filter(created_by=user)


def batch_to_read(user: User, pk: int) -> Batch:
    batch = visible_to(user).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


def batch_to_decide(user: User, pk: int) -> Batch:
    """An import this person may publish or drop."""
    batch = batch_to_read(user, pk)
    if not user.can(kind_named(batch.kind).capability):
        raise PermissionDenied
    return batch
