"""Solved while the customer was still there (当场解决)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.own import demand_own_before_end
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.core.errors import BadInput
from lingzhi_engine.flow import Kind


@transaction.atomic
def solve_at_once(case: Case, result: str, *, by: User) -> None:
    """Take the step that leads from here to solved; the customer heard the result at once.

    Raises BadInput where the flow has no such step, OwnRefused where an own field must be filled.
    """
    flow = case.version.read()
    ways = [one for one in flow.from_state(case.state) if flow.kind_of(one.target) is Kind.SOLVED]
    if not ways:
        raise BadInput(_("This type of case is not solved at once."), field="disposition")
    demand_own_before_end(case)
    move_case(case, ways[0].code, seen=case.revision, reason=result, by=by)
    tell_customer(case, Told(result), seen=case.revision, by=by)
