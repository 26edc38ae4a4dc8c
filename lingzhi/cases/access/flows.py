"""Flows: who reads them, who changes them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import Flow
from lingzhi.cases.queries.people import READ, SET


def flow_to_read(user: User, pk: int) -> Flow:
    """A flow, for everybody who sees cases."""
    require(user, READ)
    flow = Flow.objects.filter(pk=pk).first()
    if flow is None:
        raise Http404
    return flow


def flow_to_change(user: User, pk: int) -> Flow:
    """A flow this person may change."""
    flow = flow_to_read(user, pk)
    require(user, SET)
    return flow


def may_set(user: User) -> bool:
    """Whether the person may change flows at all."""
    return user.can(SET)
