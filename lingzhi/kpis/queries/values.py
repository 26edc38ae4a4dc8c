"""Figures that people entered."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.kpis.models import ManualValue
from lingzhi.kpis.queries.scopes import READ
from lingzhi.org.queries import units_visible_to


def values_visible_to(user: User) -> QuerySet[ManualValue]:
    """Those of units within reach, with those withdrawn and replaced."""
    rows = ManualValue.objects.filter(unit__in=units_visible_to(user, READ))
    return rows.select_related(
        "unit", "definition__indicator", "entered_by", "confirmed_by", "file"
    )
