"""Opinions asked for, counted by outlet and by who asked, against the number that is set."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.cases.queries.triggers import months_after
from lingzhi.core.clock import midnight, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, paths_to, reach, units_visible_to
from lingzhi.surveys.models import Answering, OpinionQuota, SolicitedOpinion

READ, SOLICIT = "surveys.read", "surveys.solicit"


@dataclass(frozen=True, slots=True)
class Counted:
    """Opinions of one month: of an outlet, or of somebody who asks. `wanted` 0: none demanded.

    `by_code` are answers at the outlet's codes, which nobody asked for in person.
    """

    name: str
    number: int
    wanted: int
    by_code: int = 0

    @property
    def lacks(self) -> int:
        return max(0, self.wanted - self.number)


def opinions_visible_to(user: User) -> QuerySet[SolicitedOpinion]:
    """Those about outlets within reach, and what this person asked for."""
    within = reach(user, READ).over("unit__path", "asked_by")
    rows = SolicitedOpinion.objects.filter(within)
    return rows.select_related("unit", "asked_by", "case")


def counted_outlets(user: User, month: date) -> list[Counted]:
    """Units within reach where opinions are demanded, or some came in during the month."""
    units = list(units_visible_to(user, READ))
    quota, since, until = _quotas(), midnight(month), midnight(months_after(month, 1))
    rows = SolicitedOpinion.objects.filter(asked_at__gte=since, asked_at__lt=until)
    asked = _number(rows, "unit")
    coded = Answering.objects.filter(
        place__isnull=False, started_at__gte=since, started_at__lt=until
    )
    by_code = _number(coded, "unit")
    found = [
        Counted(one.name, asked[one.pk], _wanted(one, quota, "an_outlet"), by_code[one.pk])
        for one in units
        if one.kind in (Unit.Kind.OUTLET, Unit.Kind.TEAM)
    ]
    return [one for one in found if one.number or one.wanted or one.by_code]


def counted_people(user: User, month: date) -> list[Counted]:
    """Who asks customers within reach: everybody of whom it is demanded, and who did."""
    since, until = midnight(month), midnight(months_after(month, 1))
    rows = opinions_visible_to(user).filter(asked_at__gte=since, asked_at__lt=until)
    asked, quota = _number(rows, "asked_by"), _quotas()
    within = reach(user, READ)
    wanted: dict[int, int] = {}
    for person, unit in _who_asks(month):
        if within.covers(unit, person):
            wanted[person] = max(wanted.get(person, 0), _wanted(unit, quota, "a_person"))
    people = User.objects.in_bulk({*asked, *(pk for pk, number in wanted.items() if number)})
    found = [Counted(one.name, asked[pk], wanted.get(pk, 0)) for pk, one in people.items()]
    return sorted(found, key=lambda one: (-one.lacks, one.name))


def _who_asks(month: date) -> Iterator[tuple[int, Unit]]:
    """Who may ask for opinions in a unit, on the last day of the month or today."""
    roles = [
        code for code, role in ROLES.items()
        if SOLICIT in role.capabilities and role.scope is Scope.UNIT
    ]  # fmt: skip
    last = months_after(month, 1) - timedelta(days=1)
    for one in assignments_on(max(month, min(today(), last))):
        if one.role in roles:
            yield one.person_id, one.unit


def _quotas() -> dict[str, OpinionQuota]:
    return {one.unit.path: one for one in OpinionQuota.objects.select_related("unit")}


def _wanted(unit: Unit, quotas: dict[str, OpinionQuota], name: str) -> int:
    for path in reversed(paths_to(unit.path)):
        if path in quotas:
            return int(getattr(quotas[path], name))
    return 0


def _number(rows: QuerySet[SolicitedOpinion] | QuerySet[Answering], by: str) -> Counter[int]:
    counted: Iterable[tuple[int, int]] = rows.order_by().values_list(by).annotate(n=Count("pk"))
    return Counter(dict(counted))
