"""An import is seen by who brought it and by those who may see background work."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.core.intake import ImportKind
from lingzhi.imports.kinds import kind_named, kinds
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import visible_to


def kinds_for(user: User) -> list[ImportKind]:
    """The kinds of records this person may bring in; PermissionDenied where there is none."""
    found = [kind for kind in kinds().values() if user.can(kind.capability)]
    if not found:
        raise PermissionDenied
    return found


def batch_to_read(user: User, pk: int) -> Batch:
    batch = visible_to(user).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


def batch_to_decide(user: User, pk: int) -> Batch:
    """An import this person may map, publish, drop or resume."""
    batch = batch_to_read(user, pk)
    if not user.can(kind_named(batch.kind).capability):
        raise PermissionDenied
    return batch


def list_to_read(user: User) -> None:
    """PermissionDenied for those who neither import nor see background work."""
    if not user.can("jobs.read"):
        kinds_for(user)
