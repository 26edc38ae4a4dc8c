"""Surveys run independently of who is judged (组织级客户满意度调查, R-SV-08): what is kept from
the people of the surveyed units until it is published."""

from collections.abc import Iterable

from django.db.models import F, Q

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on
from lingzhi.surveys.models import Invitation, SurveyPlan


def is_surveyed(user: User, plan: SurveyPlan) -> bool:
    """Whether the person works in a unit, or below one, that an independent survey judges."""
    return plan.is_independent and _meets(_paths_of(user), _surveyed_paths([plan])[plan.pk])


def held_back(user: User) -> Q:
    """Over invitations: those of independent surveys that judge where this person works, as long
    as they are not published."""
    plans = list(SurveyPlan.objects.exclude(owner=None))
    mine = _paths_of(user) if plans else []
    surveyed = _surveyed_paths(plans)
    found = Q(pk__in=[])
    for plan in plans:
        if _meets(mine, surveyed[plan.pk]):
            kept = Q() if plan.published_at is None else Q(due_at__gt=plan.published_at)
            found |= Q(plan=plan.pk) & kept
    return found


def unpublished() -> Q:
    """Over invitations: what no indicator counts yet, since its rows would tell single answers."""
    is_later = Q(plan__published_at=None) | Q(due_at__gt=F("plan__published_at"))
    return Q(plan__owner__isnull=False) & is_later


def kept_from(user: User) -> Q:
    """The same over what was answered."""
    return Q(invitation__in=Invitation.objects.filter(held_back(user)).values("pk"))


def still_asking(plan: SurveyPlan) -> bool:
    """Whether anybody is still to be asked or may still answer."""
    rows = plan.invitations.filter(finished_at=None)
    waiting = (Invitation.State.DUE, Invitation.State.SENDING)
    return rows.filter(Q(state__in=waiting) | Q(expires_at__gt=now())).exists()


def _paths_of(user: User) -> list[str]:
    return list(assignments_on(today()).filter(person=user).values_list("unit__path", flat=True))


def _surveyed_paths(plans: Iterable[SurveyPlan]) -> dict[int, list[str]]:
    plans = list(plans)
    wanted = {pk for plan in plans for pk in plan.units}
    paths = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "path")) if wanted else {}
    return {plan.pk: [paths[pk] for pk in plan.units if pk in paths] for plan in plans}


def _meets(mine: Iterable[str], surveyed: Iterable[str]) -> bool:
    surveyed = tuple(surveyed)
    return any(path.startswith(surveyed) for path in mine) if surveyed else False
