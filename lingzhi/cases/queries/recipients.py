"""Who hears of a case or gets it when time runs out or things get hard: on duty, not on leave."""

from collections.abc import Iterable

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.models.types import Level
from lingzhi.cases.queries.people import WORK, leaders_of
from lingzhi.core.clock import now
from lingzhi.org.models import Unit
from lingzhi.org.queries import responsible_now


def present(people: Iterable[User]) -> list[User]:
    """The people themselves; for who is absent, the deputy or the superior, where there is one."""
    moment = now()
    found = (responsible_now(person, moment) for person in people)
    return list(dict.fromkeys(person for person in found if person is not None))


def leading(unit: Unit) -> list[User]:
    """Who assigns cases in the unit, else the nearest above: as far as they are there."""
    return present(leaders_of(unit))


def leading_above(unit: Unit) -> list[User]:
    """Who assigns cases above the unit, else the head of the nearest unit above that has one."""
    if unit.parent is None:
        return []
    higher = leaders_of(unit.parent)
    if not higher:
        above = Unit.objects.filter(pk__in=unit.above, owner__isnull=False).select_related("owner")
        heads = sorted(above, key=lambda one: one.depth, reverse=True)[:1]
        higher = [one.owner for one in heads if one.owner]
    return present(higher)


def next_level_of(case: Case, level: Level) -> list[User]:
    """Who takes a case on that was raised to `level`: the unit's leader, then those above.

    Only people who work on cases; where nobody there does, nobody.
    """
    people = leading(case.unit) if level is Level.SECOND else leading_above(case.unit)
    return [one for one in people if one.can(WORK) and one.pk != case.handler_id]
