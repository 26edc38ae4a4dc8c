"""The plan goes to approval by its weight (R-IM-06): quality department, top management."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.improvement.models import Countermeasure, Note, Rectification
from lingzhi.improvement.services.common import (
    NotInThisState,
    State,
    claim,
    note,
    tell_about,
    url_of,
)
from lingzhi.improvement.services.planning import tell_measure

MATTERS = {"ordinary": "improvement.plan", "major": "improvement.major"}
# Until the house sets its own chains.
USUAL = {"ordinary": ["quality_manager"], "major": ["quality_manager", "leadership"]}
Kind = Countermeasure.Kind


@transaction.atomic
def request_approval(row: Rectification, *, by: User) -> Approval | None:
    """Put the plan before the chain of its weight. It needs a supervisor, a root cause with its
    evidence and a corrective action. Raises BadInput, NotInThisState.
    """
    _require_whole(row)
    claim(row, [State.DRAFT], state=State.ASKED)
    matter = MATTERS[row.grade]
    return ask(
        row, matter, title=f"{row.number} {row.title}", url=url_of(row), content=plan_of(row),
        job="improvement.approve_plan", arguments={"rectification_id": row.pk},
        roles=chain_of(matter) or USUAL[row.grade], by=by,
    )  # fmt: skip


@transaction.atomic
def approve_plan(row: Rectification, approval: Approval) -> bool:
    """The last signature was given: measures begin. False where the plan is not what was signed
    or waits no more."""
    if row.state != State.ASKED or not approval.covers(plan_of(row)):
        return False
    claim(row, [State.ASKED], state=State.RUNNING, approved_at=now())
    signer = approval.signatures.latest("step").signed_by
    note(row, Note.Kind.STATE, fact=Note.Fact.APPROVED, by=signer)
    for measure in row.measures.filter(done_at=None).select_related("owner"):
        measure.rectification = row
        tell_measure(measure)
    if row.supervisor:
        tell_about([row.supervisor], _("Measures that you supervise begin"), row)
    record(signer, "improvement.approved", row, after={"approval": approval.pk})
    return True


@transaction.atomic
def take_back(row: Rectification, *, by: User) -> None:
    """After a refusal: a draft again, to be put right. Raises NotInThisState."""
    if open_approval(row) is not None:
        raise NotInThisState(_("Its approval is still open."))
    claim(row, [State.ASKED], state=State.DRAFT)
    record(by, "improvement.taken_back", row)


def open_approval(row: Rectification) -> Approval | None:
    """The request that is under way."""
    subject = f"{row._meta.label_lower}/{row.pk}"
    return Approval.objects.filter(subject=subject, state=Approval.State.OPEN).first()


def plan_of(row: Rectification) -> dict[str, Any]:
    """What signatures are bound to."""
    effect = getattr(row, "effect", None)
    return {
        "title": row.title, "problem": row.problem, "grade": row.grade, "unit": row.unit_id,
        "causes": list(row.causes.values_list("words", "evidence", "is_root")),
        "measures": [
            [one.kind, one.words, one.owner_id, str(one.due_on)] for one in
            row.measures.exclude(kind__in=(Kind.CONTAINMENT, Kind.CORRECTION)).order_by("pk")
        ],
        "effect": effect and [
            effect.definition_id, effect.unit_id, effect.channel, str(effect.before_from),
            str(effect.before_to), effect.after_days,
        ],
    }  # fmt: skip


def _require_whole(row: Rectification) -> None:
    if row.supervisor is None:
        raise BadInput(_("Name who supervises it: somebody of another unit."))
    if not row.causes.filter(is_root=True).exists():
        raise BadInput(_("Name a root cause with its evidence."))
    if not row.measures.filter(kind=Kind.CORRECTIVE).exists():
        raise BadInput(_("Plan a corrective action: a correction alone leaves the cause there."))
