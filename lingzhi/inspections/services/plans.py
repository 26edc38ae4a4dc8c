"""The life of an inspection plan (质检计划): draft, active, paused, ended."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Plan, SheetVersion
from lingzhi.inspections.services.separating import require_supervisor
from lingzhi.notifications.services import tell

MATTER = "inspections.covert_plan"
CHANGED = _("A covert plan was changed after it was agreed to, and does not begin.")
State = Plan.State
# What a plan is beside its life: what signatures are bound to.
TERMS = (
    "title", "unit", "sheet", "content", "rhythm", "breadth", "openness", "covert_until", "place",
    "filters", "method", "strata", "weights", "musts", "most_musts", "leaves_out", "size",
    "per_agent", "shortest_seconds", "nonhit_ratio", "cadence", "hours", "days_to_do",
    "swaps_allowed", "from_on", "to_on",
)  # fmt: skip
LARGEST_SEED = 2**31 - 1


class RunningPlan(DomainError):
    message = _("This plan runs or is over. Pause it to change it.")


class NotStartable(DomainError):
    message = _("Only a draft or a paused plan can begin.")


class NotRunning(DomainError):
    message = _("This plan does not run.")


class SheetNotInForce(DomainError):
    message = _("The score sheet of this plan is not in force.")


class NobodyApproves(DomainError):
    message = _(
        "A covert inspection needs an approval, and no role is named yet to give it. Name one"
        " under “Approvals” first."
    )


@transaction.atomic
def create_plan(values: Mapping[str, Any], *, by: User) -> Plan:
    """A new plan as a draft; `values` are its fields, a seed is drawn where none is named."""
    given = dict(values)
    inspectors = given.pop("inspectors", [])
    given["seed"] = given.get("seed") or secrets.randbelow(LARGEST_SEED) + 1
    plan = Plan(**given, created_at=now(), created_by=by)
    _require_sense(plan)
    plan.save()
    plan.refresh_from_db()  # as stored: signatures are bound to what will be read again
    plan.inspectors.set(inspectors)
    record(by, "inspections.plan_created", plan, after=terms_of(plan))
    return plan


@transaction.atomic
def change_plan(plan: Plan, values: Mapping[str, Any], *, by: User) -> None:
    """Other terms for a draft or a paused plan; what was drawn keeps the design it had."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.state not in (State.DRAFT, State.PAUSED):
        raise RunningPlan()
    before = terms_of(locked)
    given = dict(values)
    inspectors = given.pop("inspectors", None)
    for name, value in given.items():
        setattr(locked, name, value)
    locked.seed = locked.seed or plan.seed
    _require_sense(locked)
    locked.save()
    if inspectors is not None:
        locked.inspectors.set(inspectors)
    plan.refresh_from_db()
    record(by, "inspections.plan_changed", plan, before=before, after=terms_of(plan))


def _require_sense(plan: Plan) -> None:
    """Raise BadInput at the field that keeps the plan from making sense."""
    if plan.method == Plan.Method.SPREAD and not plan.per_agent:
        raise BadInput(_("Say how many of each agent."), field="per_agent")
    if plan.method != Plan.Method.SPREAD and not plan.size:
        raise BadInput(_("Say how many conversations."), field="size")
    if plan.to_on and plan.to_on < plan.from_on:
        raise BadInput(_("The end lies before the beginning."), field="to_on")
    if plan.openness == Plan.Openness.COVERT and plan.covert_until is None:
        raise BadInput(_("A covert inspection needs an end."), field="covert_until")
    if plan.covert_until and plan.covert_until < plan.from_on:
        raise BadInput(_("The end lies before the beginning."), field="covert_until")
    if not 0 <= plan.nonhit_ratio <= 1:
        raise BadInput(_("A share lies between 0 and 1."), field="nonhit_ratio")


def terms_of(plan: Plan) -> dict[str, Any]:
    """What the plan says, as JSON: what is audited and signed."""
    found = model_to_dict(plan, fields=TERMS)
    dates = ("covert_until", "from_on", "to_on")
    return found | {name: found[name] and str(found[name]) for name in dates}


@transaction.atomic
def request_start(plan: Plan, *, by: User) -> Approval | None:
    """Let a plan begin, or go on; a covert one only once its chain agreed to these very terms.

    Returns the request where one was made.
    """
    require_supervisor(by)
    if plan.openness == Plan.Openness.OPEN or _is_agreed(plan):
        start_plan(plan, by=by)
        return None
    require_startable(plan)
    approval = ask(
        plan,
        MATTER,
        title=plan.title,
        url=reverse("inspections:plan", args=[plan.pk]),
        content=terms_of(plan),
        job="inspections.start_plan",
        arguments={"plan_id": plan.pk},
        by=by,
    )
    if approval is None:
        raise NobodyApproves()
    return approval


def _is_agreed(plan: Plan) -> bool:
    subject = f"{plan._meta.label_lower}/{plan.pk}"
    given = Approval.objects.filter(
        matter=MATTER, subject=subject, state=Approval.State.APPROVED
    ).first()
    return given is not None and given.covers(terms_of(plan))


def start_approved(plan: Plan, approval: Approval) -> bool:
    """The last signature was given; False where the plan is not what was signed."""
    if plan.state == State.ACTIVE:
        return True
    if not approval.covers(terms_of(plan)):
        with transaction.atomic():
            tell([approval.asked_by], CHANGED, url=approval.url)
        return False
    start_plan(plan, by=approval.asked_by)
    return True


def require_startable(plan: Plan) -> None:
    """Raise what keeps a plan from beginning."""
    if plan.state not in (State.DRAFT, State.PAUSED):
        raise NotStartable()
    if not plan.sheet.versions.filter(state=SheetVersion.State.ACTIVE).exists():
        raise SheetNotInForce()
    if plan.openness == Plan.Openness.COVERT and plan.covert_until < today():  # type: ignore[operator]
        raise BadInput(_("This covert inspection is over already."), field="covert_until")


@transaction.atomic
def start_plan(plan: Plan, *, by: User) -> None:
    """From now on its samples are drawn when they are due."""
    require_startable(plan)
    claimed = Plan.objects.filter(pk=plan.pk, state__in=[State.DRAFT, State.PAUSED]).update(
        state=State.ACTIVE, activated_at=now()
    )
    if not claimed:
        raise NotStartable()
    plan.refresh_from_db()
    record(by, "inspections.plan_started", plan, after=terms_of(plan))


@transaction.atomic
def pause_plan(plan: Plan, *, reason: str, by: User) -> None:
    """Nothing is drawn until it goes on; tasks that are open stay."""
    _leave(plan, [State.ACTIVE], {"state": State.PAUSED}, NotRunning)
    record(by, "inspections.plan_paused", plan, reason=reason)


@transaction.atomic
def end_plan(plan: Plan, *, reason: str, by: User | None) -> None:
    """For good: nothing is drawn any more."""
    states = [State.DRAFT, State.ACTIVE, State.PAUSED]
    _leave(plan, states, {"state": State.ENDED, "ended_at": now()}, NotRunning)
    record(by, "inspections.plan_ended", plan, reason=reason)


def _leave(
    plan: Plan, states: list[Plan.State], change: dict[str, Any], refusal: type[DomainError]
) -> None:
    if not Plan.objects.filter(pk=plan.pk, state__in=states).update(**change):
        raise refusal()
    plan.refresh_from_db()
