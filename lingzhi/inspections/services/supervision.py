"""Daily supervision on the floor (现场管理督导, 逐日考核记录)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.models import Behaviour, SupervisionRecord
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit

LATEST = timedelta(days=7)
LAPSED = SupervisionRecord.Result.LAPSED


@dataclass(frozen=True, slots=True)
class Noted:
    """What was seen of one person that day."""

    person: User
    result: str
    behaviour: Behaviour | None = None
    note: str = ""


@transaction.atomic
def record_day(unit: Unit, day: date, noted: Sequence[Noted], *, by: User) -> int:
    """Note a day of a unit; whoever is not named was not looked at. The number of people noted.

    The same supervisor's note of that day and person is replaced. Raises BadInput for a day to come
    or more than a week past, and for a lapse that does not say what it was. Who lapsed is told.
    """
    if not today() - LATEST <= day <= today():
        raise BadInput(_("A day is noted within a week."), field="day")
    for one in noted:
        if one.result == LAPSED and one.behaviour is None and not one.note.strip():
            sentence = _("Say what was not in order: %(name)s") % {"name": one.person.name}
            raise BadInput(sentence, field="note")
    before = SupervisionRecord.objects.filter(
        day=day, recorded_by=by, person__in=[one.person for one in noted]
    )
    lapsed_before = set(before.filter(result=LAPSED).values_list("person_id", flat=True))
    before.delete()
    made = SupervisionRecord.objects.bulk_create(_row(unit, day, one, by) for one in noted)
    lapsed = [one.person for one in noted if one.result == LAPSED]
    after = {"day": str(day), "unit": unit.pk, "people": len(made), "lapsed": len(lapsed)}
    record(by, "inspections.supervision_recorded", unit, after=after)
    fresh = [one for one in lapsed if one.pk not in lapsed_before and one.pk != by.pk]
    tell(fresh, _("A supervisor noted a lapse"), url=reverse("inspections:my_archive"))
    return len(made)


def _row(unit: Unit, day: date, one: Noted, by: User) -> SupervisionRecord:
    return SupervisionRecord(
        person=one.person, unit=unit, day=day, result=one.result,
        behaviour=one.behaviour if one.result == LAPSED else None,
        note=one.note.strip()[:500], recorded_at=now(), recorded_by=by,
    )  # fmt: skip
