"""What is found out and decided about a complaint, stage by stage."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Cause, ClockKind, Complaint, Duty
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import meet_clocks, repeat_dues
from lingzhi.cases.services.complaints import matter_of
from lingzhi.cases.services.laying import laws as known_laws
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.jobs.services import later
from lingzhi.notifications.services import settle_matter


class ComplaintOver(DomainError):
    message = _("The decision has fallen. Reopen the complaint first.")


class NotVerified(DomainError):
    message = _("Verify the facts first: nothing is decided without them.")


class NotIndependent(DomainError):
    message = _("Somebody of another unit confirms the effect, who did not decide.")


class NothingToConfirm(DomainError):
    message = _("There is no measure whose effect could be confirmed.")


@transaction.atomic
def assess(complaint: Complaint, text: str, *, by: User) -> None:
    """First assessment (初步评审): severity, complexity, impact, and whether to act at once."""
    _require_open(complaint)
    _keep(complaint, "assessed", by, assessment=demanded(text, 4000, field="text"))


@transaction.atomic
def verify_facts(
    complaint: Complaint, text: str, *, is_cause_confirmed: bool | None = None, by: User
) -> None:
    """The facts, looked into, and whether the claimed cause is the real one (核实情况)."""
    _require_open(complaint)
    words = demanded(text, 4000, field="text")
    _keep(complaint, "verified", by, verification=words, is_cause_confirmed=is_cause_confirmed)


@transaction.atomic
def analyse(complaint: Complaint, text: str, improvement: str = "", *, by: User) -> None:
    """Why it happened, and the measure that keeps it from happening again (R-CP-18)."""
    words, measure = demanded(text, 4000, field="text"), kept(improvement, 2000)
    undone: dict[str, Any] = (
        {} if measure == complaint.improvement
        else {"effect": "", "is_effective": None, "effect_confirmed_at": None,
              "effect_confirmed_by": None}
    )  # fmt: skip
    _keep(complaint, "analysed", by, analysis=words, improvement=measure, **undone)
    settle_matter(f"{matter_of(complaint)}/{Duty.Task.ANALYSE}")


@transaction.atomic
def find(
    complaint: Complaint, finding: str, decision: str, cause: Cause, laws: Sequence[str] = (),
    *, by: User,
) -> None:  # fmt: skip
    """Whether it is upheld, with the reasons and the cause. Raises NotVerified without facts."""
    _require_open(complaint)
    if complaint.verified_at is None:
        raise NotVerified()
    if finding not in Complaint.Finding.values or not finding:
        raise BadInput(_("Say whether it is upheld."), field="finding")
    cited = [one for one in known_laws() if one in laws]
    words = demanded(decision, 4000, field="decision")
    _keep(complaint, "decided", by, decision=words, finding=finding, cause=cause, laws=cited)
    if complaint.is_upheld and complaint.case.contact_id:
        later("inspections.look_at_escape", case_id=complaint.pk)


@transaction.atomic
def tell_outside_ways(complaint: Complaint, text: str, *, by: User) -> None:
    """The customer was told where else to turn: consumers' association, mediation, court."""
    words = demanded(text, 500, field="text")
    _save(complaint, outside_ways=words, outside_told_at=now())
    note_event(complaint.case, CaseEvent.Kind.TOLD, by=by, text=words, is_public=True)
    record(by, "cases.outside_ways_told", complaint)


@transaction.atomic
def answer_authority(complaint: Complaint, text: str, *, by: User) -> None:
    """What was answered to the authority under its own number; its clock ends."""
    words = demanded(text, 2000, field="text")
    _save(complaint, answered_source_at=now())
    note_event(complaint.case, CaseEvent.Kind.NOTED, by=by, text=words)
    meet_clocks(complaint.case, [ClockKind.STATUTORY], by=by)
    repeat_dues(complaint.case)
    record(by, "cases.authority_answered", complaint)


@transaction.atomic
def confirm_effect(
    complaint: Complaint, text: str, *, is_effective: bool, unit_ids: Sequence[int], by: User
) -> None:
    """Whether the measure works, said by another unit than the one that took it (效果确认).

    `unit_ids` are the units of who says so.
    """
    if not complaint.improvement:
        raise NothingToConfirm()
    involved = {complaint.decided_by_id, complaint.analysed_by_id, complaint.case.handler_id}
    if by.pk in involved or complaint.accused_unit_id in unit_ids:
        raise NotIndependent()
    words = demanded(text, 2000, field="text")
    _keep(complaint, "effect_confirmed", by, effect=words, is_effective=is_effective)


@transaction.atomic
def flag_professional(complaint: Complaint, note: str, *, is_so: bool, by: User) -> None:
    """Signs that somebody lives by claims (职业索赔): for those who settle complaints only."""
    words = demanded(note, 300, field="note") if is_so else ""
    _save(complaint, is_professional=is_so, professional_note=words)
    record(by, "cases.claimant_flagged", complaint, after={"flagged": is_so})


@transaction.atomic
def record_handling(complaint: Complaint, handling: str, *, by: User | None) -> None:
    """How the customer felt treated, apart from the outcome (ISO 10002, 8.3)."""
    if handling not in Complaint.Handling.values or not handling:
        raise BadInput(_("Choose what the customer says."), field="handling")
    _save(complaint, handling_satisfaction=handling)
    record(by, "cases.handling_rated", complaint, after={"handling": handling})


def _require_open(complaint: Complaint) -> None:
    if Case.objects.get(pk=complaint.pk).is_over:
        raise ComplaintOver()


def _keep(complaint: Complaint, act: str, by: User, **facts: Any) -> None:
    """The facts of a stage with their time and person, a line of the history, and an audit row."""
    _save(complaint, **{f"{act}_at": now(), f"{act}_by": by}, **facts)
    note_event(complaint.case, CaseEvent.Kind.NOTED, by=by, step=act, text=_first(facts))
    record(by, f"cases.complaint_{act}", complaint, after={"by": by.pk})


def _first(facts: dict[str, Any]) -> str:
    return next((str(one)[:2000] for one in facts.values() if isinstance(one, str)), "")


def _save(complaint: Complaint, **facts: Any) -> None:
    claim(Case.objects.get(pk=complaint.pk), complaint.case.revision)
    Complaint.objects.filter(pk=complaint.pk).update(**facts)
    complaint.refresh_from_db()
