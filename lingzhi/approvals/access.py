"""A request is seen by those it concerns, decided by those whose step it is."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import visible_to


def approval_to_read(user: User, pk: int) -> Approval:
    approval = visible_to(user).filter(pk=pk).first()
    if approval is None:
        raise Http404
    return approval


def approval_to_decide(user: User, pk: int) -> Approval:
    """A request in which this person may sign; whose turn it is, the service checks."""
    approval = approval_to_read(user, pk)
    if not user.can("approvals.decide"):
        raise PermissionDenied
    return approval
