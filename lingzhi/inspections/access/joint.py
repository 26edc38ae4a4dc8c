"""Joint inspections: opened by those who plan, recorded and signed by those who take part."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.models import JointInspection
from lingzhi.inspections.queries.joint import joint_visible_to


def joint_to_read(user: User, pk: int) -> JointInspection:
    found = joint_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def joint_to_record(user: User, pk: int) -> JointInspection:
    """One that this person takes part in."""
    found = joint_to_read(user, pk)
    if not found.inspectors.filter(person=user).exists():
        raise PermissionDenied
    return found
