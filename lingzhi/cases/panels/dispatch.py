"""Work orders, and who may see the complainant, on the page of a case."""

from lingzhi.accounts.models import User
from lingzhi.cases.access.dispatch import is_desk
from lingzhi.cases.models import Case
from lingzhi.cases.presenting.dispatch import dispatch_shown, is_dispatched
from lingzhi.cases.queries.people import READ, WORK
from lingzhi.cases.queries.secrecy import is_hidden, may_see_hidden
from lingzhi.core.panels import Panel, Shown


def _orders(user: User, case: Case) -> Shown | None:
    """The orders, the watch over them, and the calls back."""
    if not is_dispatched(case):
        return None
    return Shown("cases/dispatch/_panel.html", dispatch_shown(user, case))


def _secrecy(user: User, case: Case) -> Shown | None:
    """Whether the complainant is hidden, and who may look."""
    hidden, may_hide = is_hidden(case), user.can(WORK) and is_desk(user, case)
    if not is_dispatched(case) or not (hidden or may_hide):
        return None
    context = {"is_hidden": hidden, "may_see": may_see_hidden(user)}
    return Shown("cases/dispatch/_secrecy.html", context)


ORDERS = Panel("cases.case", _orders, READ)
SECRECY = Panel("cases.beside", _secrecy, READ)
