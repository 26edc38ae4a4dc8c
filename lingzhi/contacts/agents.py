"""Who took a contact: a staff number or a dated identity (extension, CTI login, chat id)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment, Identity


@dataclass(frozen=True, slots=True)
class Agents:
    """Staff numbers, dated identities and dated teams of some agents, read once for many rows."""

    by_number: dict[str, int]
    identities: dict[str, list[Identity]]
    teams: dict[int, list[Assignment]]

    def person(self, reference: str, at: datetime | None) -> int | None:
        """The id of the person that `reference` meant on that day; None when it fits nobody."""
        if reference in self.by_number:
            return self.by_number[reference]
        day = _day(at)
        for identity in self.identities.get(reference, ()):
            if identity.from_on <= day and (identity.to_on is None or identity.to_on >= day):
                return identity.person_id
        return None

    def unit(self, person_id: int | None, at: datetime | None) -> int | None:
        """The id of the unit the person belonged to on that day, as an agent where possible."""
        day = _day(at)
        held = [
            one
            for one in self.teams.get(person_id or 0, ())
            if one.from_on <= day and (one.to_on is None or one.to_on >= day)
        ]
        held.sort(key=lambda one: (one.role == "agent", one.from_on), reverse=True)
        return held[0].unit_id if held else None


def _day(at: datetime | None) -> date:
    return timezone.localdate(at) if at else today()


def agents_named(references: Iterable[str]) -> Agents:
    """Everything needed to resolve these references, in three queries."""
    wanted = {reference for reference in references if reference}
    by_number = dict(User.objects.filter(staff_no__in=wanted).values_list("staff_no", "pk"))
    identities: dict[str, list[Identity]] = {}
    for identity in Identity.objects.filter(value__in=wanted).order_by("-from_on"):
        identities.setdefault(identity.value, []).append(identity)
    people = set(by_number.values()) | {
        one.person_id for several in identities.values() for one in several
    }
    teams: dict[int, list[Assignment]] = {}
    for assignment in Assignment.objects.filter(Q(person_id__in=people)):
        teams.setdefault(assignment.person_id, []).append(assignment)
    return Agents(by_number, identities, teams)
