"""Incidents and supervision records: who sees which."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Incident, SupervisionRecord
from lingzhi.org.queries import reach

READ = "inspections.read"


def incidents_visible_to(user: User) -> QuerySet[Incident]:
    """Those about people within reach, and those one recorded."""
    shown = Q(recorded_by=user) | Q(person=user)
    if user.can(READ):
        shown |= reach(user, READ).over("unit__path", "person_id")
    rows = Incident.objects.filter(shown)
    return rows.select_related("person", "unit", "behaviour", "recorded_by", "contact")


def records_visible_to(user: User) -> QuerySet[SupervisionRecord]:
    """Supervision records about people within reach."""
    shown = Q(recorded_by=user) | Q(person=user)
    if user.can(READ):
        shown |= reach(user, READ).over("unit__path", "person_id")
    rows = SupervisionRecord.objects.filter(shown)
    return rows.select_related("person", "unit", "behaviour", "recorded_by")
