"""Who has read what (宣贯), and the questions that open the door."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on, people_in
from lingzhi.rulebook.models import Reading, Version
from lingzhi.rulebook.queries.versions import held_in
from lingzhi.rulebook.quiz import Question, quiz_for


def readings_of(version: Version) -> QuerySet[Reading]:
    """Who confirmed a version or tried to, the newest first."""
    return version.readings.select_related("person")


def readers_of(version: Version) -> QuerySet[User]:
    """Everybody whom a version binds: the people of its unit, of a pilot those of its units."""
    units = list(version.pilot_units.all()) if version.is_pilot else []
    found = Q(pk__in=[])
    for unit in units or [version.regulation.unit]:
        found |= Q(pk__in=people_in(unit).values("pk"))
    return User.objects.filter(found)


def unread_by(version: Version) -> QuerySet[User]:
    """People whom a version binds and who have not confirmed it."""
    confirmed = version.readings.filter(person=OuterRef("pk"), confirmed_at__isnull=False)
    return readers_of(version).filter(~Exists(confirmed)).order_by("staff_no")


def to_read(user: User) -> list[Version]:
    """Versions in force that bind a person and that this person has not confirmed."""
    day = today()
    paths = list(assignments_on(day).filter(person=user).values_list("unit__path", flat=True))
    confirmed = user.readings.filter(confirmed_at__isnull=False).values("version")
    rows = Version.objects.filter(held_in(day, day)).exclude(pk__in=confirmed)
    rows = rows.select_related("regulation__unit").prefetch_related("pilot_units")
    return [version for version in rows if _binds(version, paths)]


def _binds(version: Version, paths: list[str]) -> bool:
    units = list(version.pilot_units.all()) if version.is_pilot else []
    tops = [unit.path for unit in units or [version.regulation.unit]]
    return any(path.startswith(top) for path in paths for top in tops)


def quiz_of(version: Version) -> list[Question]:
    """The questions that a reader of this version answers; none where nothing can be asked."""
    return quiz_for(version.body, version.answers)
