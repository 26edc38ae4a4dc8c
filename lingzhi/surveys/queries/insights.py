"""Needs, benchmarks and pain points within reach."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.org.queries import reach
from lingzhi.surveys.models import Insight

READ = "surveys.read"


def insights_visible_to(user: User) -> QuerySet[Insight]:
    """Those that concern units within reach, and those this person follows up; by weight."""
    within = reach(user, READ).over("unit__path", "owner")
    return Insight.objects.filter(within).select_related("unit", "owner", "regulation")
