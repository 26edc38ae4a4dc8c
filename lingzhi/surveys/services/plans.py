"""Survey plans: written, approved, and carried out round by round."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.services import mark_days
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Invitation, Mode, SurveyPlan
from lingzhi.surveys.queries.independence import is_surveyed, still_asking
from lingzhi.surveys.queries.plans import next_round, population, terms_of

State = SurveyPlan.State
MATTER = "surveys.plan"


class NotADraftPlan(DomainError):
    message = _("What was put to approval is not changed: end it and make a new plan.")


class NobodyApproves(DomainError):
    message = _("No approval chain is set for survey plans, so nobody could approve it.")


class OwnSurvey(DomainError):
    message = _("This survey judges the unit you work in: others run it.")


class NotToBePublished(DomainError):
    message = _("There is nothing to publish: nobody was asked yet, or somebody may still answer.")


class NothingToEnd(DomainError):
    message = _("This plan was ended already.")


@transaction.atomic
def save_plan(plan: SurveyPlan, *, by: User) -> SurveyPlan:
    """Keep a draft. Raises BadInput, NotADraftPlan, OwnSurvey."""
    if plan.mode not in (Mode.MAIL, Mode.PHONE, Mode.SMS):
        raise BadInput(_("A plan asks by e-mail, text message or interviewer."), field="mode")
    if plan.ends_on and plan.ends_on < plan.starts_on:
        raise BadInput(_("It cannot end before it begins."), field="ends_on")
    _require_independent(plan)
    _require_another(plan, by)
    if plan.pk is None:
        plan.created_at, plan.created_by = now(), by
    else:
        _require_draft(plan)
    plan.save()
    record(by, "surveys.plan_saved", plan, after=terms_of(plan))
    return plan


def _require_independent(plan: SurveyPlan) -> None:
    """Who runs an independent survey stands outside what is judged, and does not serve itself."""
    if plan.owner is None:
        return
    if plan.owner.line == Unit.Line.SERVICE:
        raise BadInput(_("A unit that serves customers does not run it: name one that does not, "
                         "such as the quality department."), field="owner")  # fmt: skip
    if not plan.units:
        raise BadInput(_("Name the units that are judged."), field="units")
    paths = list(Unit.objects.filter(pk__in=plan.units).values_list("path", flat=True))
    if any(plan.owner.path.startswith(path) for path in paths):
        raise BadInput(_("This unit lies within what is judged."), field="owner")


def _require_another(plan: SurveyPlan, by: User) -> None:
    if is_surveyed(by, plan):
        raise OwnSurvey()


def _require_draft(plan: SurveyPlan) -> None:
    rows = SurveyPlan.objects.select_for_update().filter(pk=plan.pk, state=State.DRAFT)
    if not rows.exists():
        raise NotADraftPlan()


@transaction.atomic
def request_approval(plan: SurveyPlan, *, by: User) -> Approval:
    """Put a draft before the chain. Raises NobodyApproves, NotADraftPlan, OwnSurvey."""
    _require_another(plan, by)
    _require_draft(plan)
    approval = ask(
        plan, MATTER, title=plan.title, url=reverse("surveys:plan", args=[plan.pk]),
        content=terms_of(plan), job="surveys.approve_plan", arguments={"plan_id": plan.pk}, by=by,
    )  # fmt: skip
    if approval is None:
        raise NobodyApproves()
    SurveyPlan.objects.filter(pk=plan.pk).update(state=State.ASKED)
    return approval


@transaction.atomic
def approve_plan(plan: SurveyPlan, approval: Approval) -> bool:
    """The last signature was given; False where the plan is not what was signed, or was ended."""
    if not approval.covers(terms_of(plan)):
        return False
    rows = SurveyPlan.objects.filter(pk=plan.pk, state=State.ASKED)
    found = rows.update(
        state=State.APPROVED, approved_at=now(), next_on=max(plan.starts_on, today())
    )
    if found:
        record(approval.signatures.latest("step").signed_by, "surveys.plan_approved", plan)
    return bool(found)


@transaction.atomic
def take_back(plan: SurveyPlan, *, by: User) -> None:
    """After a refusal: a draft again, to be put right. Raises NotADraftPlan, OwnSurvey."""
    _require_another(plan, by)
    subject = f"{plan._meta.label_lower}/{plan.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise NotADraftPlan()
    if not SurveyPlan.objects.filter(pk=plan.pk, state=State.ASKED).update(state=State.DRAFT):
        raise NotADraftPlan()
    record(by, "surveys.plan_taken_back", plan)


@transaction.atomic
def end_plan(plan: SurveyPlan, *, by: User) -> None:
    """No more rounds; who was to be asked is not. Raises NothingToEnd, OwnSurvey."""
    _require_another(plan, by)
    rows = SurveyPlan.objects.filter(pk=plan.pk).exclude(state=State.ENDED)
    if not rows.update(state=State.ENDED, ended_at=now(), next_on=None):
        raise NothingToEnd()
    record(by, "surveys.plan_ended", plan)


@transaction.atomic
def publish_plan(plan: SurveyPlan, *, by: User) -> None:
    """What was answered so far is shown to who was judged, too, and indicators count it. Raises
    NotToBePublished, OwnSurvey."""
    _require_another(plan, by)
    moment = now()
    since = plan.published_at
    unseen = plan.invitations.filter(due_at__gt=since) if since else plan.invitations
    if not plan.is_independent or not unseen.exists() or still_asking(plan):
        raise NotToBePublished()
    mark_days({localdate(at) for at in unseen.values_list("served_at", flat=True)})
    SurveyPlan.objects.filter(pk=plan.pk).update(published_at=moment)
    record(by, "surveys.plan_published", plan)


def run_rounds() -> int:
    """Begin each round that has come; how many customers are to be asked."""
    due = SurveyPlan.objects.filter(state=State.APPROVED, next_on__lte=today())
    return sum(_run(plan, plan.next_on) for plan in due if plan.next_on)


@transaction.atomic
def _run(plan: SurveyPlan, day: date) -> int:
    """One round, claimed by moving the day of the next one on."""
    claimed = SurveyPlan.objects.filter(pk=plan.pk, state=State.APPROVED, next_on=day)
    if not claimed.update(next_on=next_round(plan, day)):
        return 0
    moment = now()
    rows = [
        Invitation(
            plan=plan, key=one.key, mode=plan.mode,
            customer_id=one.customer, contact_id=one.contact, agent_id=one.agent,
            unit_id=one.unit, served_at=one.at, due_at=moment,
        )
        for one in population(plan, day)
    ]  # fmt: skip
    Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    record(None, "surveys.round_begun", plan, after={"day": str(day), "customers": len(rows)})
    return len(rows)
