"""People: who is seen by whom, where they work, and who is meant by an extension."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment, Identity, Unit
from lingzhi.org.queries.scope import assignments_on, in_force, reach


def people_visible_to(user: User, capability: str = "accounts.read") -> QuerySet[User]:
    """People assigned within reach today or later; the whole company sees everybody.

    Everyone sees themselves.
    """
    mine = reach(user, capability)
    if mine.is_everything:
        return User.objects.all()
    current = Assignment.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=today()),
        mine.over("unit__path", "person_id"),
        person=OuterRef("pk"),
    )
    return User.objects.filter(Exists(current) | Q(pk=user.pk))


def people_in(unit: Unit, day: date | None = None) -> QuerySet[User]:
    """Active people assigned on `day` (today) anywhere in the unit's subtree."""
    there = assignments_on(day or today()).filter(
        unit__path__startswith=unit.path, person=OuterRef("pk")
    )
    return User.objects.filter(Exists(there), is_active=True)


def team_of(person: User, day: date) -> Unit | None:
    """The unit the person worked at on `day`: the deepest of the assignments in force."""
    return teams_on(day, [person.pk]).get(person.pk)


def teams_on(day: date, people: Iterable[int]) -> dict[int, Unit]:
    """`team_of` for many people with one query."""
    found: dict[int, Unit] = {}
    for assignment in assignments_on(day).filter(person__in=people).order_by("from_on"):
        known = found.get(assignment.person_id)
        if known is None or assignment.unit.depth >= known.depth:
            found[assignment.person_id] = assignment.unit
    return found


def person_by_identity(kind: str, value: str, day: date) -> User | None:
    """Who had this extension, login or id on `day`; None when nobody is known to."""
    found = (
        Identity.objects.filter(in_force(day), kind=kind, value=value.strip())
        .select_related("person")
        .first()
    )
    return found.person if found else None


def held_roles_overlapping(person: User, from_on: date, to_on: date | None) -> set[str]:
    """Codes of the roles the person holds at any time from `from_on` to `to_on`."""
    overlapping = Q(to_on__isnull=True) | Q(to_on__gte=from_on)
    if to_on is not None:
        overlapping &= Q(from_on__lte=to_on)
    return set(Assignment.objects.filter(overlapping, person=person).values_list("role", flat=True))
