"""A leader steps into a call of an agent, by the rules of their site (监听, 密语, 强插, 拦截)."""

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import CallLeg, PhoneCommand
from lingzhi.contacts.services.commands import ask_about_call
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.org.queries import team_of


def needs_reason(leg: CallLeg) -> bool:
    """Whether the site of this agent wants to know why somebody listens or steps in."""
    team = team_of(leg.agent, today()) if leg.agent else None
    return policy_of(team or leg.call.unit).needs_listening_reason


def step_in(leg: CallLeg, kind: str, *, number: str, reason: str, by: User) -> PhoneCommand:
    """Ask the phone system. Raises BadInput without a reason where one is needed, and what
    `ask_about_call` raises."""
    if needs_reason(leg) and not reason.strip():
        raise BadInput(_("Say why: your site asks for it."), field="reason")
    return ask_about_call(leg, kind, number=number, reason=reason, by=by)
