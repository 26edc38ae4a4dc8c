"""Who leads, supervises and works where something is put right."""

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.queries import assignments_on

READ, START, SUPERVISE = "improvement.read", "improvement.start", "improvement.supervise"


def heads_of(unit: Unit) -> list[User]:
    """The head of the unit; where none is named, who leads there or in the nearest unit above."""
    if unit.owner is not None and unit.owner.is_active:
        return [unit.owner]
    rows = _holding(START, unit)
    nearest = max((one.unit.depth for one in rows), default=0)
    return list(dict.fromkeys(one.person for one in rows if one.unit.depth == nearest))


def quality_managers(unit: Unit) -> list[User]:
    """Who answers for quality in the unit or above it."""
    rows = [one for one in _holding(SUPERVISE, unit) if one.role == "quality_manager"]
    return list(dict.fromkeys(one.person for one in rows))


def works_in(person: User, unit: Unit) -> bool:
    """Whether the person works in the unit or below it, or is its head."""
    if unit.owner_id == person.pk:
        return True
    rows = assignments_on(today()).filter(person=person, unit__path__startswith=unit.path)
    return rows.exists()


def _holding(capability: str, unit: Unit) -> list[Assignment]:
    roles = [
        code for code, role in ROLES.items()
        if capability in role.capabilities and role.scope is Scope.UNIT
    ]  # fmt: skip
    held = assignments_on(today()).filter(
        role__in=roles, person__is_active=True, unit__in=[*unit.above, unit.pk]
    )
    return list(held.select_related("person", "unit"))
