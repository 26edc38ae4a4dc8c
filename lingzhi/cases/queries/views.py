"""Which lists a person finds above the cases."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import SavedView
from lingzhi.cases.queries.people import units_of


def views_of(person: User) -> QuerySet[SavedView]:
    """One's own, and those kept for the units where one works on cases."""
    return SavedView.objects.filter(Q(person=person) | Q(unit__in=units_of(person)))
