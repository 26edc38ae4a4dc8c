"""Improvement plans of units, and rewards for who proposed something."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.improvement.models import ImprovementPlan, Reward
from lingzhi.improvement.services.common import tell_about


class NotProvedYet(DomainError):
    message = _("Who proposed it is rewarded once its effect is proved.")


@transaction.atomic
def keep_plan(plan: ImprovementPlan, *, by: User) -> ImprovementPlan:
    """New, or with other goals."""
    plan.kept_at, plan.kept_by = now(), by
    plan.save()
    days = {"from_on": str(plan.from_on), "to_on": str(plan.to_on)}
    record(by, "improvement.plan_kept", plan, after={"unit": plan.unit_id, **days})
    return plan


@transaction.atomic
def reward(given: Reward, *, by: User) -> Reward:
    """Thank who proposed it; one of us hears of it. Raises NotProvedYet, BadInput."""
    if given.rectification.verified_at is None:
        raise NotProvedYet()
    same = Reward.objects.filter(rectification=given.rectification, person=given.person)
    if given.person and same.exists():
        raise BadInput(_("This person was rewarded for it already."), field="person")
    given.given_at, given.given_by = now(), by
    given.save()
    tell_about([given.person], _("You are rewarded for an improvement"), given.rectification)
    after = {"person": given.person_id, "given": given.given}
    record(by, "improvement.rewarded", given.rectification, after=after)
    return given
