"""Moving a case along its flow: one function for every step."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind
from lingzhi.cases.queries.needs import need_in_words
from lingzhi.cases.queries.steps import may_take, missing_for
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import (
    call_off_clocks,
    meet_clocks,
    pause_clocks,
    repeat_dues,
    resume_clocks,
    start_clocks,
)
from lingzhi.cases.services.confirming import confirm_result
from lingzhi.cases.services.opening import matter_of
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.core.languages import joined
from lingzhi.notifications.services import settle_matter
from lingzhi_engine.flow import Kind, Transition

WORK_DONE = (
    ClockKind.RESOLUTION, ClockKind.PROPOSAL, ClockKind.INVESTIGATION, ClockKind.OWN,
    ClockKind.LEVEL,
)  # fmt: skip
OVER = (Kind.SOLVED, Kind.CLOSED)
UNREACHED = Case.Satisfaction.UNREACHED


class NoSuchStep(DomainError):
    message = _("No such step leads from the state in which the case is now.")


class NotYourStep(DomainError):
    message = _("This step is for another post or role.")


class FieldsMissing(DomainError):
    """Some fields must be filled before the step; `fields` are their names."""

    def __init__(self, fields: list[str]) -> None:
        names = joined(need_in_words(name) for name in fields)
        super().__init__(gettext("Fill in first: %(names)s") % {"names": names})
        self.fields = fields


class NotFedBack(DomainError):
    message = _("Tell the customer the result and record what they say to it first.")


class HandOverOpen(DomainError):
    message = _("The case is offered to another unit: wait for its answer.")


@transaction.atomic
def move_case(
    case: Case,
    step: str,
    *,
    seen: int,
    reason: str = "",
    by_act: bool = False,
    by: User | None,
) -> None:
    """Take a step of the flow. `seen` is the revision of the case when the page was opened.

    A step that belongs to an act of its own is taken by that act only (`by_act`).

    A closed case had its result told and the customer's answer recorded (闭环管理). A step back
    from solved or closed reopens it: a new cycle with new clocks; what was judged stays. `by` is
    None where the customer takes it. `by` is
    None where the customer takes it.
    """
    flow = case.version.read()
    transition = flow.transitions.get(step)
    if transition is None or case.state not in transition.sources or transition.by_act > by_act:
        raise NoSuchStep()
    was, now_is = flow.kind_of(case.state), flow.kind_of(transition.target)
    _require(case, transition, now_is, by)
    text = demanded(reason, 500, field="reason") if transition.asks_reason else kept(reason, 500)
    reopens = was in OVER and now_is not in OVER
    before = case.state
    claim(case, seen, state=transition.target, kind=now_is.value, **_facts(case, was, now_is, by))
    note_event(
        case, CaseEvent.Kind.REOPENED if reopens else CaseEvent.Kind.MOVED, by=by, text=text,
        step=step, from_state=before, to_state=transition.target,
    )  # fmt: skip
    meet_clocks(case, transition.meets, by=by)
    _turn_clocks(case, was, now_is, text, by)
    repeat_dues(case)
    if now_is is Kind.CLOSED:
        settle_matter(matter_of(case))
        confirm_result(case)
    record(by, "cases.moved", case, after={"step": step, "state": case.state}, reason=text)
    case.refresh_from_db()


def _require(case: Case, transition: Transition, target: Kind, by: User | None) -> None:
    if by is not None and not may_take(by, transition):
        raise NotYourStep()
    if missing := missing_for(case, transition):
        raise FieldsMissing(missing)
    is_answered = case.fed_back_at and case.satisfaction
    if target is Kind.CLOSED and not is_answered and case.satisfaction != UNREACHED:
        raise NotFedBack()
    if target in OVER and case.hand_overs.filter(answered_at=None).exists():
        raise HandOverOpen()


def _facts(case: Case, was: Kind, now_is: Kind, by: User | None) -> dict[str, Any]:
    """What the step says about the case beside its state."""
    if now_is is Kind.SOLVED and was is not Kind.SOLVED:
        return {"solved_at": now()}
    if now_is is Kind.CLOSED:
        return {"closed_at": now(), "closed_by": by}
    if was in OVER and now_is not in OVER:
        return {
            "cycle": case.cycle + 1, "solved_at": None, "fed_back_at": None, "satisfaction": "",
            "objection": "", "closed_at": None, "closed_by": None,
        }  # fmt: skip
    return {}


def _turn_clocks(case: Case, was: Kind, now_is: Kind, reason: str, by: User | None) -> None:
    """What the change of kind means to the clocks."""
    if now_is is Kind.CLOSED:
        call_off_clocks(case, reason=reason, by=by)
    elif now_is is Kind.SOLVED and was is not Kind.SOLVED:
        meet_clocks(case, WORK_DONE, by=by)
        call_off_clocks(case, [ClockKind.UPDATE], by=by)
        start_clocks(case, [ClockKind.FEEDBACK], by=by)
    elif now_is not in OVER and was in OVER:
        call_off_clocks(case, [ClockKind.FEEDBACK], reason=reason, by=by)
        start_clocks(case, [ClockKind.RESOLUTION, ClockKind.LEVEL], by=by)
    if now_is is Kind.WAITING and was is not Kind.WAITING:
        pause_clocks(case, reason=reason, by=by)
    elif was is Kind.WAITING and now_is is Kind.OPEN:
        resume_clocks(case, reason=reason, by=by)
