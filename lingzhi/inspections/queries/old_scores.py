"""Scores of earlier systems: whose they are, who may see them, and how they ran by month."""

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.inspections.models import OldScore
from lingzhi.org.queries import reach

READ, IMPORT = "inspections.read", "inspections.import"


def old_scores() -> QuerySet[OldScore]:
    """Those whose import is finished."""
    return OldScore.objects.filter(Q(batch=None) | Q(batch__finished_at__isnull=False))


def old_scores_visible_to(user: User) -> QuerySet[OldScore]:
    """Those about people within reach; of agents that fit nobody, for whoever brings scores in."""
    shown = Q(pk__in=[])
    if user.can(READ):
        shown |= reach(user, READ).over("unit__path", "agent_id")
    if user.can(IMPORT):
        shown |= Q(agent=None)
    return old_scores().filter(shown).select_related("agent", "inspector", "unit", "contact")


def old_sources() -> list[tuple[str, str]]:
    """The sources that brought scores before, as code and name."""
    codes = OldScore.objects.order_by("source").values_list("source", flat=True).distinct()
    return [(code, code) for code in codes]
