"""Which reply templates somebody may pick, and which they may look at."""

from django.db.models import F, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, ReplyTemplate
from lingzhi.org.models import Unit
from lingzhi.org.queries import paths_to

WHOLE = Q(owner=None, unit=None)


def replies_for(user: User, case: Case) -> QuerySet[ReplyTemplate]:
    """Templates to pick for a case: one's own first, those of its unit and above, the centre's."""
    near = Q(unit__path__in=paths_to(case.unit.path))
    rows = ReplyTemplate.objects.filter(retired_at=None)
    return rows.filter(Q(owner=user) | near | WHOLE).order_by(
        "use", F("owner_id").asc(nulls_last=True), F("unit_id").asc(nulls_last=True), "name"
    )


def phrases_for(user: User, unit: Unit) -> QuerySet[ReplyTemplate]:
    """What may be told a customer who has no case yet: texts without gaps."""
    near = Q(unit__path__in=paths_to(unit.path))
    rows = ReplyTemplate.objects.filter(retired_at=None, use=ReplyTemplate.Use.TELL)
    rows = rows.exclude(text__contains="{").filter(Q(owner=user) | near | WHOLE)
    return rows.order_by(F("owner_id").asc(nulls_last=True), "name")


def replies_seen_by(user: User) -> QuerySet[ReplyTemplate]:
    """All that a person may look at: never what somebody else keeps for themselves."""
    rows = ReplyTemplate.objects.filter(Q(owner=user) | Q(owner=None)).select_related("unit")
    return rows.order_by(F("retired_at").asc(nulls_first=True), "use", "name")
