"""Joint inspections: who sees which."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import JointInspection
from lingzhi.org.queries import units_visible_to

READ = "inspections.read"


def joint_visible_to(user: User) -> QuerySet[JointInspection]:
    """Those one takes part in, and those about units within reach."""
    shown = Q(inspectors__person=user)
    if user.can(READ):
        shown |= Q(unit__in=units_visible_to(user, READ))
    return JointInspection.objects.filter(shown).select_related("unit", "led_by").distinct()
