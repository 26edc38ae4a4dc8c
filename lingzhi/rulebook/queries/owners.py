"""Whom packs made here belong to, and who writes regulations."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, reach, team_of
from lingzhi.rulebook.models import Pack, Regulation

WRITE = "rulebook.write"


def own_packs() -> QuerySet[Pack]:
    """Packs made here that are not withdrawn, with the units that they belong to."""
    return Pack.objects.filter(withdrawn_at=None).select_related("unit")


def unit_of_maker(user: User) -> Unit:
    """The unit that what a person makes belongs to: the topmost they write regulations for.

    Of several the one they work in. Of who writes for none it is the company's, so that only who
    writes for the whole company may change it.
    """
    mine = list(Unit.objects.filter(path__in=reach(user, WRITE).paths).order_by("path"))
    home = team_of(user, today())
    around = [unit for unit in mine if home and home.path.startswith(unit.path)]
    found = around or mine
    return found[0] if found else Unit.objects.get(parent=None)


def writers_of(regulation: Regulation) -> QuerySet[User]:
    """Who may revise it today."""
    roles = [
        code
        for code, role in ROLES.items()
        if WRITE in role.capabilities and role.scope is Scope.UNIT
    ]
    people = {
        one.person_id
        for one in assignments_on(today()).filter(role__in=roles)
        if regulation.unit.path.startswith(one.unit.path)
    }
    return User.objects.filter(pk__in=people, is_active=True)
