"""Who may read and answer what customers think."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.customers.access.files import ANSWER, READ
from lingzhi.customers.models import Opinion
from lingzhi.org.queries import reach


def opinions_for(user: User) -> QuerySet[Opinion]:
    """All for who sees customers, else those of the departments one answers for."""
    rows = Opinion.objects.select_related("unit", "noted_by", "answered_by", "customer")
    if user.can(READ):
        return rows
    if not user.can(ANSWER):
        raise PermissionDenied
    return rows.filter(reach(user, ANSWER).over("unit__path", "answered_by"))


def opinion_to_read(user: User, pk: int) -> Opinion:
    found = opinions_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_answer(user: User, opinion: Opinion) -> bool:
    """Whether the person answers for the department it was passed on to."""
    return user.can(ANSWER) and reach(user, ANSWER).covers(opinion.unit, None)


def opinion_to_answer(user: User, pk: int) -> Opinion:
    found = opinion_to_read(user, pk)
    if not may_answer(user, found):
        raise PermissionDenied
    return found
