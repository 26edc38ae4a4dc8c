"""What conformity shows on pages of the rulebook: of a clause, of a pilot."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conformity.access.figures import FIGURES, READ, may_judge, units_of
from lingzhi.conformity.presenting.clauses import clause_url
from lingzhi.conformity.presenting.pilot_effects import shown_pilot_effect
from lingzhi.conformity.queries.periods import last_days
from lingzhi.conformity.queries.pilot_effects import effect_of, proposed_for
from lingzhi.conformity.queries.standing import standing_of_clauses
from lingzhi.core.clock import today
from lingzhi.core.panels import Panel, Shown
from lingzhi.rulebook.models import Clause, Version

DAYS = 30


def _standing(user: User, clause: Clause) -> Shown | None:
    """The state of a clause that was agreed to, over the last days."""
    version = clause.version
    unit = units_of(user, version.regulation).first()
    if unit is None or version.approved_at is None:
        return None
    period = last_days(DAYS, today())
    found = standing_of_clauses(version, unit, period, number=clause.number)
    context: dict[str, Any] = {
        "standing": found[0],
        "place": unit,
        "url": clause_url(version.regulation_id, clause.number, {}),
    }
    return Shown("conformity/_panel.html", context)


def _pilot(user: User, pilot: Version) -> Shown | None:
    """What the figures recommend, with the door to them."""
    if not user.can(FIGURES) or not may_judge(user, pilot):
        return None
    found = effect_of(pilot, proposed_for(pilot), user)
    return Shown("conformity/pilots/_panel.html", {"shown": shown_pilot_effect(found)})


PILOT = Panel("rulebook.pilot", _pilot, READ)
CLAUSE = Panel("rulebook.clause", _standing, READ)
