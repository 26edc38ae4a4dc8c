"""Lines of responsibility: who answers to whom, who may appraise and who may supervise."""

from datetime import date

from lingzhi.accounts.models import User
from lingzhi.org.models import SupervisionLines, Unit
from lingzhi.org.queries.scope import assignments_on


def current_lines() -> SupervisionLines:
    """The lines the company chose, else the defaults."""
    return SupervisionLines.objects.first() or SupervisionLines(pk=1)


def heads_above(person: User, day: date) -> list[User]:
    """The heads of the person's units and of all units above them, the nearest first."""
    ids: set[int] = set()
    for assignment in assignments_on(day).filter(person=person):
        ids.update([*assignment.unit.above, assignment.unit_id])
    units = Unit.objects.filter(pk__in=ids, closed_at=None).select_related("owner")
    upward = sorted(units, key=lambda unit: unit.depth, reverse=True)
    heads = [unit.owner for unit in upward if unit.owner and unit.owner != person]
    return list(dict.fromkeys(heads))


def superior_of(person: User, day: date) -> User | None:
    """Whom the person answers to (逐级向上负责): the nearest head above.

    Where supervision reports directly, people of supervising units answer to the company's head
    (R-OR-07).
    """
    heads = heads_above(person, day)
    if current_lines().is_direct and supervises(person, day):
        heads = heads[-1:]
    return heads[0] if heads else None


def may_appraise(person: User, subject: User, day: date) -> bool:
    """Whether `person` may appraise `subject`: never oneself.

    On vertical lines only the next level above (逐级向下考核, R-OR-11), else any head above.
    """
    if person == subject:
        return False
    if current_lines().is_vertical:
        return superior_of(subject, day) == person
    return person in heads_above(subject, day)


def may_supervise(person: User, unit: Unit, day: date) -> bool:
    """Whether `person` may inspect `unit` and close findings about it (R-OR-09).

    On separated lines only people of a supervising unit may, and never about units they work in
    or that they head themselves.
    """
    if not current_lines().is_separated:
        return True
    if not supervises(person, day):
        return False
    own = [row.unit.path for row in assignments_on(day).filter(person=person)]
    is_inside = any(path.startswith(unit.path) for path in own)
    heads = Unit.objects.filter(pk__in=[*unit.above, unit.pk], owner=person).exists()
    return not is_inside and not heads


def supervises(person: User, day: date) -> bool:
    """Whether the person works in a unit of the supervising line."""
    rows = assignments_on(day).filter(person=person, unit__line=Unit.Line.SUPERVISION)
    return rows.exists()
