"""Who is planned and who is away on a day, team by team (人员到岗)."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from lingzhi.core.clock import midnight
from lingzhi.org.models import Presence, Unit
from lingzhi.org.queries import assignments_on

SEATS = ("agent", "team_leader")  # who serves customers


def staffing_of(unit: Unit, day: date) -> list[dict[str, Any]]:
    """One line a team: people, how many are planned, who is away why.

    `planned` is None where nobody recorded anything about that day: not known, not nought.
    """
    rows = assignments_on(day).filter(
        role__in=SEATS, unit__path__startswith=unit.path, person__is_active=True
    )
    teams: dict[str, set[int]] = {}
    for name, person in rows.order_by("unit__path").values_list("unit__name", "person"):
        teams.setdefault(name, set()).add(person)
    known = _known({one for people in teams.values() for one in people}, day)
    return [_line(name, people, known) for name, people in teams.items()]


def _known(people: set[int], day: date) -> dict[int, set[str]]:
    """What is recorded of each on that day."""
    found: dict[int, set[str]] = {}
    rows = Presence.objects.filter(
        person__in=people, withdrawn_at=None, from_at__lt=midnight(day + timedelta(days=1)),
        to_at__gt=midnight(day),
    )  # fmt: skip
    for person, kind in rows.values_list("person", "kind"):
        found.setdefault(person, set()).add(kind)
    return found


def _line(name: str, people: set[int], known: dict[int, set[str]]) -> dict[str, Any]:
    kinds = [known.get(one, set()) for one in people]
    away = Counter(min(one - {Presence.Kind.DUTY}) for one in kinds if one - {Presence.Kind.DUTY})
    planned = sum(one == {Presence.Kind.DUTY} for one in kinds)
    return {
        "where": name, "people": len(people), "planned": planned if any(kinds) else None,
        "away": dict(sorted(away.items())),
    }  # fmt: skip
