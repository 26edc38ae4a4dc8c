"""Who took a contact: a staff number or a dated identity (extension, CTI login, chat id)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.contacts.readers import unnamed
from lingzhi.core.clock import today
from lingzhi.org.models import Assignment, Identity

# Numbers of other machines, which no phone or chat system delivers.
STRANGE = {Identity.Kind.ATTENDANCE}


@dataclass(frozen=True, slots=True)
class Agents:
    """Staff numbers, dated identities and dated teams of some agents, read once for many rows."""

    by_number: dict[str, int]
    identities: dict[str, list[Identity]]
    teams: dict[int, list[Assignment]]

    def person(self, reference: str, at: datetime | None, *, is_voice: bool) -> int | None:
        """The id of the person that `reference` meant on that day.

        What somebody matched by hand decides. Else None where it fits nobody, and where it fits
        two: the staff number of one may be another's extension. Extensions are of spoken channels.
        """
        held = self._held(reference, day_of(at))
        told = {one.person_id for one in held if one.kind == Identity.Kind.OTHER}
        strange = STRANGE if is_voice else STRANGE | {Identity.Kind.EXTENSION}
        meant = told or {one.person_id for one in held if one.kind not in strange}
        if not told and reference in self.by_number:
            meant.add(self.by_number[reference])
        return meant.pop() if len(meant) == 1 else None

    def _held(self, reference: str, day: date) -> list[Identity]:
        """The identities of this value in force on `day`; a phone may be kept masked."""
        return [
            one
            for value in {reference, unnamed(reference)}
            for one in self.identities.get(value, ())
            if one.from_on <= day and (one.to_on is None or one.to_on >= day)
        ]

    def unit(self, person_id: int | None, at: datetime | None) -> int | None:
        """The id of the unit the person belonged to on that day, as an agent where possible."""
        day = day_of(at)
        held = [
            one
            for one in self.teams.get(person_id or 0, ())
            if one.from_on <= day and (one.to_on is None or one.to_on >= day)
        ]
        held.sort(key=lambda one: (one.role == "agent", one.from_on), reverse=True)
        return held[0].unit_id if held else None


def day_of(at: datetime | None) -> date:
    """The day of a contact in the organisation's zone; today where its time is not known."""
    return timezone.localdate(at) if at else today()


def agents_named(references: Iterable[str]) -> Agents:
    """Everything needed to resolve these references, in three queries."""
    wanted = {reference for reference in references if reference}
    by_number = dict(User.objects.filter(staff_no__in=wanted).values_list("staff_no", "pk"))
    values = wanted | {unnamed(reference) for reference in wanted}
    identities: dict[str, list[Identity]] = {}
    for identity in Identity.objects.filter(value__in=values).order_by("-from_on"):
        identities.setdefault(identity.value, []).append(identity)
    people = set(by_number.values()) | {
        one.person_id for several in identities.values() for one in several
    }
    teams: dict[int, list[Assignment]] = {}
    for assignment in Assignment.objects.filter(Q(person_id__in=people)):
        teams.setdefault(assignment.person_id, []).append(assignment)
    return Agents(by_number, identities, teams)


def names_of(person: int) -> set[str]:
    """What systems call this person today: the staff number, extensions, sign-ins."""
    day = today()
    held = Identity.objects.filter(Q(to_on=None) | Q(to_on__gte=day), person=person)
    held = held.exclude(kind=Identity.Kind.ATTENDANCE)
    return {
        User.objects.get(pk=person).staff_no,
        *held.filter(from_on__lte=day).values_list("value", flat=True),
    }


def extension_of(person: User) -> str:
    """Where a phone system rings this person today: the extension, the sign-in, or the number."""
    day = today()
    held = Identity.objects.filter(Q(to_on=None) | Q(to_on__gte=day), person=person)
    held = held.filter(from_on__lte=day)
    for kind in (Identity.Kind.EXTENSION, Identity.Kind.CTI):
        found = held.filter(kind=kind).order_by("-from_on").first()
        if found is not None:
            return found.value
    return person.staff_no
