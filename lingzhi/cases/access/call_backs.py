"""Who calls back, who asks for exclusion, who hides and who sees a complainant."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, require
from lingzhi.cases.access.dispatch import case_to_dispatch, is_desk, is_of_unit
from lingzhi.cases.models import Case, WorkOrder
from lingzhi.cases.queries.people import WORK
from lingzhi.cases.queries.secrecy import may_see_hidden


def case_to_call_back(user: User, pk: int) -> Case:
    """A case of the desk whose customer is called back. Other hands, the service checks."""
    return case_to_dispatch(user, pk)


def order_to_exclude(user: User, pk: int) -> WorkOrder:
    """An order of one's own unit or of one's own desk."""
    order = WorkOrder.objects.select_related("unit").filter(pk=pk).first()
    if order is None:
        raise Http404
    order.case = case_to_read(user, order.case_id)
    require(user, WORK)
    if not (is_of_unit(user, order) or is_desk(user, order.case)):
        raise PermissionDenied
    return order


def case_to_hide(user: User, pk: int) -> Case:
    """A case whose complainant this person hides: of the desk."""
    return case_to_dispatch(user, pk)


def case_with_hidden(user: User, pk: int) -> Case:
    """A case within sight of who holds the post for hidden complainants."""
    case = case_to_read(user, pk)
    if not may_see_hidden(user):
        raise PermissionDenied
    return case
