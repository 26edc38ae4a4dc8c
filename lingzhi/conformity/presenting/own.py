"""What is kept about me in words: who may see it, for how long, on which legal ground."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.conformity.queries.own import Kept, kept_about
from lingzhi.core.clock import today
from lingzhi.core.languages import joined
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.org.queries import team_of


@dataclass(frozen=True, slots=True)
class ShownKept:
    """One line of the page."""

    found: Kept
    who: str
    kept_for: str
    ground: str


def shown_kept(person: User) -> list[ShownKept]:
    """All parts, in their order; empty ones, too."""
    days = policy_of(team_of(person, today())).keep_days
    return [_shown(one, days) for one in kept_about(person)]


def _shown(found: Kept, days: int) -> ShownKept:
    part = found.part
    others = [role for role in ROLES.values() if role.scope is Scope.UNIT]
    roles = [role.label for role in others if part.right in role.capabilities]
    period = _("%(n)s days") % {"n": days} if part.is_finding else _("no period is set")
    if part.right == "audit.search":
        ground = _("duty of the processor: Personal Information Protection Law, Art. 13 (3), 51")
    else:
        ground = _(
            "employment and lawful work rules: Personal Information Protection Law, Art. 13 (2)"
        )
    return ShownKept(found, joined([_("you"), *roles]), period, ground)
