"""Who holds which role where, and how far it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment, Unit


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one capability of a person reaches: unit subtrees, and the person's own records."""

    person_id: int
    paths: tuple[str, ...]
    is_own: bool

    @property
    def is_everything(self) -> bool:
        """Whether the whole company is within reach: a root's path has one id."""
        return any(path.count("/") == 2 for path in self.paths)

    def over(self, unit_path: str, person: str) -> Q:
        """A filter for rows with a unit path at `unit_path` and an owner at `person`.

        `unit_path` and `person` are lookups such as `unit__path` and `agent_id`.
        """
        found = Q(pk__in=[])
        for path in self.paths:
            found |= Q(**{f"{unit_path}__startswith": path})
        if self.is_own:
            found |= Q(**{person: self.person_id})
        return found

    @property
    def units(self) -> QuerySet[Unit]:
        """The units within reach; who only reaches the own records reaches none."""
        found = Q(pk__in=[])
        for path in self.paths:
            found |= Q(path__startswith=path)
        return Unit.objects.filter(found)

    def covers(self, unit: Unit | None, person_id: int | None) -> bool:
        """The same question for one row in memory."""
        if self.is_own and person_id == self.person_id:
            return True
        return unit is not None and any(unit.path.startswith(path) for path in self.paths)


def in_force(day: date) -> Q:
    """A filter for rows with `from_on` and `to_on` (both included) that hold on `day`."""
    return (Q(to_on__isnull=True) | Q(to_on__gte=day)) & Q(from_on__lte=day)


def assignments_on(day: date) -> QuerySet[Assignment]:
    """Assignments in force on `day`."""
    return Assignment.objects.filter(in_force(day)).select_related("unit")


def roles_of(user: User) -> set[str]:
    """Codes of the roles `user` holds today; every active person is at least an employee."""
    if not user.is_active:
        return set()
    return {"employee", *assignments_on(today()).filter(person=user).values_list("role", flat=True)}


def reach(user: User, capability: str) -> Reach:
    """Where `user` may use `capability` today. Nowhere when no role grants it."""
    if user.limited_to is not None and capability not in user.limited_to:
        return Reach(user.pk, (), False)
    return reaches([user.pk], capability)[user.pk]


def reaches(people: Iterable[int], capability: str) -> dict[int, Reach]:
    """`reach` of many people with one query."""
    paths: dict[int, set[str]] = {person: set() for person in people}
    own: set[int] = set()
    for assignment in assignments_on(today()).filter(person__in=paths):
        role = ROLES[assignment.role]
        if capability not in role.capabilities:
            continue
        if role.scope is Scope.UNIT:
            paths[assignment.person_id].add(assignment.unit.path)
        else:
            own.add(assignment.person_id)
    return {
        person: Reach(person, tuple(sorted(found)), person in own)
        for person, found in paths.items()
    }


def centre_name() -> str:
    """The name of the organisation as its tree's root has it; empty before the first set-up."""
    root = Unit.objects.filter(parent=None).only("name").first()
    return root.name if root else ""
