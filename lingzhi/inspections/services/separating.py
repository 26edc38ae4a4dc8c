"""Who serves does not supervise itself (R-OR-09), where the company separates the two lines."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Unit
from lingzhi.org.queries import current_lines, may_supervise, supervises


class NotASupervisor(DomainError):
    message = _(
        "Service and supervision are separated here: only people of a supervising unit start"
        " inspections and put rules into force."
    )


class OwnUnit(DomainError):
    message = _(
        "Service and supervision are separated here: nobody inspects a unit they work in or head."
        " Narrow the run to other units."
    )


def require_supervisor(person: User) -> None:
    """Raises NotASupervisor where the lines are separated and the person is on the other one."""
    if current_lines().is_separated and not supervises(person, today()):
        raise NotASupervisor()


def require_supervision(person: User, rows: QuerySet[Contact]) -> None:
    """The same, and OwnUnit where `rows` hold conversations of a unit the person may not inspect.

    Conversations of nobody known belong to no unit.
    """
    if not current_lines().is_separated:
        return
    require_supervisor(person)
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit"))
    if not all(may_supervise(person, unit, today()) for unit in units):
        raise OwnUnit()
