"""Who plans and holds audits, and whom they may audit."""

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.improvement.queries.people import works_in
from lingzhi.org.models import Unit
from lingzhi.org.queries.lines import may_supervise

READ, AUDIT = "governance.read", "governance.audit"


def may_audit(person: User, unit: Unit) -> bool:
    """Nobody audits the unit one works in or heads, nor one within it (R-OR-09).

    Where service and supervision are separated, only people of a supervising unit audit.
    """
    return not works_in(person, unit) and may_supervise(person, unit, today())
