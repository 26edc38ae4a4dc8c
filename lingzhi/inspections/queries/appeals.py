"""Appeals: who sees them, who decides them, how often they were right."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import midnight, today
from lingzhi.core.folding import folded
from lingzhi.inspections.models import Appeal, AppealItem, AppealVote, Review
from lingzhi.inspections.models.appeals import SCORER
from lingzhi.inspections.queries.deadlines import DAY
from lingzhi.inspections.queries.overturned import (
    overturned_by_inspector,
    overturned_by_item,
    overturned_by_rule,
)
from lingzhi.kpis.queries import month_of
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.queries import assignments_on, reach

READ, APPEALS = "inspections.read", "inspections.decide_appeals"
__all__ = [
    "appeals_to_decide",
    "appeals_visible_to",
    "deciders_of",
    "narrowed",
    "open_appeals",
    "overturned_by_inspector",
    "overturned_by_item",
    "overturned_by_rule",
    "similar_decided",
]


def appeals_visible_to(user: User) -> QuerySet[Appeal]:
    """One's own appeals, those against scores one gave, and all within reach."""
    shown = Q(opened_by=user) | Q(review__inspector=user)
    if user.can(READ):
        shown |= reach(user, READ).over("unit__path", "review__agent_id")
    rows = Appeal.objects.filter(shown)
    return rows.select_related(
        "review__contact", "review__version__sheet", "review__inspector", "opened_by", "unit"
    )


def appeals_to_decide(user: User) -> QuerySet[Appeal]:
    """What waits for this person: nobody decides an appeal of their own, one against a score they
    gave (but at the level that is the scorer's), or one they have decided about before.
    """
    mine = Q(role=SCORER, review__inspector=user)
    for one in assignments_on(today()).filter(person=user):
        if _decides(one.role):
            at = Q(role=one.role, unit__path__startswith=one.unit.path)
            mine |= at & ~Q(review__inspector=user)
    voted = AppealVote.objects.filter(step__appeal=OuterRef("pk"), voter=user)
    rows = appeals_visible_to(user).filter(mine, state=Appeal.State.OPEN)
    return rows.exclude(opened_by=user).exclude(Exists(voted))


def deciders_of(appeal: Appeal, role: str = "") -> list[User]:
    """Who may decide at the level `role`, else the one it stands at; see `appeals_to_decide`."""
    wanted = role or appeal.role
    scorer = appeal.review.inspector
    if wanted == SCORER:
        people = [scorer] if scorer.is_active else []
    else:
        people = [one.person for one in _held(wanted, appeal.unit) if one.person_id != scorer.pk]
    voted = AppealVote.objects.filter(step__appeal=appeal).values_list("voter", flat=True)
    kept_out = {appeal.opened_by_id, *voted}
    return [one for one in dict.fromkeys(people) if one.pk not in kept_out]


def _held(role: str, unit: Unit | None) -> list[Assignment]:
    if unit is None or not _decides(role):
        return []
    held = assignments_on(today()).filter(role=role, person__is_active=True)
    rows = held.select_related("person").order_by("person__staff_no")
    return [one for one in rows if unit.path.startswith(one.unit.path)]


def _decides(role: str) -> bool:
    return role in ROLES and APPEALS in ROLES[role].capabilities


def narrowed(rows: QuerySet[Appeal], *, state: str = "", text: str = "") -> QuerySet[Appeal]:
    """Of `rows` those in `state` (or `living`, `overturned`, `stands`) that hold `text`.

    A text is looked for in decisions, in simplified and traditional characters alike, and is a
    name, staff number or number of a conversation, too.
    """
    if state == "living":
        rows = rows.filter(state__in=Appeal.LIVING)
    elif state in ("overturned", "stands"):
        rows = rows.filter(state=Appeal.State.DECIDED, is_overturned=state == "overturned")
    elif state:
        rows = rows.filter(state=state)
    if text:
        fits = Q(review__contact__external_id__icontains=text)
        fits |= Q(opened_by__name__icontains=text) | Q(opened_by__staff_no=text)
        said = Q()
        for part in folded(text).split():
            said &= Q(words__contains=part)
        rows = rows.filter(fits | said)
    return rows


def open_appeals(unit: Unit, month: date) -> QuerySet[Appeal]:
    """Appeals that are not over against scores of the unit given in the month of this day.

    They are to end before the month is closed.
    """
    period = month_of(month)
    return Appeal.objects.filter(
        state__in=Appeal.LIVING,
        unit__path__startswith=unit.path,
        review__scored_at__gte=midnight(period.first),
        review__scored_at__lt=midnight(period.last + DAY),
    )


def similar_decided(review: Review, items: list[str], most: int = 60) -> list[AppealItem]:
    """The newest decided appeals against the same items of the same sheet, whoever's they were."""
    rows = AppealItem.objects.filter(
        appeal__state=Appeal.State.DECIDED,
        appeal__review__version__sheet=review.version.sheet_id,
        item__in=items,
        is_changed__isnull=False,
    ).exclude(appeal__review=review)
    return list(rows.select_related("appeal").order_by("-appeal__ended_at", "-pk")[:most])
